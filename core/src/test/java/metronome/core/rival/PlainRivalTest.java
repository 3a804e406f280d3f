package metronome.core.rival;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Do rivals in integers do what they do in doubles, where weights and pixels are exact? */
class PlainRivalTest {
    private static final int TRIALS = 30;

    private static Network exact(Random random) {
        return exact(random, NetworkBuilder.chain("exact", new Shape(2, 5, 4)).convolution("c", 4, new Window(3, 3, 1, 1, 1, 2))
                .rectifier("r").dense("d", 6).rectifier("s").dense("e", 3).build());
    }

    private static float[] image(Random random, int levels) {
        float[] image = new float[40];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextInt(levels + 1) / (float) levels;
        }
        return image;
    }

    @Test
    void ratesEqualDoublesWhereWeightsAreExact() {
        for (int trial = 0; trial < TRIALS; trial++) {
            long seed = 4711 + trial;
            Random random = new Random(seed);
            RivalNetwork rival = new RivalNetwork(exact(random), Coding.RATE, 1);
            float[] image = image(random, 1);
            RivalRun run = new RivalSimulator(rival).run(image, 20);
            PlainRival plain = PlainRival.of(rival, 1, 20, 8, 32);
            PlainSimulator.Result result = new PlainSimulator(plain.network()).run(plain.input(image));
            List<int[]> expected = List.copyOf(run.spikes().values());
            assertEquals(List.of(0, 1), plain.neurons());
            for (int l : plain.neurons()) {
                int[] counts = new int[expected.get(l).length];
                for (int[] step : result.trains().get(l).neurons()) {
                    for (int neuron : step) {
                        counts[neuron]++;
                    }
                }
                assertArrayEquals(expected.get(l), counts, "seed " + seed + ", layer " + l);
            }
            assertArrayEquals(run.classes(), result.lowest(), "seed " + seed);
            assertEquals(0, result.trains().getLast().spikes());
        }
    }

    /** Pixels in quarters are four levels exactly. */
    @Test
    void firstSpikesEqualDoublesWhereWeightsAndPixelsAreExact() {
        long fired = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            long seed = 815 + trial;
            Random random = new Random(seed);
            fired += firstSpikesEqual(exact(random), Coding.FIRST_SPIKE, random, seed);
        }
        assertTrue(fired > 30 * TRIALS, "hardly any spikes: " + fired);
    }

    /** Groups, pools, of which the second has windows that cease to be driven, and a layer that nobody waits for; those who wait fire later, or never, than those who do not. */
    @Test
    void dynamicThresholdsEqualDoublesWhereWeightsAndPixelsAreExact() {
        long fired = 0;
        int waited = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            long seed = 1623 + trial;
            Random random = new Random(seed);
            Network network = exact(random, NetworkBuilder.chain("exact", new Shape(2, 5, 4)).convolution("c", 4, new Window(3, 3, 1, 1, 1, 2))
                    .rectifier("r").maxPool("p", new Window(2, 2, 1, 0)).convolution("g", 6, new Window(2, 2, 1, 0, 1, 2)).rectifier("q")
                    .maxPool("o", new Window(2, 2, 1, 0)).dense("d", 6).rectifier("s").dense("e", 3).build());
            fired += firstSpikesEqual(network, Coding.FIRST_SPIKE_DYNAMIC, random, seed);
            float[] image = image(random, 4);
            waited += first(network, Coding.FIRST_SPIKE, image).equals(first(network, Coding.FIRST_SPIKE_DYNAMIC, image)) ? 0 : 1;
        }
        assertTrue(fired > 30 * TRIALS && waited > TRIALS / 2, "hardly any spikes, or waiting: " + fired + ", " + waited);
    }

    private static List<Integer> first(Network network, Coding coding, float[] image) {
        return Arrays.stream(new RivalSimulator(new RivalNetwork(network, coding, 2)).run(image, 40).first().get("d")).boxed().toList();
    }

    /** Returns the spikes of neurons. */
    private static long firstSpikesEqual(Network network, Coding coding, Random random, long seed) {
        RivalNetwork rival = new RivalNetwork(network, coding, random.nextInt(1, 5));
        float[] image = image(random, 4);
        RivalRun run = new RivalSimulator(rival).run(image, 40);
        PlainRival plain = PlainRival.of(rival, 4, 40, 8, 32);
        PlainSimulator.Result result = new PlainSimulator(plain.network()).run(plain.input(image));
        long fired = 0;
        for (int l : plain.neurons()) {
            PlainLayer layer = plain.network().layers().get(l);
            int[] expected = run.first().get(layer.name());
            assertEquals(expected.length, layer.neurons().size());
            assertArrayEquals(expected, first(layer, result.trains().get(l)), "seed " + seed + ", layer " + l);
            fired += Arrays.stream(expected).filter(step -> step > 0).count();
        }
        assertArrayEquals(run.classes(), result.lowest(), "seed " + seed);
        return fired;
    }

    /** When each neuron fires, from 1 on; who announces itself is driven and not driven in turn, and at the end not if it has fired. */
    private static int[] first(PlainLayer layer, SpikeTrain train) {
        int[] first = new int[layer.neurons().size()];
        boolean[] driven = new boolean[first.length];
        for (int k = 0; k < train.neurons().length; k++) {
            for (int event : train.neurons()[k]) {
                int pixels = layer.output().height() * layer.output().width();
                EventKind kind = layer.neuron().announces() ? EventKind.of(event / pixels) : EventKind.SPIKE;
                int neuron = layer.neuron().announces() ? EventKind.neuron(event / pixels) * pixels + event % pixels : event;
                if (kind == EventKind.SPIKE) {
                    assertEquals(0, first[neuron], "fires once");
                    first[neuron] = k + 1;
                } else {
                    assertEquals(kind == EventKind.WITHDRAWAL, driven[neuron]);
                    driven[neuron] = !driven[neuron];
                }
            }
        }
        assertTrue(IntStream.range(0, first.length).noneMatch(i -> first[i] > 0 && driven[i]));
        return first;
    }

    /** Who announces, and who waits, of four layers of weights with a pool behind the first. */
    @Test
    void onlyThoseWhomAFiringLayerReadsAnnounceThemselves() {
        Network network = NetworkBuilder.chain("four", new Shape(1, 4, 4)).convolution("a", 2, Window.square(1, 1)).rectifier("ra")
                .maxPool("p", Window.square(2, 2)).dense("b", 3).rectifier("rb").dense("c", 4).rectifier("rc").dense("d", 2).build();
        List<PlainLayer> layers = PlainRival.of(new RivalNetwork(network, Coding.FIRST_SPIKE_DYNAMIC, 1), 1, 4, 8, 16).network().layers();
        assertEquals(List.of("a", "p", "b", "c", "d"), layers.stream().map(PlainLayer::name).toList());
        assertEquals(List.of(true, true, true, false, false), layers.stream().map(l -> l.neuron().announces()).toList());
        assertEquals(List.of(false, false, true, true, false), layers.stream().map(l -> l.neuron().waits()).toList());
        assertEquals(List.of(6, 6, 9, 4, 2), layers.stream().map(l -> l.output().channels()).toList());
    }

    /** Weights and biases in 128ths, each layer's largest 127 of them. */
    private static Network exact(Random random, Network network) {
        Map<String, Operator> filled = new HashMap<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(Window w, Tensor weights, Tensor bias) ->
                    filled.put(node.name(), new Operator.Convolution(w, parts(random, weights), parts(random, bias)));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    filled.put(node.name(), new Operator.Dense(parts(random, weights), parts(random, bias)));
                default -> { }
            }
        }
        return network.with(filled);
    }

    private static Tensor parts(Random random, Tensor like) {
        Tensor parts = like.copy();
        for (int i = 0; i < parts.size(); i++) {
            parts.data()[i] = (random.nextInt(100) - 55) / 128f;
        }
        parts.data()[0] = 127 / 128f;
        return parts;
    }

    @Test
    void pixelsSpikeAtTheRateOfTheirValue() {
        SpikeTrain train = PlainRival.of(new RivalNetwork(four(), Coding.RATE, 1), 1, 10, 8, 16).input(new float[] {0, 0.1f, 0.5f, 1});
        int[] counts = new int[4];
        for (int[] step : train.neurons()) {
            for (int neuron : step) {
                counts[neuron]++;
            }
        }
        assertArrayEquals(new int[] {0, 1, 5, 10}, counts);
        assertArrayEquals(new int[] {2, 3}, train.neurons()[1]);
    }

    @Test
    void pixelsSpikeAtOnceAsOftenAsTheirValueHasLevels() {
        PlainRival plain = PlainRival.of(new RivalNetwork(four(), Coding.FIRST_SPIKE, 2), 3, 5, 8, 16);
        assertEquals(new SpikeTrain(new int[][] {{1, 2, 2, 3, 3, 3}, {}, {}, {}, {}}), plain.input(new float[] {0.1f, 0.3f, 0.6f, 1}));
    }

    private static Network four() {
        return new Network("pool", new Shape(1, 1, 4), List.of(
                new Node("c", new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1)),
                        List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("c")),
                new Node("p", new Operator.MaxPool(new Window(1, 2, 2, 0)), List.of("r")),
                new Node("d", new Operator.Dense(Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), Tensor.zeros(2)), List.of("p"))));
    }

    private static PlainSimulator.Result run(PlainRival plain, float... image) {
        return new PlainSimulator(plain.network()).run(plain.input(image));
    }

    @Test
    void poolOfRatesFiresWhenOneOfItsInputsDoes() {
        PlainRival plain = PlainRival.of(new RivalNetwork(four(), Coding.RATE, 1), 1, 4, 8, 16);
        PlainSimulator.Result result = run(plain, 1, 1, 0, 0.5f);
        assertEquals(new SpikeTrain(new int[][] {{0}, {0, 1}, {0}, {0, 1}}), result.trains().get(1));
        assertArrayEquals(new int[] {0, 0, 0, 0}, result.lowest());
        assertEquals(List.of(0), plain.neurons());
    }

    /** Thresholds of 2 steps: pixels 1 and 1/3 fire after 2 and 6. */
    @Test
    void poolOfFirstSpikesPassesOnTheFirst() {
        PlainRival plain = PlainRival.of(new RivalNetwork(four(), Coding.FIRST_SPIKE, 2), 3, 7, 8, 16);
        PlainSimulator.Result result = run(plain, 1 / 3f, 0, 1 / 3f, 1);
        assertEquals(new SpikeTrain(new int[][] {{}, {3}, {}, {}, {}, {0, 2}, {}}), result.trains().getFirst());
        assertEquals(new SpikeTrain(new int[][] {{}, {1}, {}, {}, {}, {0}, {}}), result.trains().get(1));
        assertArrayEquals(new int[] {0, 1, 1, 1, 1, 1, 1}, result.lowest());
    }

    /** Potentials of 16 bits, in which a hundred steps of full drive must fit. */
    @Test
    void slopesAndOutputsNeverSaturate() {
        Random random = new Random(77);
        RivalNetwork rival = new RivalNetwork(exact(random), Coding.FIRST_SPIKE, 16);
        PlainRival plain = PlainRival.of(rival, 15, 100, 8, 16);
        List<PlainLayer> layers = plain.network().layers();
        for (PlainLayer layer : layers) {
            int each = layer.weights().size() / layer.output().channels();
            int gain = layer == layers.getFirst() ? 15 : 1;
            for (int o = 0; o < layer.output().channels(); o++) {
                long drive = layer.bias().length == 0 ? 0 : Math.abs(layer.bias()[o]);
                for (int i = 0; i < each; i++) {
                    drive += (long) gain * Math.abs(layer.weights().get(o * each + i));
                }
                assertTrue((layer == layers.getLast() ? 100 : 2) * drive <= Short.MAX_VALUE, layer.name() + ", " + drive);
            }
        }
    }

    /** Three that are driven must not make a pool fire, and weights of three bits end at 3. */
    @Test
    void aWindowThatIsWaitedForMustWeighLessThanASpike() {
        Network network = NetworkBuilder.chain("wide", new Shape(1, 1, 4)).convolution("a", 1, Window.square(1, 1)).rectifier("ra")
                .maxPool("p", new Window(1, 3, 1, 0)).dense("b", 3).rectifier("rb").dense("c", 2).build();
        RivalNetwork rival = new RivalNetwork(network, Coding.FIRST_SPIKE_DYNAMIC, 1);
        assertEquals("node p: a max-pool of 3 inputs that are waited for needs weights up to 4, but those of 3 bits end at 3",
                assertThrows(DataException.class, () -> PlainRival.of(rival, 1, 4, 3, 16)).getMessage());
        assertEquals(7, PlainRival.of(rival, 1, 4, 4, 16).network().layers().get(1).neuron().threshold());
        assertEquals(1, PlainRival.of(new RivalNetwork(network, Coding.FIRST_SPIKE, 1), 1, 4, 3, 16).network().layers().get(1).neuron().threshold());
    }

    @Test
    void refusesBranchesAndOtherSettings() {
        Network branched = NetworkBuilder.chain("branched", new Shape(1, 4, 4)).convolution("a", 2, Window.square(1, 1))
                .rectifier("ra").from("ra").convolution("b", 2, Window.square(1, 1)).rectifier("rb").concat("both", "ra", "rb")
                .dense("d", 2).build();
        assertTrue(assertThrows(DataException.class, () -> PlainRival.of(new RivalNetwork(branched, Coding.RATE, 1), 1, 4, 8, 16))
                .getMessage().startsWith("node ra: is read by several nodes"));
        Network chain = NetworkBuilder.chain("chain", new Shape(1, 4, 4)).dense("d", 2).build();
        for (Wrong wrong : List.of(new Wrong(Coding.RATE, 1, 0), new Wrong(Coding.RATE, 2, 4),
                new Wrong(Coding.FIRST_SPIKE, 5, 4), new Wrong(Coding.FIRST_SPIKE, 0, 4))) {
            assertThrows(IllegalArgumentException.class,
                    () -> PlainRival.of(new RivalNetwork(chain, wrong.coding(), 1), wrong.levels(), wrong.steps(), 8, 16));
        }
    }

    private record Wrong(Coding coding, int levels, int steps) {
    }
}
