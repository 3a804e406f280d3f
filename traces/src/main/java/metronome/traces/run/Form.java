package metronome.traces.run;

/** As what a network is judged. */
public enum Form {
    /** With rectifiers, in single precision. */
    DNN,
    /** With staircases, in single precision. */
    STAIRCASE,
    /** Spike by spike, in double precision. */
    SPIKING,
    /** Spike by spike, in the integers of a target. */
    FIXED
}
