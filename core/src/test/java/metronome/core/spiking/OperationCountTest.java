package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Do the formulas count what a simulation that counts each operation as it does it counts? */
class OperationCountTest {
    @Test
    void countsCaffesLeNet() {
        Network dnn = lenet(new Operator.Rectifier());
        TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        SpikingNetwork spiking = Converter.convert(lenet(new Operator.Staircase(code)), Ticking.DEFAULT,
                PoolCircuit.COUNTER, Readout.POTENTIAL);
        OperationCount.Layer total = OperationCount.of(dnn, spiking, Tensor.zeros(1, 1, 28, 28), 1).total();
        // 20 24^2 25 + 50 8^2 500 + 500 800 + 10 500, the 2.293 M of the published tables.
        assertEquals(2_293_000, total.dnnDense().multiplications());
        assertEquals(2_293_000, total.dnnDense().additions());
        // Rectifiers, maxima and the read-out.
        assertEquals(11520 + 3200 + 500 + 3 * (2880 + 800) + 9, total.dnnDense().comparisons());
        assertEquals(0, total.dnnSkipping().multiplications());
        // Under the zero policy floor every synapse is crossed once; each neuron has its bias.
        assertEquals(2_293_000 + 11520 + 3200 + 500 + 10 + 4 * (2880 + 800) + (11520 + 3200 + 500),
                total.tdsnnEvent().additions());
    }

    private static Network lenet(Operator activation) {
        Operator pool = new Operator.MaxPool(Window.square(2, 2));
        List<Node> nodes = new ArrayList<>();
        for (Operator operator : List.of(convolution(20, 1), activation, pool, convolution(50, 20), activation, pool,
                new Operator.Dense(Tensor.zeros(500, 800), Tensor.zeros(500)), activation,
                new Operator.Dense(Tensor.zeros(10, 500), Tensor.zeros(10)))) {
            nodes.add(new Node("n" + nodes.size(), operator, List.of(nodes.isEmpty() ? "input" : nodes.getLast().name())));
        }
        return new Network("lenet", new Shape(1, 28, 28), nodes);
    }

    private static Operator convolution(int out, int in) {
        return new Operator.Convolution(Window.square(5, 1), Tensor.zeros(out, in, 5, 5), Tensor.zeros(out));
    }

    @Test
    void formulasEqualCountingInASimulation() {
        long firstSeed = 31_000;
        System.out.println("OperationCountTest seeds from " + firstSeed);
        for (long seed = firstSeed; seed < firstSeed + 400; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            Ticking ticking = RandomNetworks.ticking(random);
            Network dnn = new RandomNetworks(seed).network(new Operator.Rectifier());
            RandomNetworks source = new RandomNetworks(seed);
            SpikingNetwork spiking = Converter.convert(source.network(new Operator.Staircase(code)), ticking,
                    RandomNetworks.pool(code, random), RandomNetworks.pick(random, Readout.values()));
            float[] image = source.image(spiking.input());
            OperationCount counted = OperationCount.of(dnn, spiking, Tensor.of(image, 1, image.length), 1);
            SpikingSimulator simulator = new SpikingSimulator(spiking);
            FiringRecord record = simulator.run(image);
            int[] input = simulator.encode(image);
            for (int l = 0; l < spiking.layers().size(); l++) {
                String context = "seed " + seed + ", layer " + l + ", " + code + ", " + ticking;
                boolean last = l == spiking.layers().size() - 1;
                int[] arriving = spiking.wiring().arriving(l, input, record.steps());
                assertEquals(new ByHand(spiking, l, arriving, record.steps()[l], last, true).count(),
                        counted.layers().get(l).tdsnnClock(), context + ", clock");
                assertEquals(new ByHand(spiking, l, arriving, record.steps()[l], last, false).count(),
                        counted.layers().get(l).tdsnnEvent(), context + ", event");
            }
            skippingEqualsGathering(dnn, image, counted, "seed " + seed);
        }
    }

