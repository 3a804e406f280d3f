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
     * Computes {@code max(z, 0)}.
     *
     * @param input z
     * @param output of the same length, may be the same array
     */
    void rectify(float[] input, float[] output);

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
     * Computes {@code y = y + alpha x}, each with one fused multiply-add.
     *
     * @param alpha factor
     * @param x summand
     * @param y of the same length, added to
     */
    void axpy(float alpha, float[] x, float[] y);
}
