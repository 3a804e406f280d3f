package metronome.core.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/** What several tests do with files: import them, run what came of it, compare it with what is right. */
final class Bench {
    private final Random random;

    Bench(long seed) {
        random = new Random(seed);
    }

    /** Random numbers around 0. */
    float[] floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    static OnnxImport imported(OnnxBuilder file) {
        return OnnxFile.parse(file.bytes(), "test", Optional.empty());
    }

    static Network network(OnnxBuilder file) {
        return imported(file).network();
    }

    static String refused(OnnxBuilder file) {
        return assertThrows(DataException.class, () -> imported(file)).getMessage();
    }

    /** The outputs for an image of channels, rows, columns, in this order. */
    static float[] outputs(Network network, Nd image) {
        float[] pixels = new float[image.data().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) image.data()[i];
        }
        return Inference.of(network).outputs(Tensor.of(pixels, 1, pixels.length), 1).data();
    }

    static void assertComputes(Nd expected, Network network, Nd image, String message) {
        float[] actual = outputs(network, image);
        assertEquals(expected.data().length, actual.length, message);
        for (int i = 0; i < actual.length; i++) {
            double expects = expected.data()[i];
            assertEquals(expects, actual[i], 1e-4 * Math.max(1, Math.abs(expects)), message + " at " + i);
        }
        if (expected.shape().length == 4) {
            assertEquals(new Shape(expected.shape()[1], expected.shape()[2], expected.shape()[3]), network.output(), message);
        }
    }
}
