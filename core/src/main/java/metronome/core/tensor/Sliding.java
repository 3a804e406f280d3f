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
 * @param dilation distance of neighbouring taps, at least 1
 * @param groups equal runs of channels that see only each other, at least 1
 * @param outHeight height of the output; its last windows may pass the end of the padded input if they are a pool's
 * @param outWidth width of the output
 */
public record Sliding(int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth, int stride,
        int padding, int dilation, int groups, int outHeight, int outWidth) {
    /**
     * A window of which every position lies within the padded input.
     *
     * @param channels of the input
     * @param height of the input
     * @param width of the input
     * @param outputs channels of the output
     * @param kernelHeight at least 1
     * @param kernelWidth at least 1
     * @param stride at least 1
     * @param padding cells of zeros on each side, at least 0
     * @param dilation distance of neighbouring taps, at least 1
     * @param groups equal runs of channels that see only each other, at least 1
     */
    public Sliding(int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth, int stride,
            int padding, int dilation, int groups) {
        this(channels, height, width, outputs, kernelHeight, kernelWidth, stride, padding, dilation, groups,
                (height + 2 * padding - (kernelHeight - 1) * dilation - 1) / stride + 1,
                (width + 2 * padding - (kernelWidth - 1) * dilation - 1) / stride + 1);
    }

    /**
     * A window without gaps over all channels.
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
    public Sliding(int channels, int height, int width, int outputs, int kernelHeight, int kernelWidth, int stride,
            int padding) {
        this(channels, height, width, outputs, kernelHeight, kernelWidth, stride, padding, 1, 1);
    }

    /** {@return places of the window} */
    public int places() {
        return outHeight() * outWidth();
    }

    /** {@return weights of one output channel of a convolution} */
    public int taps() {
        return channels / groups * kernelHeight * kernelWidth;
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
