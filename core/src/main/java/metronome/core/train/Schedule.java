package metronome.core.train;

/** How the learning rate changes over a training. */
public sealed interface Schedule {
    /**
     * {@return the learning rate}
     *
     * @param epochs how many have gone by, with the part of the present one
     * @param total how many there will be
     */
    double rate(double epochs, int total);

    /**
     * Multiplied by a factor every few epochs.
     *
     * @param start rate of the first epoch
     * @param factor in (0, 1]
     * @param every epochs from one change to the next, at least 1
     */
    record Step(double start, double factor, int every) implements Schedule {
        @Override
        public double rate(double epochs, int total) {
            return start * StrictMath.pow(factor, Math.floor(epochs / every));
        }
    }

    /**
     * Down half a cosine, after a linear rise.
     *
     * @param start the largest rate
     * @param end rate at the end
     * @param rise epochs of the rise from 0, not negative
     */
    record Cosine(double start, double end, double rise) implements Schedule {
        @Override
        public double rate(double epochs, int total) {
            if (epochs < rise) {
                return start * epochs / rise;
            }
            double share = (epochs - rise) / Math.max(total - rise, 1e-9);
            return end + (start - end) * (1 + StrictMath.cos(Math.PI * Math.min(share, 1))) / 2;
        }
    }
}