    private static void skippingEqualsGathering(Network dnn, float[] image, OperationCount counted, String context) {
        var values = new DirectInference(dnn).run(image);
        var rest = new ArrayList<>(counted.layers());
        for (Node node : dnn.nodes()) {
            double[] input = values.get(node.inputs().getFirst());
            Shape in = dnn.shapes().get(node.inputs().getFirst());
            Shape out = dnn.shapes().get(node.name());
            switch (node.operator()) {
                case Operator.MaxPool _, Operator.AveragePool _ -> rest.removeFirst();
                case Operator.Rectifier _, Operator.Staircase _, Operator.Concat _, Operator.Add _,
                        Operator.BatchNormalisation _ -> { }
                case Operator.Dense _ -> assertEquals(gathered(input, in, out, Window.covering(in)),
                        rest.removeFirst().dnnSkipping().multiplications(), context);
                case Operator.Convolution c -> assertEquals(gathered(input, in, out, c.window()),
                        rest.removeFirst().dnnSkipping().multiplications(), context);
            }
        }
        assertEquals(0, rest.size());
    }

    private static long gathered(double[] values, Shape in, Shape out, Window window) {
        long count = 0;
        for (int i = 0; i < out.size(); i++) {
            int perGroup = in.channels() / window.groups();
            int first = i / (out.height() * out.width()) / (out.channels() / window.groups()) * perGroup;
            for (int tap = 0; tap < perGroup * window.height() * window.width(); tap++) {
                int row = i / out.width() % out.height() * window.stride() - window.padding()
                        + tap / window.width() % window.height() * window.dilation();
                int column = i % out.width() * window.stride() - window.padding()
                        + tap % window.width() * window.dilation();
                int channel = first + tap / (window.height() * window.width());
                boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
                count += inside && values[(channel * in.height() + row) * in.width() + column] != 0 ? 1 : 0;
            }
        }
        return count;
    }

    /** One layer, neuron by neuron and step by step, counting as it goes. */
    private static final class ByHand {
        private final SpikingNetwork network;
        private final SpikingLayer layer;
        private final int[] arriving;
        private final int[] fired;
        private final boolean last;
        private final boolean clock;
        private long multiplications;
        private long additions;
        private long comparisons;

        ByHand(SpikingNetwork network, int layer, int[] arriving, int[] fired, boolean last, boolean clock) {
            this.network = network;
            this.layer = network.layers().get(layer);
            this.arriving = arriving;
            this.fired = fired;
            this.last = last;
            this.clock = clock;
        }

        Operations count() {
            Window window = layer instanceof SpikingLayer.Synapses s ? s.window() : ((SpikingLayer.Pool) layer).window();
            Shape out = layer.output();
            for (int i = 0; i < out.size(); i++) {
                int channel = i / (out.height() * out.width());
                int y = i / out.width() % out.height();
                int x = i % out.width();
                neuron(i, spikes(channel, y * window.stride() - window.padding(),
                        x * window.stride() - window.padding(), window));
            }
            if (last) {
                comparisons += out.size() - 1;
            }
            return new Operations(multiplications, additions, comparisons);
        }

        private List<Integer> spikes(int channel, int top, int left, Window window) {
            List<Integer> spikes = new ArrayList<>();
            Shape in = layer.input();
            for (int c = 0; c < in.channels(); c++) {
                for (int row = top; row < top + window.spanHeight(); row += window.dilation()) {
                    for (int column = left; column < left + window.spanWidth(); column += window.dilation()) {
                        boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
                        boolean reaches = layer instanceof SpikingLayer.Synapses ? c * window.groups() / in.channels()
                                == channel * window.groups() / layer.output().channels() : c == channel;
                        if (inside && reaches && arriving[(c * in.height() + row) * in.width() + column] >= 0) {
                            spikes.add(arriving[(c * in.height() + row) * in.width() + column]);
                        }
                    }
                }
            }
            return spikes;
        }

        private void neuron(int i, List<Integer> spikes) {
            switch (layer) {
                case SpikingLayer.Synapses _ -> {
                    additions += spikes.size() + 1;
                    leakWhileIntegrating(spikes);
                    if (fired.length > 0) {
                        outputWindow(fired[i]);
                    }
                }
                case SpikingLayer.Pool p when p.circuit() == PoolCircuit.COUNTER -> {
                    additions += spikes.size();
                    comparisons += spikes.size();
                }
                case SpikingLayer.Pool _ -> {
                    leakWhileIntegrating(spikes);
                    additions += network.ticking().variant() == TickVariant.C ? 0 : 1;
                    outputWindow(fired[i]);
                }
            }
        }

        private void leakWhileIntegrating(List<Integer> spikes) {
            multiplications += clock ? network.code().steps() : new TreeSet<>(spikes).size();
        }

