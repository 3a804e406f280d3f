package metronome.core.calibration;

/** What becomes of an input that has negative values once its mean is taken off. */
public enum InputForm {
    /** Mean and deviation are folded into the first layer, which reads the plain image; a padding holds the mean. */
    FOLD,
    /** Two channels for each: what is above the mean, and what is below. */
    SPLIT,
    /** The first layer and its rectifier are computed in numbers, on the tensor core; spikes begin behind it. */
    TENSOR
}
