package metronome.core.tensor;

/**
 * A product of row-major matrices, {@code C = A B} or {@code C = C + A B} with A of m x k and B of k x n.
 *
 * @param m rows of C
 * @param n columns of C
 * @param k inner extent
 * @param transposedA whether A is stored as k x m
 * @param transposedB whether B is stored as n x k
 * @param accumulate whether the product is added to what C holds
 */
public record Product(int m, int n, int k, boolean transposedA, boolean transposedB, boolean accumulate) {
    /** {@return multiply-accumulates} */
    public long operations() {
        return (long) m * n * k;
    }
}
