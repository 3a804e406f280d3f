package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does the spiking network fire as the staircase network computes, and is refused what cannot? */
class ConversionTest {
    private static final TemporalCode CODE = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);

    @Test
    void everyFiringStepEqualsTheStaircaseNetworks() {
        long firstSeed = 7_000;
        System.out.println("ConversionTest seeds from " + firstSeed);
        long neurons = 0;
        long[] histogram = new long[4];
        for (long seed = firstSeed; seed < firstSeed + 1500; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            Ticking ticking = RandomNetworks.ticking(random);
            Readout readout = RandomNetworks.pick(random, Readout.values());
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.network(new Operator.Staircase(code));
            SpikingNetwork spiking =
                    Converter.convert(network, ticking, RandomNetworks.pool(code, random), readout);
            SpikingModel simulator = new SpikingSimulator(spiking);
            SpikingModel staircase = new StaircaseModel(network, readout);
            for (int i = 0; i < 3; i++) {
                float[] image = source.image(network.input());
                FiringRecord expected = staircase.run(image);
                FiringRecord actual = simulator.run(image);
                String context = "seed " + seed + ", image " + i + ", " + code + ", " + ticking;
                for (int l = 0; l < expected.steps().length; l++) {
                    assertArrayEquals(expected.steps()[l], actual.steps()[l], context + ", layer " + l);
                    neurons += expected.steps()[l].length;
                    for (int step : expected.steps()[l]) {
                        histogram[step < 0 ? 0 : step == 0 ? 1 : step == code.steps() ? 3 : 2]++;
                    }
                }
                assertEquals(expected.winner(), actual.winner(), context);
                if (readout == Readout.POTENTIAL) {
                    assertArrayEquals(direct(network, code, image), expected.potentials(), 1e-12, context);
                    assertArrayEquals(expected.potentials(), actual.potentials(), 1e-12, context);
                }
            }
        }
        System.out.println("ConversionTest: " + neurons + " firing steps; silent, first, between, last: "
                + java.util.Arrays.toString(histogram));
        for (long kind : histogram) {
            assertTrue(kind > neurons / 100, "a kind of firing step is hardly tested");
        }
    }

    @Test
    void averagePoolsAreSynapses() {
        for (long seed = 9_000; seed < 9_300; seed++) {
            Random random = new Random(seed);
            TemporalCode any = RandomNetworks.code(random);
            TemporalCode code = new TemporalCode(any.timeConstant(), any.steps(), Rounding.HALF_STEP, any.zeros());
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.means(new Operator.Staircase(code));
            SpikingModel simulator = new SpikingSimulator(Converter.convert(network, RandomNetworks.ticking(random),
                    RandomNetworks.pool(code, random), Readout.POTENTIAL));
            float[] image = source.image(network.input());
            FiringRecord expected = new StaircaseModel(network, Readout.POTENTIAL).run(image);
            FiringRecord actual = simulator.run(image);
            for (int l = 0; l < expected.steps().length; l++) {
                assertArrayEquals(expected.steps()[l], actual.steps()[l], "seed " + seed + ", layer " + l);
            }
            assertArrayEquals(direct(network, code, image), actual.potentials(), 1e-12, "seed " + seed);
        }
    }

    /** What the network computes node by node, negated. */
    private static double[] direct(Network network, TemporalCode code, float[] image) {
        float[] decoded = image.clone();
        for (int i = 0; i < image.length; i++) {
            decoded[i] = (float) code.decode(code.encode(image[i]));
        }
        return java.util.Arrays.stream(new DirectInference(network).run(decoded).lastEntry().getValue())
                .map(z -> -z).toArray();
    }

    @Test
    void resetPoolKeepsTheStepOfEveryLevelUnderBothRoundings() {
        for (Rounding rounding : Rounding.values()) {
            for (TickVariant variant : TickVariant.values()) {
                for (int steps = 1; steps < 60; steps++) {
                    TemporalCode code = new TemporalCode(steps / 3.0, steps, rounding, ZeroPolicy.SILENT);
                    SpikingModel model = new SpikingSimulator(Converter.convert(pooled(code, steps + 1),
                            new Ticking(variant, 1), PoolCircuit.RESET, Readout.POTENTIAL));
                    int[] spikes = java.util.stream.IntStream.rangeClosed(0, steps).toArray();
                    assertArrayEquals(spikes, model.run(spikes).steps()[0], code + ", " + variant);
                }
            }
        }
    }

    private static Network pooled(TemporalCode code, int width) {
        Shape input = new Shape(1, 1, width);
        return chain(input, new Operator.MaxPool(Window.square(1, 1)), dense(input, 1), new Operator.Staircase(code),
                dense(Shape.vector(1), 1));
    }

    @Test
    void sumsOfZeroAreSilentInEveryVariant() {
        TemporalCode code = new TemporalCode(4, 16, Rounding.CEIL, ZeroPolicy.SILENT);
        Network network = chain(new Shape(1, 2, 2), dense(new Shape(1, 2, 2), 3), new Operator.Staircase(code),
                dense(Shape.vector(3), 2));
        for (TickVariant variant : TickVariant.values()) {
            SpikingNetwork spiking =
                    Converter.convert(network, new Ticking(variant, 0.7), PoolCircuit.RESET, Readout.LAST_SPIKE);
            for (float[] image : new float[][] {new float[4], {1, 1, 0.5f, 0}}) {
                FiringRecord record = new SpikingSimulator(spiking).run(image);
                assertArrayEquals(new int[] {-1, -1, -1}, record.steps()[0]);
                assertArrayEquals(new int[] {-1, -1}, record.steps()[1]);
                assertEquals(0, record.winner());
            }
        }
    }

    @Test
    void keepsShapesAndNegates() {
        Network network = chain(new Shape(2, 3, 1), new Operator.Dense(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 6),
                Tensor.of(new float[] {7}, 1)), new Operator.Staircase(CODE), dense(Shape.vector(1), 2));
        SpikingNetwork spiking = Converter.convert(network, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL);
        SpikingLayer.Synapses first = (SpikingLayer.Synapses) spiking.layers().getFirst();
        assertArrayEquals(new int[] {1, 2, 3, 1}, first.weights().shape());
        assertArrayEquals(new float[] {-1, -2, -3, -4, -5, -6}, first.weights().data());
        assertArrayEquals(new float[] {-7}, first.bias().data());
        assertEquals(List.of("n0", "n2"), spiking.layers().stream().map(SpikingLayer::name).toList());
    }

    @Test
    void refusesWhatItCannotConvert() {
        Shape in = new Shape(1, 4, 4);
        Operator staircase = new Operator.Staircase(CODE);
        Operator pool = new Operator.MaxPool(Window.square(2, 2));
        refused("node n1: a rectifier cannot be converted without loss; retrain",
                chain(in, dense(in, 3), new Operator.Rectifier(), dense(Shape.vector(3), 2)));
        refused("node n0: must be followed by a staircase, is followed by n1; move the max-pool behind",
                chain(in, convolution(), pool, staircase, dense(new Shape(1, 2, 2), 2)));
        refused("node n0: must be followed by a staircase, is followed by n1; retrain",
                chain(in, convolution(), dense(in, 3), staircase, dense(Shape.vector(3), 2)));
        refused("node n1: a staircase must follow", chain(in, pool, staircase, dense(new Shape(1, 2, 2), 2)));
        Operator rounded = new Operator.Staircase(new TemporalCode(4, 16, Rounding.CEIL, ZeroPolicy.FLOOR));
        refused("node n2: the mean of equal values lies on a boundary of the rounding ceil; take half-step", chain(in,
                convolution(), rounded, new Operator.AveragePool(Window.square(2, 2)), rounded,
                dense(new Shape(1, 2, 2), 2)));
        refused("node n2: the last layer must be a convolution or a dense layer",
                chain(in, convolution(), staircase, pool));
        refused("node n1: no staircase in the network", chain(in, pool, dense(new Shape(1, 2, 2), 2)));
        refused("node n1: the read-out by potential", chain(in, convolution(), staircase));
        refused("node n3: all staircases must have one code", chain(in, convolution(), staircase, convolution(),
                new Operator.Staircase(new TemporalCode(5, 16, Rounding.CEIL, ZeroPolicy.FLOOR)), dense(in, 2)));
        refused("node n2: nothing reads it, though it is not the last", new Network("net", in, List.of(
                new Node("n0", pool, List.of("input")), new Node("n1", dense(new Shape(1, 2, 2), 2), List.of("n0")),
                new Node("n2", staircase, List.of("n1")), new Node("n3", dense(new Shape(1, 2, 2), 2), List.of("n0")))));
        Tensor infinite = Tensor.of(new float[] {1, Float.NaN}, 1, 2);
        refused("node n0: weights and bias must be finite: NaN at index 1", chain(Shape.vector(2),
                new Operator.Dense(infinite, Tensor.zeros(1)), staircase, dense(Shape.vector(1), 2)));
    }

    @Test
    void refusesACounterWithoutTheFloorAndAThresholdThatDrownsTheMargin() {
        TemporalCode silent = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.SILENT);
        Network pooled = pooled(silent, 3);
        DataException e = assertThrows(DataException.class,
                () -> Converter.convert(pooled, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL));
        assertTrue(e.getMessage().contains("node n0: a counting max-pool waits for every input, so it needs the zero "
                + "policy floor"), e.getMessage());
        Network deep = pooled(new TemporalCode(1, 40, Rounding.CEIL, ZeroPolicy.FLOOR), 3);
        e = assertThrows(DataException.class,
                () -> Converter.convert(deep, Ticking.DEFAULT, PoolCircuit.RESET, Readout.POTENTIAL));
        assertTrue(e.getMessage().contains("threshold 1.0 drowns the margin"), e.getMessage());
        Converter.convert(deep, new Ticking(TickVariant.C, 0), PoolCircuit.RESET, Readout.POTENTIAL);
    }

    private static void refused(String message, Network network) {
        DataException e = assertThrows(DataException.class,
                () -> Converter.convert(network, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL));
        assertTrue(e.getMessage().startsWith("network net: " + message), e.getMessage());
    }

    private static Operator convolution() {
        return new Operator.Convolution(Window.square(1, 1), Tensor.zeros(1, 1, 1, 1), Tensor.zeros(1));
    }

    private static Operator dense(Shape input, int out) {
        return new Operator.Dense(Tensor.zeros(out, input.size()), Tensor.zeros(out));
    }

    private static Network chain(Shape input, Operator... operators) {
        List<Node> nodes = new java.util.ArrayList<>();
        for (Operator operator : operators) {
            nodes.add(new Node("n" + nodes.size(), operator,
                    List.of(nodes.isEmpty() ? Network.INPUT : nodes.getLast().name())));
        }
        return new Network("net", input, nodes);
    }
}
