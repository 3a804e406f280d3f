package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metronome.core.calibration.Prepared;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a training go the same way whatever the scales by which the activations of each layer were divided? */
class ScaleFreeTest {
    private static final Samples SAMPLES = StrokeDigits.dataset(3, 300, 10).training();
    private static final Settings SETTINGS = new Settings(4, 64, new Schedule.Cosine(0.5, 0.005, 0), 0.9, 1e-3,
            new Augmentation.None(), 3, EarlyStop.NEVER, Rates.SCALE_FREE);
    /** Of each layer of weights, the layers whose activations it reads, in the order of its channels. */
    private static final Map<String, List<String>> READS = Map.of("a", List.of(), "b", List.of("a"), "c", List.of("a"),
            "d", List.of("b", "c"), "e", List.of("d"), "f", List.of("e"));

    /** Two branches that are stacked, pooled, read by groups of channels and then by dense layers; about a third of d is pruned. */
    private static Network network(long seed) {
        Network network = Weights.initialised(NetworkBuilder.chain("n", SAMPLES.shape())
                .convolution("a", 4, Window.square(5, 3)).rectifier("ra")
                .convolution("b", 2, new Window(3, 3, 1, 1)).rectifier("rb")
                .from("ra").convolution("c", 6, Window.square(1, 1)).rectifier("rc")
                .concat("bc", "rb", "rc").maxPool("p", Window.square(2, 2))
                .convolution("d", 8, Window.square(3, 1).grouped(2)).rectifier("rd")
                .dense("e", 12).rectifier("re").dense("f", 10).build(), seed);
        Random random = new Random(seed);
        Weights.pairs(network).forEach(pair -> {
            for (int i = 0; i < pair.bias().size(); i++) {
                pair.bias().data()[i] = (float) (0.1 * random.nextGaussian());
            }
        });
        float[] pruned = Weights.pairs(network).get(3).weights().data();
        for (int i = 0; i < pruned.length; i++) {
            pruned[i] = random.nextInt(3) == 0 ? 0 : pruned[i];
        }
        return network;
    }

    /** The network with each layer's activations divided by a power of two, exactly; what layer f computes stays. */
    private static Network rescaled(Network network, Map<String, Integer> exponents) {
        Map<String, Operator> changed = new LinkedHashMap<>();
        READS.forEach((name, read) -> {
            Operator operator = operator(network, name);
            Weights.Pair pair = Weights.pair(operator).orElseThrow();
            float[] weights = pair.weights().data().clone();
            float[] bias = pair.bias().data().clone();
            int down = exponents.getOrDefault(name, 0);
            for (int i = 0; i < weights.length; i++) {
                int up = read.isEmpty() ? 0 : exponents.get(read.get(source(name, i)));
                weights[i] = Math.scalb(weights[i], up - down);
            }
            for (int i = 0; i < bias.length; i++) {
                bias[i] = Math.scalb(bias[i], -down);
            }
            Tensor w = Tensor.of(weights, pair.weights().shape());
            Tensor b = Tensor.of(bias, pair.bias().shape());
            changed.put(name, operator instanceof Operator.Convolution c ? new Operator.Convolution(c.window(), w, b)
                    : new Operator.Dense(w, b));
        });
        return network.with(changed);
    }

    /** Layer d reads channels 0 to 3 in its outputs 0 to 3, 36 weights each, 4 to 7 in the others; b has the first two. */
    private static int source(String name, int weight) {
        return name.equals("d") && (weight / 36 >= 4 || weight % 36 / 9 >= 2) ? 1 : 0;
    }

    private static Operator operator(Network network, String name) {
        return network.nodes().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow().operator();
    }

    private static Network trained(Network start, Rates rates) {
        Settings settings = new Settings(SETTINGS.epochs(), SETTINGS.batch(), SETTINGS.schedule(), SETTINGS.momentum(),
                SETTINGS.weightDecay(), SETTINGS.augmentation(), SETTINGS.seed(), SETTINGS.stop(), rates);
        return Trainer.train("n", start, SAMPLES, settings, 2, Progress.NONE, Checkpoints.none());
    }

