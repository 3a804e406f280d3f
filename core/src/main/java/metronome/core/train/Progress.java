package metronome.core.train;

import java.util.OptionalDouble;

/** Is told how a training goes, on the calling thread. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = _ -> { };

    /**
     * What an epoch came to.
     *
     * @param phase what is being trained
     * @param number which one is over, from 1
     * @param of how many there will be at most
     * @param loss mean cross-entropy over the images of the epoch as they were learned from, in nats
     * @param accuracy share of them that was right, in [0, 1]
     * @param heldOut share of the images held out that is right after it, in [0, 1]; empty if there are none
     */
    record Epoch(String phase, int number, int of, double loss, double accuracy, OptionalDouble heldOut) {
    }

    /**
     * Called after each epoch.
     *
     * @param epoch that is over
     */
    void told(Epoch epoch);
}
