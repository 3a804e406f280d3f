package metronome.core.calibration;

/** What conversion without retraining changes in a layer to make up for what the code rounds before it. */
public enum Correction {
    /** Nothing. */
    NONE,
    /** Biases, so that every channel keeps the mean of its sums. */
    BIASES,
    /** Weights and biases, so that every sum comes as near to what it was as a linear layer can make it. */
    WEIGHTS
}
