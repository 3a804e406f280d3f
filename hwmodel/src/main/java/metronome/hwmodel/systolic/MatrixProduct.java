package metronome.hwmodel.systolic;

/**
 * A matrix product: [m, k] inputs times [k, n] weights.
 *
 * @param m output positions, at least 1
 * @param n output channels, at least 1
 * @param k products in a sum, at least 1
 */
public record MatrixProduct(long m, long n, long k) {
    /** The most multiply-accumulates: no count of a product then overflows 64 bits. */
    public static final long MOST_MACS = 1L << 50;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException for an extent below 1, or more than 2^50 multiply-accumulates
     */
    public MatrixProduct {
        if (Math.min(m, Math.min(n, k)) < 1 || m > MOST_MACS / n || m * n > MOST_MACS / k) {
            throw new IllegalArgumentException("m, n and k must be at least 1, their product at most " + MOST_MACS + ": "
                    + m + ", " + n + ", " + k);
        }
    }

    /** {@return multiply-accumulates} */
    public long macs() {
        return m * n * k;
    }
}
