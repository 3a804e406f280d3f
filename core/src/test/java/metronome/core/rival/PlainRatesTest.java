package metronome.core.rival;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does rate coding in integers do what it does in doubles, where weights are exact? */
class PlainRatesTest {
    @Test
    void integersEqualDoublesWhereWeightsAreExact() {
        for (int trial = 0; trial < 30; trial++) {
            long seed = 4711 + trial;
            Random random = new Random(seed);
            Network network = exact(random, NetworkBuilder.chain("exact", new Shape(2, 5, 4))
                    .convolution("c", 4, new Window(3, 3, 1, 1, 1, 2)).rectifier("r").dense("d", 6).rectifier("s").dense("e", 3).build());
            float[] image = new float[40];
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextInt(2);
            }
            RivalNetwork rival = new RivalNetwork(network, Coding.RATE, 1);
            RivalRun run = new RivalSimulator(rival).run(image, 20);
            PlainSimulator.Result result = new PlainSimulator(PlainRates.of(rival, 20, 8, 32)).run(PlainRates.input(image, 20));
            List<int[]> expected = List.copyOf(run.spikes().values());
            for (int l = 0; l < 2; l++) {
                int[] counts = new int[expected.get(l).length];
                for (int[] step : result.trains().get(l).neurons()) {
                    for (int neuron : step) {
                        counts[neuron]++;
                    }
                }
                assertArrayEquals(expected.get(l), counts, "seed " + seed + ", layer " + l);
            }
        }
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
        SpikeTrain train = PlainRates.input(new float[] {0, 0.1f, 0.5f, 1}, 10);
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
    void poolFiresWhenOneOfItsInputsDoes() {
        Network network = new Network("pool", new Shape(1, 1, 4), List.of(
                new Node("c", new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1)),
                        List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("c")),
                new Node("p", new Operator.MaxPool(new Window(1, 2, 2, 0)), List.of("r")),
                new Node("d", new Operator.Dense(Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), Tensor.zeros(2)), List.of("p"))));
        PlainNetwork plain = PlainRates.of(new RivalNetwork(network, Coding.RATE, 1), 4, 8, 16);
        List<SpikeTrain> trains = new PlainSimulator(plain).run(PlainRates.input(new float[] {1, 1, 0, 0.5f}, 4)).trains();
        assertArrayEquals(new int[][] {{0}, {0, 1}, {0}, {0, 1}}, trains.get(1).neurons());
        assertEquals(trains.get(1), trains.get(2));
        assertArrayEquals(new int[] {0, 0, 0, 0}, PlainRates.classes(trains.get(2), 2));
        assertArrayEquals(new int[] {0, 1, 0, 1}, PlainRates.classes(new SpikeTrain(new int[][] {{}, {1}, {0}, {1}}), 2));
    }

    @Test
    void refusesBranchesAndOtherCodings() {
        Network branched = NetworkBuilder.chain("branched", new Shape(1, 4, 4)).convolution("a", 2, Window.square(1, 1))
                .rectifier("ra").from("ra").convolution("b", 2, Window.square(1, 1)).rectifier("rb").concat("both", "ra", "rb")
                .dense("d", 2).build();
        assertTrue(assertThrows(DataException.class, () -> PlainRates.of(new RivalNetwork(branched, Coding.RATE, 1), 4, 8, 16))
                .getMessage().startsWith("node ra: is read by several nodes"));
        Network chain = NetworkBuilder.chain("chain", new Shape(1, 4, 4)).dense("d", 2).build();
        assertThrows(IllegalArgumentException.class,
                () -> PlainRates.of(new RivalNetwork(chain, Coding.FIRST_SPIKE, 1), 4, 8, 16));
        assertThrows(IllegalArgumentException.class, () -> PlainRates.of(new RivalNetwork(chain, Coding.RATE, 1), 0, 8, 16));
    }
}
