package metronome.core.tensor;

/**
 * The extents of a window that slides over an image, as kernels need them.
 *
 * @param channels of the input
 * @param height of the input
 * @param width of the input
 * @param outputs channels of the output
 * @param kernelHeight at least 1
 * @param kernelWidth at least 1
 * @param stride at least 1
 * @param padding cells of zeros on each side, at least 0
 */
public record Sliding(int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth, int stride,
        int padding) {
    /** {@return height of the output} */
    public int outHeight() {
        return (height + 2 * padding - kernelHeight) / stride + 1;
    }

    /** {@return width of the output} */
    public int outWidth() {
        return (width + 2 * padding - kernelWidth) / stride + 1;
    }

    /** {@return places of the window} */
    public int places() {
        return outHeight() * outWidth();
    }

    /** {@return weights of one output channel of a convolution} */
    public int taps() {
        return channels * kernelHeight * kernelWidth;
    }

    /** {@return elements of one input} */
    public int inputSize() {
        return channels * height * width;
    }

    /** {@return elements of one output} */
    public int outputSize() {
        return outputs * places();
    }
}
