package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.Samples;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does a network compute what its operators say, for every image and any number of threads? */
class InferenceTest {
    private static final long SEED = 5;
    private static final Shape SHAPE = new Shape(2, 7, 6);

    private final Random random = new Random(SEED);

    private Network network(boolean staircase) {
        TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.SILENT);
        NetworkBuilder builder = NetworkBuilder.chain("test", SHAPE).convolution("c", 3, new Window(3, 3, 1, 1));
        builder = staircase ? builder.staircase("a", code) : builder.rectifier("a");
        Network network = builder.maxPool("p", Window.square(2, 2)).dense("d", 4).build();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, var w, var b) -> fill(w.data(), b.data());
                case Operator.Dense(var w, var b) -> fill(w.data(), b.data());
                default -> { }
            }
        }
        return network;
    }

    private void fill(float[]... arrays) {
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) random.nextGaussian() / 3;
            }
        }
    }

    private Samples samples(int count) {
        byte[] images = new byte[count * SHAPE.size()];
        random.nextBytes(images);
        return new Samples(SHAPE, images, new int[count]);
    }

    @Test
    void computesEveryOperator() {
        for (boolean staircase : new boolean[] {false, true}) {
            Network network = network(staircase);
            Samples samples = samples(70);
            Tensor outputs = Inference.of(network).outputs(samples, 2);
            for (int i : new int[] {0, 31, 32, 69}) {
                double[] expected = Reference.run(network, samples.image(i));
                for (int j = 0; j < 4; j++) {
                    assertEquals(expected[j], outputs.data()[i * 4 + j], 1e-4, "seed " + SEED + " image " + i);
                }
            }
        }
    }

    @Test
    void computesBranchesAndMeans() {
        Network network = NetworkBuilder.chain("branches", SHAPE).convolution("c", 3, new Window(3, 3, 1, 1)).rectifier("a")
                .convolution("b1", 2, Window.square(1, 1)).from("a").maxPool("b2", new Window(3, 3, 1, 1))
                .concat("all", "b2", "b1", "a").averagePool("mean", new Window(3, 2, 2, 1)).dense("d", 4).build();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, var w, var b) -> fill(w.data(), b.data());
                case Operator.Dense(var w, var b) -> fill(w.data(), b.data());
                default -> { }
            }
        }
        assertEquals(new Shape(8, 7, 6), network.shapes().get("all"));
        Samples samples = samples(40);
        Tensor outputs = Inference.of(network).outputs(samples, 2);
        for (int i : new int[] {0, 31, 39}) {
            double[] expected = Reference.run(network, samples.image(i));
            for (int j = 0; j < 4; j++) {
                assertEquals(expected[j], outputs.data()[i * 4 + j], 1e-4, "seed " + SEED + " image " + i);
            }
        }
    }

    @Test
    void isTheSameForAnyNumberOfThreadsAndForFloats() {
        Network network = network(true);
        Samples samples = samples(100);
        float[] one = Inference.of(network).outputs(samples, 1).data();
        assertArrayEquals(one, Inference.of(network).outputs(samples, 3).data());
        float[] floats = new float[samples.images().length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (samples.images()[i] & 0xff) / 255f;
        }
        assertArrayEquals(one, Inference.of(network).outputs(Tensor.of(floats, 100, SHAPE.size()), 2).data());
    }

    @Test
    void countsWhatIsRight() {
        Network network = network(false);
        Samples samples = samples(64);
        int[] classes = Inference.of(network).classes(samples, 2);
        for (int i = 0; i < 64; i++) {
            samples.labels()[i] = i < 48 ? classes[i] : (classes[i] + 1) % 4;
        }
        assertEquals(0.75, Inference.of(network).accuracy(samples, 2));
        assertArrayEquals(new int[] {1, 0}, Inference.largest(Tensor.of(new float[] {1, 3, 3, 2, 2, 2}, 2, 3)));
    }

    @Test
    void refusesImagesOfAnotherShape() {
        Samples samples = new Samples(new Shape(1, 2, 2), new byte[4], new int[1]);
        assertThrows(IllegalArgumentException.class, () -> Inference.of(network(false)).outputs(samples, 1));
        assertThrows(IllegalArgumentException.class,
                () -> Inference.of(network(false)).outputs(Tensor.zeros(2, 3), 1));
    }

    @Test
    void zooHasTheStatedSizes() {
        assertEquals(80_202, parameters(Zoo.lenet()));
        assertEquals(Shape.vector(10), Zoo.lenet().output());
        assertEquals(431_080, parameters(Zoo.lenetCaffe()));
        assertEquals(2_293_000, operations(Zoo.lenetCaffe()));
    }

    private static int parameters(Network network) {
        return network.nodes().stream().mapToInt(node -> switch (node.operator()) {
            case Operator.Convolution(_, var w, var b) -> w.size() + b.size();
            case Operator.Dense(var w, var b) -> w.size() + b.size();
            default -> 0;
        }).sum();
    }

    private static long operations(Network network) {
        Map<String, Shape> shapes = network.shapes();
        return network.nodes().stream().mapToLong(node -> switch (node.operator()) {
            case Operator.Convolution(_, var w, _) ->
                (long) w.size() * shapes.get(node.name()).height() * shapes.get(node.name()).width();
            case Operator.Dense(var w, _) -> w.size();
            default -> 0;
        }).sum();
    }

    @Test
    void levelsAreTheCodes() {
        for (Rounding rounding : Rounding.values()) {
            for (ZeroPolicy zeros : ZeroPolicy.values()) {
                TemporalCode code = new TemporalCode(0.5 + 7 * random.nextDouble(), 1 + random.nextInt(30), rounding, zeros);
                Network network = NetworkBuilder.chain("n", Shape.vector(1)).staircase("a", code).build();
                var levels = StaircaseLevels.of(code);
                for (int round = 0; round < 3000; round++) {
                    float z = round < 3 ? round - 1 : (float) (1.2 * random.nextDouble());
                    float[] out = new float[1];
                    metronome.core.tensor.Kernels.vector().staircase(levels, new float[] {z}, out);
                    assertEquals((float) code.activation(z), out[0], code + " at " + z + " seed " + SEED);
                }
                float read = StaircaseLevels.pixels(network)[100];
                assertEquals((float) code.decode(code.encode(100 / 255f)), read);
            }
        }
    }
}
