package metronome.core.code;

/** When the ticking neuron drives its layer in the output window. */
public enum TickVariant {
    /** The first tick at step 0 with the common weight w. */
    A,
    /** The first tick at step 1 with the common weight w. */
    B,
    /** A first tick of weight R at step 0 that puts the fixed point in place, then ticks of w: the default. */
    C
}