        private void outputWindow(int step) {
            if (network.code().zeros() == ZeroPolicy.SILENT) {
                comparisons++;
            }
            int end = clock ? network.code().steps() : step;
            for (int k = 0; k <= end; k++) {
                if (k > 0) {
                    multiplications++;
                }
                if (k > 0 || network.ticking().variant() != TickVariant.B) {
                    additions++;
                }
                comparisons++;
            }
        }
    }

    /** A sum and a normalisation are the DNN's own; what they were folded into is the TDSNN's. */
    @Test
    void residualNetworksHaveRowsOfBoth() {
        Network dnn = metronome.core.network.NetworkBuilder.chain("n", new Shape(2, 4, 4))
                .convolution("a", 3, new Window(3, 3, 1, 1)).batchNormalisation("norm").rectifier("r")
                .convolution("b", 3, new Window(3, 3, 1, 1)).add("sum", "b", "r").rectifier("s").dense("d", 5).build();
        TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        Network staircase = metronome.core.network.Folding.of(dnn).with(java.util.Map.of("r", new Operator.Staircase(code), "s",
                new Operator.Staircase(code)));
        OperationCount count = OperationCount.of(dnn, Converter.convert(staircase, Ticking.DEFAULT, PoolCircuit.COUNTER,
                Readout.POTENTIAL), Tensor.filled(0.5f, 1, 2, 4, 4), 1);
        assertEquals(List.of("a", "b", "sum", "d"), count.layers().stream().map(OperationCount.Layer::name).toList());
        assertEquals(new Operations(16 * 3 * 18, 16 * 3 * 18, 48), count.layers().get(0).dnnDense());
        assertEquals(new Operations(16 * 3 * 27, 16 * 3 * 27, 0), count.layers().get(1).dnnDense());
        assertEquals(Operations.NONE, count.layers().get(1).tdsnnEvent());
        assertEquals(new Operations(0, 48, 48), count.layers().get(2).dnnDense());
        // Under the floor every synapse inside is crossed once: of the 144 taps of a 3 x 3 kernel over a 4 x 4 image
        // 100 lie inside; both summands read r, so that their kernels are one.
        assertEquals(100 * 3 * 3 + 48, count.layers().get(2).tdsnnClock().additions() - 48 * 17);
    }

    @Test
    void aSyntheticNetworkIsCountedAsItWasMade() {
        Network architecture = metronome.core.network.NetworkBuilder.chain("n", new Shape(2, 8, 8))
                .convolution("a", 6, new Window(3, 3, 1, 1)).rectifier("r").maxPool("p", Window.square(2, 2))
                .convolution("b", 7, new Window(3, 3, 1, 1)).rectifier("s").dense("d", 5).build();
        for (ZeroPolicy zeros : ZeroPolicy.values()) {
            SyntheticNetwork made = SyntheticNetwork.of(architecture, new SyntheticNetwork.Settings(3,
                    new TemporalCode(4, 16, Rounding.HALF_STEP, zeros), 0.5, 24));
            OperationCount count = OperationCount.of(architecture, made);
            assertEquals(List.of("a", "p", "b", "d"), count.layers().stream().map(OperationCount.Layer::name).toList());
            OperationCount.Layer total = count.total();
            assertEquals(architecture.multiplyAccumulates(), total.dnnDense().multiplications());
            // Synapses are crossed by what is not silent: under the floor by everything, and the DNN skips the same zeros.
            int[][] steps = new FixedSimulator(made.network(), LeakPolicy.EAGER).run(made.image()).steps();
            long present = java.util.Arrays.stream(steps[2]).filter(s -> s > (zeros == ZeroPolicy.SILENT ? -1 : 0)).count();
            assertEquals(5 * present, count.layers().get(3).dnnSkipping().multiplications(), zeros.toString());
            assertEquals(5 * (zeros == ZeroPolicy.SILENT ? present : 7 * 16) + 5, count.layers().get(3).tdsnnEvent().additions());
        }
    }

    @Test
    void refusesNetworksOfDifferentInputs() {
        TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        SpikingNetwork spiking = Converter.convert(lenet(new Operator.Staircase(code)), Ticking.DEFAULT,
                PoolCircuit.COUNTER, Readout.POTENTIAL);
        Network other = new RandomNetworks(1).network(new Operator.Rectifier());
        assertThrows(IllegalArgumentException.class, () -> OperationCount.of(other, spiking, Tensor.zeros(1, 784), 1));
    }
}
