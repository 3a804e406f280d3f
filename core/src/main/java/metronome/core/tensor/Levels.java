package metronome.core.tensor;

/**
 * A staircase: 0 below the first threshold, from threshold i on {@code values[i]}.
 *
 * @param thresholds ascending
 * @param values as many
 */
public record Levels(float[] thresholds, float[] values) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they differ
     */
    public Levels {
        if (thresholds.length != values.length) {
            throw new IllegalArgumentException(thresholds.length + " thresholds for " + values.length + " values");
        }
    }
}
