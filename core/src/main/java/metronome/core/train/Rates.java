package metronome.core.train;

/** Which part of the learning rate each layer has. */
public enum Rates {
    /** All of it. */
    EQUAL,
    /**
     * Such that a training goes the same way whatever the scales by which a network's activations were divided
     * ({@link LayerRates}). Weights that are zero at the start stay zero.
     */
    SCALE_FREE
}
