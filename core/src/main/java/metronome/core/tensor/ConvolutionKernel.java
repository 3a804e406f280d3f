package metronome.core.tensor;

/**
 * A convolution of {@link Kernels#LANES} samples side by side. Every output element is a chain of fused multiply-adds in
 * the order that each method states, so that all implementations agree bit for bit.
 */
public interface ConvolutionKernel {
    /**
     * Computes {@code output = weights * input + bias}, each element from its bias on over channel, kernel row, kernel
     * column.
     *
     * @param weights [out, in / groups, kernel height, kernel width]
     * @param bias [out]
     * @param input [in, height, width, lanes]
     * @param output [out, out height, out width, lanes], overwritten
     */
    void forward(float[] weights, float[] bias, float[] input, float[] output);

    /**
     * Computes the gradient of the input, each element from 0 on over output channel, kernel row, kernel column.
     *
     * @param weights [out, in / groups, kernel height, kernel width]
     * @param outputGradient [out, out height, out width, lanes]
     * @param inputGradient [in, height, width, lanes], overwritten
     */
    void backwardInput(float[] weights, float[] outputGradient, float[] inputGradient);

    /**
     * Adds to the gradients of the weights and of the bias. Each is summed over row, column and sample in sixteen partial
     * sums by sample modulo 16, which are then added in order.
     *
     * @param input [in, height, width, lanes]
     * @param outputGradient [out, out height, out width, lanes]
     * @param weightGradient [out, in / groups, kernel height, kernel width], added to
     * @param biasGradient [out], added to
     */
    void backwardWeights(float[] input, float[] outputGradient, float[] weightGradient, float[] biasGradient);
}
