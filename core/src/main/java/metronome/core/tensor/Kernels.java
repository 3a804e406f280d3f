package metronome.core.tensor;

/**
 * The arithmetic of networks on arrays. Both implementations agree bit for bit: sums run in an order that each method
 * states, with fused multiply-adds, so results depend neither on the machine's vectors nor on the number of threads.
 */
public interface Kernels {
    /** Samples that the kernels of layers process side by side. */
    int LANES = 32;

    /** {@return the kernels on the Vector API} */
    static Kernels vector() {
        return new VectorKernels();
    }

    /** {@return the same in plain loops, to check by} */
    static Kernels scalar() {
        return new ScalarKernels();
    }

    /**
     * {@return a convolution of that geometry}
     *
     * @param sliding its extents
     */
    ConvolutionKernel convolution(Sliding sliding);

    /**
     * Multiplies matrices; each element is a chain of fused multiply-adds over k from 0, or from what C holds.
     *
     * @param product extents and transpositions
     * @param a m x k, or k x m if transposed
     * @param b k x n, or n x k if transposed
     * @param c m x n
     */
    void multiply(Product product, float[] a, float[] b, float[] c);

    /**
     * Takes the maximum over each window; cells outside the input do not count.
     *
     * @param sliding its extents, with as many outputs as channels
     * @param input [channels, height, width, lanes]
     * @param output [channels, out height, out width, lanes], overwritten
     */
    void maxPool(Sliding sliding, float[] input, float[] output);

    /**
     * Gives each output's gradient to the first cell, in row-major order, that held the maximum.
     *
     * @param sliding its extents
     * @param input what {@link #maxPool} read
     * @param output what it wrote
     * @param outputGradient [channels, out height, out width, lanes]
     * @param inputGradient [channels, height, width, lanes], overwritten
     */
    void maxPoolBackward(Sliding sliding, float[] input, float[] output, float[] outputGradient, float[] inputGradient);

    /**
     * Adds to each row of lanes the bias of its unit.
     *
     * @param bias [units]
     * @param values [units, lanes], added to
     */
    void addBias(float[] bias, float[] values);

    /**
     * Adds each unit's sum over lanes: sixteen partial sums by lane modulo 16, which are then added in order.
     *
     * @param gradient [units, lanes]
     * @param biasGradient [units], added to
     */
    void sumLanes(float[] gradient, float[] biasGradient);

    /**
     * Computes {@code min(max(z, 0), ceiling)}.
     *
     * @param ceiling may be infinite
     * @param input z
     * @param output of the same length, may be the same array
     */
    void clip(float ceiling, float[] input, float[] output);

    /**
     * Computes {@code factor * x + offset} over a run of elements, each with one fused multiply-add.
     *
     * @param factor of each
     * @param offset added to each
     * @param input x
     * @param from where the run begins
     * @param length of the run, a multiple of {@link #LANES}
     * @param output of the input's length, written over the run
     */
    void affine(float factor, float offset, float[] input, int from, int length, float[] output);

    /**
     * Computes a staircase.
     *
     * @param levels thresholds and values
     * @param input z
     * @param output of the same length, may be the same array
     */
    void staircase(Levels levels, float[] input, float[] output);

    /**
     * Lets a gradient pass where the input of an activation lay above {@code from} and not above {@code to}, else 0.
     *
     * @param from exclusive
     * @param to inclusive
     * @param input what the activation read
     * @param outputGradient of the same length
     * @param inputGradient of the same length, overwritten
     */
    void gate(float from, float to, float[] input, float[] outputGradient, float[] inputGradient);

    /**
     * Adds up a run of elements lane by lane, each lane in order.
     *
     * @param x summands
     * @param from where the run begins
     * @param length of the run, a multiple of {@link #LANES}
     * @param sums [lanes], overwritten
     */
    void laneSums(float[] x, int from, int length, float[] sums);

    /**
     * Adds up {@code (x - centre) * y} over a run of elements lane by lane, each lane in order with fused multiply-adds.
     *
     * @param centre taken off each x
     * @param x first factors
     * @param y second factors, may be the same array
     * @param from where the run begins
     * @param length of the run, a multiple of {@link #LANES}
     * @param sums [lanes], overwritten
     */
    void laneProducts(float centre, float[] x, float[] y, int from, int length, float[] sums);

    /**
     * Computes {@code a x + (b y + c)} over a run of elements with two fused multiply-adds each.
     *
     * @param a factor of x
     * @param x first summands
     * @param b factor of y
     * @param y second summands
     * @param c third summand
     * @param from where the run begins
     * @param length of the run, a multiple of {@link #LANES}
     * @param output written over the run
     */
    void combine(float a, float[] x, float b, float[] y, float c, int from, int length, float[] output);

    /**
     * Computes {@code y = y + alpha x}, each with one fused multiply-add.
     *
     * @param alpha factor
     * @param x summand
     * @param y of the same length, added to
     */
    void axpy(float alpha, float[] x, float[] y);
}
