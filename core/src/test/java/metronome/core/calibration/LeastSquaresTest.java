package metronome.core.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a layer's fit what ridge regression, written down sample by sample, says, for any kernel? */
class LeastSquaresTest {
    private static Operator fitted(Layerwise.Site site) {
        try (Workers workers = new Workers(2)) {
            return LeastSquares.of(site, workers);
        }
    }

    private static Operator.Convolution convolution(Random random, int inputs, int outputs, Window window) {
        Tensor weights = values(random, outputs, inputs / window.groups(), window.height(), window.width());
        return new Operator.Convolution(window, weights, values(random, outputs));
    }

    private static Tensor values(Random random, int... shape) {
        Tensor values = Tensor.zeros(shape);
        for (int i = 0; i < values.size(); i++) {
            values.data()[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static void equal(Operator.Convolution expected, Operator found, String message) {
        Operator.Convolution convolution = (Operator.Convolution) found;
        assertEquals(expected.window(), convolution.window());
        assertArrayEquals(expected.weights().data(), convolution.weights().data(), 1e-3f, message);
        assertArrayEquals(expected.bias().data(), convolution.bias().data(), 1e-3f, message);
    }

    /** Strides, padding, dilation, groups, synapses that are not there, a chunk that is not full. */
    @Test
    void kernelsOfAnyShapeAreFitted() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            int groups = random.nextInt(1, 4);
            int dilation = random.nextInt(1, 3);
            int height = random.nextInt(1, 4);
            int width = random.nextInt(2, 4);
            int padding = random.nextInt(0, Math.min((height - 1) * dilation, (width - 1) * dilation) + 1);
            Window window = new Window(height, width, random.nextInt(1, 3), padding, dilation, groups);
            Shape input = new Shape(groups * random.nextInt(1, 3), random.nextInt(5, 8), random.nextInt(5, 8));
            Operator.Convolution layer = convolution(random, input.channels(), groups * random.nextInt(1, 4), window);
            for (int i = 0; i < layer.weights().size(); i++) {
                layer.weights().data()[i] *= random.nextInt(12) == 0 ? 0 : 1;
            }
            RidgeReference reference = new RidgeReference(layer, input, random.nextInt(30, 75), 0.5, random);
            equal(reference.expected(), fitted(reference.site()), input + " " + window + " seed " + seed);
        }
    }

    /** Of more places than are looked at, those are taken that lie evenly over the image. */
    @Test
    void placesAreSpreadOverALargeImage() {
        Random random = new Random(7);
        Shape input = new Shape(1, 19, 23);
        RidgeReference reference = new RidgeReference(convolution(random, 1, 2, new Window(2, 2, 1, 0)), input, 40, 0.5, random);
        equal(reference.expected(), fitted(reference.site()), "seed 7");
    }

    @Test
    void aDenseLayerIsAConvolutionOverAll() {
        Random random = new Random(11);
        Shape input = new Shape(3, 2, 2);
        Operator.Convolution layer = convolution(random, 3, 4, Window.covering(input));
        RidgeReference reference = new RidgeReference(layer, input, 200, 0.5, random);
        Operator.Dense found = (Operator.Dense) fitted(reference.site().with(
                new Operator.Dense(Tensor.of(layer.weights().data(), 4, 12), layer.bias())));
        Operator.Convolution expected = reference.expected();
        assertTrue(!java.util.Arrays.equals(expected.weights().data(), layer.weights().data()), "fitted at all");
        assertArrayEquals(expected.weights().data(), found.weights().data(), 1e-3f);
        assertArrayEquals(expected.bias().data(), found.bias().data(), 1e-3f);
    }

    /** What is missing has nothing to do with what is read: images that were held out say so. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noiseIsNotFitted(long seed) {
        Random random = new Random(seed);
        Shape input = new Shape(8, 2, 2);
        Operator.Convolution layer = convolution(random, 8, 6, Window.covering(input));
        RidgeReference reference = new RidgeReference(layer, input, 45, 1e6, random);
        assertSame(reference.site().operator(), fitted(reference.site()), "seed " + seed);
    }
}
