package metronome.core.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Kernels on the Vector API; each loop does what its twin in {@link ScalarKernels} does. */
final class VectorKernels implements Kernels {
    private static final VectorSpecies<Float> SPECIES = Tile.SPECIES;
    private static final int LENGTH = SPECIES.length();

    @Override
    public ConvolutionKernel convolution(Sliding sliding) {
        return sliding.dilation() == 1 && sliding.groups() == 1 ? new VectorConvolution(sliding)
                : new GroupedConvolution(sliding, VectorConvolution::new);
    }

    @Override
    public void multiply(Product product, float[] a, float[] b, float[] c) {
        new Gemm(product).multiply(a, b, c);
    }

    @Override
    public void maxPool(Sliding s, float[] input, float[] output) {
        Arrays.fill(output, Float.NEGATIVE_INFINITY);
        new Cells(s).forEach((in, out) -> {
            for (int n = 0; n < LANES; n += LENGTH) {
                FloatVector x = FloatVector.fromArray(SPECIES, input, in + n);
                FloatVector y = FloatVector.fromArray(SPECIES, output, out + n);
                y.blend(x, x.compare(VectorOperators.GT, y)).intoArray(output, out + n);
            }
        });
    }

    @Override
    public void maxPoolBackward(Sliding s, float[] input, float[] output, float[] outputGradient,
            float[] inputGradient) {
        Arrays.fill(inputGradient, 0);
        float[] left = outputGradient.clone();
        new Cells(s).forEach((in, out) -> {
            for (int n = 0; n < LANES; n += LENGTH) {
                VectorMask<Float> most = FloatVector.fromArray(SPECIES, input, in + n)
                        .compare(VectorOperators.EQ, FloatVector.fromArray(SPECIES, output, out + n));
                FloatVector rest = FloatVector.fromArray(SPECIES, left, out + n);
                FloatVector gradient = FloatVector.fromArray(SPECIES, inputGradient, in + n);
                gradient.add(rest, most).intoArray(inputGradient, in + n);
                rest.blend(0f, most).intoArray(left, out + n);
            }
        });
    }

    @Override
    public void addBias(float[] bias, float[] values) {
        for (int unit = 0; unit < bias.length; unit++) {
            for (int i = unit * LANES; i < (unit + 1) * LANES; i += LENGTH) {
                FloatVector.fromArray(SPECIES, values, i).add(bias[unit]).intoArray(values, i);
            }
        }
    }

    @Override
    public void sumLanes(float[] gradient, float[] biasGradient) {
        float[] parts = new float[ScalarKernels.PARTS];
        for (int unit = 0; unit < biasGradient.length; unit++) {
            for (int part = 0; part < parts.length; part += LENGTH) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int i = unit * LANES + part; i < (unit + 1) * LANES; i += parts.length) {
                    sum = sum.add(FloatVector.fromArray(SPECIES, gradient, i));
                }
                sum.intoArray(parts, part);
            }
            biasGradient[unit] += ScalarKernels.total(parts);
        }
    }

    @Override
    public void clip(float ceiling, float[] input, float[] output) {
        int i = 0;
        for (; i < SPECIES.loopBound(input.length); i += LENGTH) {
            FloatVector z = FloatVector.fromArray(SPECIES, input, i);
            FloatVector.zero(SPECIES).blend(z, z.compare(VectorOperators.GT, 0f))
                    .blend(ceiling, z.compare(VectorOperators.GT, ceiling)).intoArray(output, i);
        }
        for (; i < input.length; i++) {
            output[i] = ScalarKernels.clip(ceiling, input[i]);
        }
    }

    @Override
    public void affine(float factor, float offset, float[] input, int from, int length, float[] output) {
        FloatVector add = FloatVector.broadcast(SPECIES, offset);
        FloatVector times = FloatVector.broadcast(SPECIES, factor);
        for (int i = from; i < from + length; i += LENGTH) {
            FloatVector.fromArray(SPECIES, input, i).fma(times, add).intoArray(output, i);
        }
    }

    @Override
    public void staircase(Levels levels, float[] input, float[] output) {
        float[] thresholds = levels.thresholds();
        float[] values = levels.values();
        int i = 0;
        for (; i < SPECIES.loopBound(input.length); i += LENGTH) {
            FloatVector z = FloatVector.fromArray(SPECIES, input, i);
            FloatVector value = FloatVector.zero(SPECIES);
            for (int k = 0; k < thresholds.length; k++) {
                value = value.blend(values[k], z.compare(VectorOperators.GE, thresholds[k]));
            }
            value.intoArray(output, i);
        }
        for (; i < input.length; i++) {
            output[i] = ScalarKernels.level(levels, input[i]);
        }
    }

    @Override
    public void gate(float from, float to, float[] input, float[] outputGradient, float[] inputGradient) {
        int i = 0;
        for (; i < SPECIES.loopBound(input.length); i += LENGTH) {
            FloatVector z = FloatVector.fromArray(SPECIES, input, i);
            VectorMask<Float> open = z.compare(VectorOperators.GT, from).and(z.compare(VectorOperators.LE, to));
            FloatVector.zero(SPECIES).blend(FloatVector.fromArray(SPECIES, outputGradient, i), open)
                    .intoArray(inputGradient, i);
        }
        for (; i < input.length; i++) {
            inputGradient[i] = input[i] > from && input[i] <= to ? outputGradient[i] : 0;
        }
    }

    @Override
    public void laneSums(float[] x, int from, int length, float[] sums) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            laneSum(x, from + lane, from + length).intoArray(sums, lane);
        }
    }

    private static FloatVector laneSum(float[] x, int from, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i += LANES) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, i));
        }
        return sum;
    }

    @Override
    public void laneProducts(float centre, float[] x, float[] y, int from, int length, float[] sums) {
        for (int lane = 0; lane < LANES; lane += LENGTH) {
            laneProduct(centre, x, y, from + lane, from + length).intoArray(sums, lane);
        }
    }

    private static FloatVector laneProduct(float centre, float[] x, float[] y, int from, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, x, i).sub(centre).fma(FloatVector.fromArray(SPECIES, y, i), sum);
        }
        return sum;
    }

    @Override
    public void combine(float a, float[] x, float b, float[] y, float c, int from, int length, float[] output) {
        FloatVector ofX = FloatVector.broadcast(SPECIES, a);
        FloatVector ofY = FloatVector.broadcast(SPECIES, b);
        FloatVector add = FloatVector.broadcast(SPECIES, c);
        for (int i = from; i < from + length; i += LENGTH) {
            FloatVector.fromArray(SPECIES, x, i).fma(ofX, FloatVector.fromArray(SPECIES, y, i).fma(ofY, add))
                    .intoArray(output, i);
        }
    }

    @Override
    public void axpy(float alpha, float[] x, float[] y) {
        int i = 0;
        for (; i < SPECIES.loopBound(x.length); i += LENGTH) {
            FloatVector.fromArray(SPECIES, x, i)
                    .fma(FloatVector.broadcast(SPECIES, alpha), FloatVector.fromArray(SPECIES, y, i)).intoArray(y, i);
        }
        for (; i < x.length; i++) {
            y[i] = Math.fma(alpha, x[i], y[i]);
        }
    }
}
