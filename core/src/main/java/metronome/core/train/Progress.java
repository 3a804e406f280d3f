package metronome.core.train;

/** Is told how a training goes, on the calling thread. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (phase, epoch, epochs, loss, accuracy) -> { };

    /**
     * Called after each epoch.
     *
     * @param phase what is being trained
     * @param epoch which one is over, from 1
     * @param epochs how many there will be
     * @param loss mean cross-entropy over the images of the epoch as they were learned from, in nats
     * @param accuracy share of them that was right, in [0, 1]
     */
    void epoch(String phase, int epoch, int epochs, double loss, double accuracy);
}
