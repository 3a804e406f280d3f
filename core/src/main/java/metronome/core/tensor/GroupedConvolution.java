package metronome.core.tensor;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A convolution with groups and dilation by one without, group by group: the channels of a group lie together in every
 * array, and gaps in a kernel are zeros, which change no sum.
 */
final class GroupedConvolution implements ConvolutionKernel {
    private static final int LANES = Kernels.LANES;

    private final Sliding whole;
    private final Sliding part;
    private final ConvolutionKernel kernel;

    GroupedConvolution(Sliding whole, Function<Sliding, ConvolutionKernel> plain) {
        this.whole = whole;
        this.part = new Sliding(whole.channels() / whole.groups(), whole.height(), whole.width(),
                whole.outputs() / whole.groups(), (whole.kernelHeight() - 1) * whole.dilation() + 1,
                (whole.kernelWidth() - 1) * whole.dilation() + 1, whole.stride(), whole.padding());
        this.kernel = plain.apply(part);
    }

    @Override
    public void forward(float[] weights, float[] bias, float[] input, float[] output) {
        for (int g = 0; g < whole.groups(); g++) {
            float[] out = new float[part.outputSize() * LANES];
            kernel.forward(spread(weights, g), slice(bias, g), slice(input, g), out);
            put(out, output, g);
        }
    }

    @Override
    public void backwardInput(float[] weights, float[] outputGradient, float[] inputGradient) {
        for (int g = 0; g < whole.groups(); g++) {
            float[] in = new float[part.inputSize() * LANES];
            kernel.backwardInput(spread(weights, g), slice(outputGradient, g), in);
            put(in, inputGradient, g);
        }
    }

    @Override
    public void backwardWeights(float[] input, float[] outputGradient, float[] weightGradient, float[] biasGradient) {
        for (int g = 0; g < whole.groups(); g++) {
            float[] weights = new float[part.outputs() * part.taps()];
            float[] bias = slice(biasGradient, g);
            kernel.backwardWeights(slice(input, g), slice(outputGradient, g), weights, bias);
            int first = g * part.outputs() * whole.taps();
            for (int i = 0; i < part.outputs() * whole.taps(); i++) {
                weightGradient[first + i] += weights[place(i)];
            }
            put(bias, biasGradient, g);
        }
    }

    private float[] slice(float[] all, int group) {
        int length = all.length / whole.groups();
        return Arrays.copyOfRange(all, group * length, (group + 1) * length);
    }

    private static void put(float[] part, float[] all, int group) {
        System.arraycopy(part, 0, all, group * part.length, part.length);
    }

    /** A group's weights with zeros in the gaps. */
    private float[] spread(float[] weights, int group) {
        float[] spread = new float[part.outputs() * part.taps()];
        int length = part.outputs() * whole.taps();
        for (int i = 0; i < length; i++) {
            spread[place(i)] = weights[group * length + i];
        }
        return spread;
    }

    /** Where a weight of a group lies when gaps are filled. */
    private int place(int weight) {
        int row = weight / whole.kernelWidth();
        int kernel = row / whole.kernelHeight();
        return (kernel * part.kernelHeight() + row % whole.kernelHeight() * whole.dilation()) * part.kernelWidth()
                + weight % whole.kernelWidth() * whole.dilation();
    }
}
