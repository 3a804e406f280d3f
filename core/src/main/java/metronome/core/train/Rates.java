package metronome.core.train;

/** Which part of the learning rate each layer has. */
public enum Rates {
    /** All of it. */
    EQUAL,
    /**
     * The mean square of its weights at the start over 2 / fan-in, which is what first weights have (He et al., ICCV 2015).
     * Scales that conversion folds into weights divide them by s and multiply their gradients by s: so the steps are about
     * those that the weights would have made had they not been scaled.
     */
    BY_WEIGHTS
}
