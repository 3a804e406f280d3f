package metronome.core.tensor;

import java.util.Arrays;

/** The definition of a convolution and of its gradients, in plain loops. */
record ScalarConvolution(Sliding s) implements ConvolutionKernel {
    private static final int LANES = Kernels.LANES;

    @FunctionalInterface
    private interface Visitor {
        /** Index of a weight, offsets of the first lane of the input and of the output that it joins. */
        void visit(int weight, int in, int out);
    }

    @Override
    public void forward(float[] weights, float[] bias, float[] input, float[] output) {
        int places = s.places() * LANES;
        for (int o = 0; o < s.outputs(); o++) {
            Arrays.fill(output, o * places, (o + 1) * places, bias[o]);
        }
        forEach((weight, in, out) -> {
            for (int n = 0; n < LANES; n++) {
                output[out + n] = Math.fma(weights[weight], input[in + n], output[out + n]);
            }
        });
    }

    @Override
    public void backwardInput(float[] weights, float[] outputGradient, float[] inputGradient) {
        Arrays.fill(inputGradient, 0);
        forEach((weight, in, out) -> {
            for (int n = 0; n < LANES; n++) {
                inputGradient[in + n] = Math.fma(weights[weight], outputGradient[out + n], inputGradient[in + n]);
            }
        });
    }

    @Override
    public void backwardWeights(float[] input, float[] outputGradient, float[] weightGradient, float[] biasGradient) {
        float[][] parts = new float[weightGradient.length][ScalarKernels.PARTS];
        forEach((weight, in, out) -> {
            float[] part = parts[weight];
            for (int n = 0; n < LANES; n++) {
                int i = n % ScalarKernels.PARTS;
                part[i] = Math.fma(outputGradient[out + n], input[in + n], part[i]);
            }
        });
        for (int i = 0; i < parts.length; i++) {
            weightGradient[i] += ScalarKernels.total(parts[i]);
        }
        biases(outputGradient, biasGradient);
    }

    private void biases(float[] outputGradient, float[] biasGradient) {
        int places = s.places() * LANES;
        for (int o = 0; o < s.outputs(); o++) {
            float[] part = new float[ScalarKernels.PARTS];
            for (int i = 0; i < places; i++) {
                part[i % ScalarKernels.PARTS] += outputGradient[o * places + i];
            }
            biasGradient[o] += ScalarKernels.total(part);
        }
    }

    /** Weights in their order, and for each the places in row-major order. */
    private void forEach(Visitor visitor) {
        for (int o = 0; o < s.outputs(); o++) {
            for (int c = 0; c < s.channels() / s.groups(); c++) {
                for (int ky = 0; ky < s.kernelHeight(); ky++) {
                    for (int kx = 0; kx < s.kernelWidth(); kx++) {
                        places(visitor, o, c, ky, kx);
                    }
                }
            }
        }
    }

    private void places(Visitor visitor, int o, int c, int ky, int kx) {
        int perGroup = s.channels() / s.groups();
        int channel = o / (s.outputs() / s.groups()) * perGroup + c;
        int weight = ((o * perGroup + c) * s.kernelHeight() + ky) * s.kernelWidth() + kx;
        for (int outY = 0; outY < s.outHeight(); outY++) {
            int y = outY * s.stride() - s.padding() + ky * s.dilation();
            for (int outX = 0; outX < s.outWidth() && y >= 0 && y < s.height(); outX++) {
                int x = outX * s.stride() - s.padding() + kx * s.dilation();
                if (x >= 0 && x < s.width()) {
                    visitor.visit(weight, ((channel * s.height() + y) * s.width() + x) * LANES,
                            ((o * s.outHeight() + outY) * s.outWidth() + outX) * LANES);
                }
            }
        }
    }
}
