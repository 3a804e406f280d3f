package metronome.core.train;

import metronome.core.data.Samples;

/**
 * Judges a training by images that it does not learn from: the network of the best epoch is what it gives, and it ends when
 * none was better for some epochs (Prechelt, "Early Stopping - But When?", 1998).
 *
 * @param share of the samples that are held out, the last of them, in [0, 1); with 0 the last epoch is the best
 * @param patience epochs without a better one after which it ends, at least 1
 */
public record EarlyStop(double share, int patience) {
    /** Learns from all images, for all epochs. */
    public static final EarlyStop NEVER = new EarlyStop(0, Integer.MAX_VALUE);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public EarlyStop {
        if (!(share >= 0 && share < 1) || patience < 1) {
            throw new IllegalArgumentException("share must be in [0, 1) and patience at least 1: " + share + ", " + patience);
        }
    }

    /**
     * {@return the images to learn from}
     *
     * @param samples all
     */
    public Samples learned(Samples samples) {
        return samples.range(0, samples.count() - held(samples));
    }

    /**
     * {@return the images to judge by, none if the share is too small for one}
     *
     * @param samples all
     */
    public Samples heldOut(Samples samples) {
        return samples.range(samples.count() - held(samples), samples.count());
    }

    private int held(Samples samples) {
        return (int) (share * samples.count());
    }
}
