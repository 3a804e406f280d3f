package metronome.core.spiking;

/** How the maximum of reverse-coded values, that is the latest spike, is found. */
public enum PoolCircuit {
    /** A non-leaky counter that fires at the arrival of its last input, in the same window; every input must fire. */
    COUNTER,
    /** A LIF neuron that is reset to -1 at each spike and ticked as usual, one window later. */
    RESET
}