    private static float[] outputs(Network network) {
        return Inference.of(network).outputs(SAMPLES.tensor(), 2).data();
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (double) (one[i] - other[i]);
        }
        return Math.sqrt(sum / one.length);
    }

    /** Powers of two round nothing, so what comes out is the same to the last bit, weights too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void trainingARescaledNetworkIsRescalingATrainedOne(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> exponents = new LinkedHashMap<>();
        List.of("a", "b", "c", "d", "e").forEach(name -> exponents.put(name, random.nextInt(-6, 7)));
        Network start = network(seed);
        Network trained = trained(start, Rates.SCALE_FREE);
        Network other = trained(rescaled(start, exponents), Rates.SCALE_FREE);
        assertTrue(distance(outputs(start), outputs(trained)) > 0.02, "it must have learned something, seed " + seed);
        assertArrayEquals(outputs(trained), outputs(other), "seed " + seed + " " + exponents);
        List<Weights.Pair> expected = Weights.pairs(rescaled(trained, exponents));
        List<Weights.Pair> found = Weights.pairs(other);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).weights().data(), found.get(i).weights().data(), "layer " + i + " seed " + seed);
            assertArrayEquals(expected.get(i).bias().data(), found.get(i).bias().data(), "biases " + i + " seed " + seed);
        }
    }

    /** Pruned weights and the filling of stacked branches do not become synapses, though their gradients are not zero. */
    @ParameterizedTest
    @EnumSource(Rates.class)
    void onlyWeightsThatAreThereMove(Rates rates) {
        Network start = network(1);
        float[] before = Weights.pairs(start).get(3).weights().data();
        float[] after = Weights.pairs(trained(start, rates)).get(3).weights().data();
        int grown = 0;
        int still = 0;
        for (int i = 0; i < before.length; i++) {
            grown += before[i] == 0 && after[i] != 0 ? 1 : 0;
            still += before[i] != 0 && before[i] == after[i] ? 1 : 0;
        }
        assertEquals(rates == Rates.SCALE_FREE, grown == 0, grown + " grew");
        assertEquals(0, still);
    }

    /** Worked out by hand: one dense layer of two outputs that reads two pixels, of one image. */
    @Test
    void partsAreThoseOfTheirFormula() {
        Samples one = new Samples(new Shape(1, 1, 2), new byte[] {(byte) 255, 51}, new int[] {0});
        Network network = NetworkBuilder.chain("n", one.shape()).dense("d", 2).build();
        float[] weights = Weights.pairs(network).getFirst().weights().data();
        weights[0] = 2;
        weights[2] = -1;
        weights[3] = 1;
        List<LayerRates> rates = LayerRates.of(Rates.SCALE_FREE, Prepared.plain(network), one, 1);
        double read = (1 + 0.04) / 2;
        double gain = (4 + 1 + 1) * read / 2 / 2;
        assertArrayEquals(new float[] {(float) (gain / read), 0, (float) (gain / read), (float) (gain / read)},
                rates.getFirst().weights(), 1e-6f);
        assertArrayEquals(new float[] {(float) gain, (float) gain}, rates.getFirst().bias(), 1e-6f);
    }

    /** Lanes behind the last image hold none. */
    @Test
    void imagesThatAreNotThereDoNotCount() {
        Network network = network(2);
        List<Samples> thrice = new ArrayList<>();
        thrice.add(SAMPLES.pick(4, 4, 4));
        thrice.add(SAMPLES.pick(4));
        List<List<LayerRates>> rates = thrice.stream().map(s -> LayerRates.of(Rates.SCALE_FREE, Prepared.plain(network), s, 1)).toList();
        for (int i = 0; i < network.nodes().size(); i++) {
            assertArrayEquals(rates.getFirst().get(i).weights(), rates.getLast().get(i).weights(), "node " + i);
            assertArrayEquals(rates.getFirst().get(i).bias(), rates.getLast().get(i).bias(), "node " + i);
        }
    }
}
