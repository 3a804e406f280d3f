package metronome.core.spiking;

/**
 * Arithmetic operations, by kind (docs/operations.md).
 *
 * @param multiplications of an activation by a weight, or of a potential by lambda
 * @param additions to an accumulator, a potential or a counter
 * @param comparisons of two values
 */
public record Operations(long multiplications, long additions, long comparisons) {
    /** Nothing. */
    public static final Operations NONE = new Operations(0, 0, 0);

    /** {@return all kinds together, each counted as one} */
    public long total() {
        return multiplications + additions + comparisons;
    }

    /**
     * {@return the sum}
     *
     * @param other to add
     */
    public Operations plus(Operations other) {
        return new Operations(multiplications + other.multiplications, additions + other.additions,
                comparisons + other.comparisons);
    }

    /**
     * {@return the share that these operations save, {@code 1 - this / baseline}; 0 where there is no baseline}
     *
     * @param baseline what they are compared with
     */
    public double reductionFrom(Operations baseline) {
        return baseline.total() == 0 ? 0 : 1 - (double) total() / baseline.total();
    }
}
