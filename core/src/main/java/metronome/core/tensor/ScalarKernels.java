package metronome.core.tensor;

import java.util.Arrays;

/** Plain loops, written to be read. */
final class ScalarKernels implements Kernels {
    /** Partial sums over lanes. */
    static final int PARTS = 16;

    @Override
    public ConvolutionKernel convolution(Sliding sliding) {
        return new ScalarConvolution(sliding);
    }

    @Override
    public void multiply(Product p, float[] a, float[] b, float[] c) {
        for (int i = 0; i < p.m(); i++) {
            for (int j = 0; j < p.n(); j++) {
                float sum = p.accumulate() ? c[i * p.n() + j] : 0;
                for (int k = 0; k < p.k(); k++) {
                    sum = Math.fma(a[p.transposedA() ? k * p.m() + i : i * p.k() + k],
                            b[p.transposedB() ? j * p.k() + k : k * p.n() + j], sum);
                }
                c[i * p.n() + j] = sum;
            }
        }
    }

    @Override
    public void maxPool(Sliding s, float[] input, float[] output) {
        Arrays.fill(output, Float.NEGATIVE_INFINITY);
        new Cells(s).forEach((in, out) -> {
            for (int n = 0; n < LANES; n++) {
                output[out + n] = input[in + n] > output[out + n] ? input[in + n] : output[out + n];
            }
        });
    }

    @Override
    public void maxPoolBackward(Sliding s, float[] input, float[] output, float[] outputGradient,
            float[] inputGradient) {
        Arrays.fill(inputGradient, 0);
        float[] left = outputGradient.clone();
        new Cells(s).forEach((in, out) -> {
            for (int n = 0; n < LANES; n++) {
                if (input[in + n] == output[out + n]) {
                    inputGradient[in + n] += left[out + n];
                    left[out + n] = 0;
                }
            }
        });
    }

    @Override
    public void addBias(float[] bias, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += bias[i / LANES];
        }
    }

    @Override
    public void sumLanes(float[] gradient, float[] biasGradient) {
        for (int unit = 0; unit < biasGradient.length; unit++) {
            float[] parts = new float[PARTS];
            for (int n = 0; n < LANES; n++) {
                parts[n % PARTS] += gradient[unit * LANES + n];
            }
            biasGradient[unit] += total(parts);
        }
    }

    /** The partial sums, added in order. */
    static float total(float[] parts) {
        float sum = 0;
        for (float part : parts) {
            sum += part;
        }
        return sum;
    }

    @Override
    public void clip(float ceiling, float[] input, float[] output) {
        for (int i = 0; i < input.length; i++) {
            output[i] = clip(ceiling, input[i]);
        }
    }

    static float clip(float ceiling, float z) {
        return z > ceiling ? ceiling : z > 0 ? z : 0;
    }

    @Override
    public void affine(float factor, float offset, float[] input, int from, int length, float[] output) {
        for (int i = from; i < from + length; i++) {
            output[i] = Math.fma(factor, input[i], offset);
        }
    }

    @Override
    public void staircase(Levels levels, float[] input, float[] output) {
        for (int i = 0; i < input.length; i++) {
            output[i] = level(levels, input[i]);
        }
    }

    static float level(Levels levels, float z) {
        float value = 0;
        for (int k = 0; k < levels.thresholds().length && z >= levels.thresholds()[k]; k++) {
            value = levels.values()[k];
        }
        return value;
    }

    @Override
    public void gate(float from, float to, float[] input, float[] outputGradient, float[] inputGradient) {
        for (int i = 0; i < input.length; i++) {
            inputGradient[i] = input[i] > from && input[i] <= to ? outputGradient[i] : 0;
        }
    }

    @Override
    public void laneSums(float[] x, int from, int length, float[] sums) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < length; i++) {
            sums[i % LANES] += x[from + i];
        }
    }

    @Override
    public void laneProducts(float centre, float[] x, float[] y, int from, int length, float[] sums) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < length; i++) {
            sums[i % LANES] = Math.fma(x[from + i] - centre, y[from + i], sums[i % LANES]);
        }
    }

    @Override
    public void combine(float a, float[] x, float b, float[] y, float c, int from, int length, float[] output) {
        for (int i = from; i < from + length; i++) {
            output[i] = Math.fma(a, x[i], Math.fma(b, y[i], c));
        }
    }

    @Override
    public void axpy(float alpha, float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.fma(alpha, x[i], y[i]);
        }
    }
}
