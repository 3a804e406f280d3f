package metronome.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Do the vector kernels compute what the scalar ones do, and do both compute what they say? */
class KernelsTest {
    private static final long SEED = 20261124;
    private static final int LANES = Kernels.LANES;
    private static final int[] SIZES = {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 100};

    private final Random random = new Random(SEED);
    private final Kernels vector = Kernels.vector();
    private final Kernels scalar = Kernels.scalar();

    @Test
    void productsAgreeOnAndOffLaneBoundaries() {
        for (int round = 0; round < 300; round++) {
            product(pick(), pick(), pick());
        }
        product(65, 33, 257);
        product(70, 1030, 513);
    }

    private int pick() {
        return SIZES[random.nextInt(SIZES.length)];
    }

    private void product(int m, int n, int k) {
        Product product = new Product(m, n, k, random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        float[] a = floats(m * k);
        float[] b = floats(k * n);
        float[] expected = floats(m * n);
        float[] start = expected.clone();
        float[] found = expected.clone();
        scalar.multiply(product, a, b, expected);
        vector.multiply(product, a, b, found);
        assertArrayEquals(expected, found, product + " seed " + SEED);
        within(product, a, b, start, found);
    }

    /** Against double precision: the error of a chain of k roundings grows with k and with the size of its terms. */
    private static void within(Product p, float[] a, float[] b, float[] start, float[] found) {
        for (int i = 0; i < p.m(); i++) {
            for (int j = 0; j < p.n(); j++) {
                double sum = p.accumulate() ? start[i * p.n() + j] : 0;
                double size = Math.abs(sum);
                for (int t = 0; t < p.k(); t++) {
                    double term = (double) a[p.transposedA() ? t * p.m() + i : i * p.k() + t]
                            * b[p.transposedB() ? j * p.k() + t : t * p.n() + j];
                    sum += term;
                    size += Math.abs(term);
                }
                assertEquals(sum, found[i * p.n() + j], size * p.k() * Math.ulp(1f), p + " at " + i + ", " + j);
            }
        }
    }

    static List<Sliding> geometries() {
        return List.of(new Sliding(1, 28, 28, 16, 5, 5, 1, 0), new Sliding(16, 12, 12, 32, 5, 5, 1, 0),
                new Sliding(3, 7, 9, 5, 3, 2, 1, 1), new Sliding(9, 8, 7, 13, 3, 3, 2, 1), new Sliding(2, 11, 5, 8, 4, 5, 3, 2),
                new Sliding(17, 5, 5, 7, 5, 5, 1, 0), new Sliding(8, 3, 3, 1, 1, 1, 1, 0), new Sliding(4, 6, 6, 10, 1, 1, 2, 0),
                new Sliding(6, 9, 8, 4, 3, 2, 2, 1, 2, 2), new Sliding(5, 7, 7, 10, 3, 3, 1, 2, 1, 5),
                new Sliding(3, 9, 9, 6, 2, 3, 1, 0, 3, 1));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void convolutionsAgree(Sliding s) {
        float[] weights = floats(s.outputs() * s.taps());
        float[] bias = floats(s.outputs());
        float[] input = floats(s.inputSize() * LANES);
        float[] gradient = floats(s.outputSize() * LANES);
        for (float[] array : List.of(input, gradient)) {
            for (int i = 0; i < array.length; i += 3) {
                array[i] = 0;
            }
        }
        float[][] results = new float[2][];
        for (int pass = 0; pass < 2; pass++) {
            ConvolutionKernel kernel = (pass == 0 ? scalar : vector).convolution(s);
            float[] output = floats(s.outputSize() * LANES);
            float[] inputGradient = floats(s.inputSize() * LANES);
            float[] sums = new float[weights.length + bias.length];
            float[] weightGradient = weights.clone();
            float[] biasGradient = bias.clone();
            kernel.forward(weights, bias, input, output);
            kernel.backwardInput(weights, gradient, inputGradient);
            kernel.backwardWeights(input, gradient, weightGradient, biasGradient);
            System.arraycopy(weightGradient, 0, sums, 0, weights.length);
            System.arraycopy(biasGradient, 0, sums, weights.length, bias.length);
            results[pass] = concat(output, inputGradient, sums);
        }
        assertArrayEquals(results[0], results[1], s + " seed " + SEED);
    }

    @Test
    void convolutionIsItsDefinition() {
        Sliding s = new Sliding(2, 5, 6, 3, 3, 2, 2, 1);
        float[] weights = floats(s.outputs() * s.taps());
        float[] input = floats(s.inputSize() * LANES);
        float[] output = new float[s.outputSize() * LANES];
        vector.convolution(s).forward(weights, new float[] {1, 2, 3}, input, output);
        int o = 2;
        int outY = 1;
        int outX = 3;
        int lane = 5;
        double sum = 3;
        for (int c = 0; c < 2; c++) {
            for (int ky = 0; ky < 3; ky++) {
                int y = outY * 2 - 1 + ky;
                int x = outX * 2 - 1;
                sum += weights[((o * 2 + c) * 3 + ky) * 2] * input[((c * 5 + y) * 6 + x) * LANES + lane];
            }
        }
        assertEquals(sum, output[((o * s.outHeight() + outY) * s.outWidth() + outX) * LANES + lane], 1e-5);
    }

    @ParameterizedTest
    @MethodSource("pools")
    void poolsAgree(Sliding s) {
        float[] input = floats(s.inputSize() * LANES);
        for (int i = 0; i < input.length; i++) {
            input[i] = Math.round(2 * input[i]);
        }
        float[] gradient = floats(s.outputSize() * LANES);
        float[][] results = new float[2][];
        for (int pass = 0; pass < 2; pass++) {
            Kernels kernels = pass == 0 ? scalar : vector;
            float[] output = floats(s.outputSize() * LANES);
            float[] inputGradient = floats(s.inputSize() * LANES);
            kernels.maxPool(s, input, output);
            kernels.maxPoolBackward(s, input, output, gradient, inputGradient);
            results[pass] = concat(output, inputGradient);
            assertEquals(sum(gradient), sum(inputGradient), 1e-3, "every gradient reaches one cell");
        }
        assertArrayEquals(results[0], results[1], s + " seed " + SEED);
    }

    static List<Sliding> pools() {
        return List.of(new Sliding(3, 8, 8, 3, 2, 2, 2, 0), new Sliding(2, 7, 9, 2, 3, 3, 2, 1),
                new Sliding(1, 5, 5, 1, 3, 2, 1, 0));
    }

    @Test
    void elementwiseKernelsAgree() {
        Levels levels = new Levels(new float[] {-1, 0.25f, 0.5f}, new float[] {0.1f, 0.5f, 1});
        for (int size : SIZES) {
            float[] x = floats(size);
            float[] g = floats(size);
            x[0] = 0.25f;
            float[][] results = new float[2][];
            for (int pass = 0; pass < 2; pass++) {
                Kernels kernels = pass == 0 ? scalar : vector;
                float[] rectified = new float[size];
                float[] stairs = new float[size];
                float[] gated = new float[size];
                float[] sum = g.clone();
                kernels.clip(0.7f, x, rectified);
                kernels.staircase(levels, x, stairs);
                kernels.gate(0.25f, 0.9f, x, g, gated);
                kernels.axpy(0.3f, x, sum);
                results[pass] = concat(rectified, stairs, gated, sum);
            }
            assertArrayEquals(results[0], results[1], "size " + size + " seed " + SEED);
        }
    }

    @Test
    void lanesAndBiasesAgree() {
        float[] gradient = floats(5 * LANES);
        float[][] results = new float[2][];
        for (int pass = 0; pass < 2; pass++) {
            Kernels kernels = pass == 0 ? scalar : vector;
            float[] bias = {1, 2, 3, 4, 5};
            float[] values = gradient.clone();
            kernels.addBias(bias, values);
            kernels.sumLanes(gradient, bias);
            results[pass] = concat(bias, values);
        }
        assertArrayEquals(results[0], results[1]);
        assertEquals(1 + sum(java.util.Arrays.copyOf(gradient, LANES)), results[0][0], 1e-5);
    }

    @Test
    void runsOfLanesAgree() {
        int from = 2 * LANES;
        int length = 5 * LANES;
        float[] x = floats(9 * LANES);
        float[] y = floats(9 * LANES);
        float[][] results = new float[2][];
        for (int pass = 0; pass < 2; pass++) {
            Kernels kernels = pass == 0 ? scalar : vector;
            float[] sums = floats(LANES);
            float[] products = floats(LANES);
            float[] affine = y.clone();
            float[] combined = y.clone();
            kernels.laneSums(x, from, length, sums);
            kernels.laneProducts(0.4f, x, y, from, length, products);
            kernels.affine(1.7f, -0.3f, x, from, length, affine);
            kernels.combine(0.6f, x, -1.1f, y, 0.2f, from, length, combined);
            results[pass] = concat(sums, products, affine, combined);
        }
        assertArrayEquals(results[0], results[1], "seed " + SEED);
        double sum = 0;
        double product = 0;
        for (int i = from + 3; i < from + length; i += LANES) {
            sum += x[i];
            product += (x[i] - 0.4) * y[i];
        }
        assertEquals(sum, results[0][3], 1e-5);
        assertEquals(product, results[0][LANES + 3], 1e-5);
        assertEquals(y[from - 1], results[0][2 * LANES + from - 1]);
        assertEquals(1.7 * x[from] - 0.3, results[0][2 * LANES + from], 1e-5);
        assertEquals(0.6 * x[from] - 1.1 * y[from] + 0.2, results[0][11 * LANES + from], 1e-5);
        assertEquals(y[from + length], results[0][11 * LANES + from + length]);
    }

    private float[] floats(int size) {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum;
    }

    private static float[] concat(float[]... parts) {
        float[] all = new float[java.util.Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int next = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, next, part.length);
            next += part.length;
        }
        return all;
    }
}
