package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Is the fixed-point oracle what {@link FixedLayer} says, neuron by neuron, saturation and extremes included? */
class FixedDefinitionTest {
    @Test
    void simulatorEqualsTheDefinition() {
        long firstSeed = 12_000;
        System.out.println("FixedDefinitionTest seeds from " + firstSeed);
        long saturated = 0;
        for (long seed = firstSeed; seed < firstSeed + 400; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.network(new Operator.Staircase(code));
            SpikingNetwork spiking = Converter.convert(network, RandomNetworks.ticking(random),
                    RandomNetworks.pool(code, random), RandomNetworks.pick(random, Readout.values()));
            FixedNetwork fixed = FixedPoint.quantise(spiking, 2 + random.nextInt(11), 24 + random.nextInt(9));
            if (random.nextBoolean()) {
                fixed = narrowed(fixed, random);
            }
            FixedSimulator simulator = new FixedSimulator(fixed);
            int[] input = simulator.encode(source.image(network.input()));
            FiringRecord record = simulator.run(input);
            long[] saturations = new long[1];
            for (int l = 0; l < fixed.layers().size(); l++) {
                boolean last = l == fixed.layers().size() - 1;
                int[] arriving = fixed.wiring().arriving(l, input, record.steps());
                for (int i = 0; i < fixed.layers().get(l).output().size(); i++) {
                    String context = "seed " + seed + ", layer " + l + ", neuron " + i + ", " + code;
                    check(fixed, l, arriving, i, record, last, saturations, context);
                }
            }
            assertEquals(saturations[0], record.saturations(), "seed " + seed);
            saturated += saturations[0] > 0 ? 1 : 0;
        }
        System.out.println("FixedDefinitionTest: " + saturated + " of 400 networks saturate");
        assertTrue(saturated > 50, "saturation is hardly tested");
    }

    /** The same network with potentials too narrow for it. */
    private static FixedNetwork narrowed(FixedNetwork network, Random random) {
        return new FixedNetwork(network.name(), network.code(), network.readout(), network.weightBits(),
                network.potentialBits() - 1 - random.nextInt(3), network.leak(), network.input(), network.layers(),
                network.wiring());
    }

    private static void check(FixedNetwork network, int l, int[] arriving, int i, FiringRecord record, boolean last,
            long[] saturations, String context) {
        FixedLayer layer = network.layers().get(l);
        switch (layer) {
            case FixedLayer.Pool p -> {
                int latest = -1;
                for (int[] spike : spikes(layer, p.window(), arriving, i, true)) {
                    latest = Math.max(latest, spike[0]);
                }
                assertEquals(latest, record.steps()[l][i], context);
            }
            case FixedLayer.Synapses s -> {
                long v = integrated(network, s, spikes(layer, s.window(), arriving, i, false), i, saturations);
                if (last) {
                    assertEquals(v, record.potentials()[i], context);
                }
                if (!last || network.readout() == Readout.LAST_SPIKE) {
                    assertEquals(firingStep(network, s, v, saturations), record.steps()[l][i], context);
                }
            }
        }
    }

    private static long integrated(FixedNetwork network, FixedLayer.Synapses layer, List<int[]> spikes, int i,
            long[] saturations) {
        long v = 0;
        for (int k = 0; k <= network.code().steps(); k++) {
            v = k > 0 ? v * network.leak() + 32768 >> 16 : v;
            for (int[] spike : spikes) {
                if (spike[0] == k) {
                    v = saturated(network, v + ((long) layer.weights().get(spike[1]) << layer.shift()), saturations);
                }
            }
        }
        return saturated(network, v + layer.bias()[i / (layer.output().height() * layer.output().width())], saturations);
    }

    private static int firingStep(FixedNetwork network, FixedLayer.Synapses layer, long potential, long[] saturations) {
        if (network.code().zeros() == ZeroPolicy.SILENT && potential >= layer.silentFrom()) {
            return -1;
        }
        long v = saturated(network, potential + layer.firstTick(), saturations);
        for (int k = 0; k < network.code().steps(); k++) {
            if (v >= layer.threshold()) {
                return k;
            }
            v = saturated(network, (v * network.leak() + 32768 >> 16) + layer.tick(), saturations);
        }
        return network.code().steps();
    }

    private static long saturated(FixedNetwork network, long v, long[] saturations) {
        long high = (1L << network.potentialBits() - 1) - 1;
        saturations[0] += v > high || v < -high - 1 ? 1 : 0;
        return Math.clamp(v, -high - 1, high);
    }

    /** Step and index of weight of each spike that reaches a neuron, in the order of input indices. */
    private static List<int[]> spikes(FixedLayer layer, Window window, int[] arriving, int i, boolean ownChannel) {
        List<int[]> spikes = new ArrayList<>();
        Shape in = layer.input();
        Shape out = layer.output();
        int channel = i / (out.height() * out.width());
        int top = i / out.width() % out.height() * window.stride() - window.padding();
        int left = i % out.width() * window.stride() - window.padding();
        for (int j = 0; j < arriving.length; j++) {
            int c = j / (in.height() * in.width());
            int perGroup = in.channels() / window.groups();
            boolean sameGroup = c / perGroup == channel / (out.channels() / window.groups());
            int fromTop = j / in.width() % in.height() - top;
            int fromLeft = j % in.width() - left;
            int ky = fromTop / window.dilation();
            int kx = fromLeft / window.dilation();
            boolean inside = fromTop >= 0 && ky < window.height() && fromLeft >= 0 && kx < window.width()
                    && fromTop % window.dilation() == 0 && fromLeft % window.dilation() == 0;
            if (inside && arriving[j] >= 0 && (ownChannel ? c == channel : sameGroup)) {
                spikes.add(new int[] {arriving[j],
                    ((channel * perGroup + c % perGroup) * window.height() + ky) * window.width() + kx});
            }
        }
        return spikes;
    }

    @Test
    void lazyLeakEqualsTheDefinition() {
        long differing = 0;
        for (long seed = 13_000; seed < 13_200; seed++) {
            Random random = new Random(seed);
            TemporalCode code = RandomNetworks.code(random);
            RandomNetworks source = new RandomNetworks(seed);
            SpikingNetwork spiking = Converter.convert(source.network(new Operator.Staircase(code)),
                    RandomNetworks.ticking(random), RandomNetworks.pool(code, random), Readout.POTENTIAL);
            FixedNetwork fixed = FixedPoint.quantise(spiking, 8, 28);
            int entries = 1 + random.nextInt(6);
            FixedSimulator simulator = new FixedSimulator(fixed, new LeakPolicy(entries));
            int[] input = simulator.encode(source.image(fixed.input()));
            FiringRecord record = simulator.run(input);
            int last = fixed.layers().size() - 1;
            FixedLayer.Synapses layer = (FixedLayer.Synapses) fixed.layers().get(last);
            int[] arriving = fixed.wiring().arriving(last, input, record.steps());
            for (int i = 0; i < layer.output().size(); i++) {
                List<int[]> spikes = spikes(layer, layer.window(), arriving, i, false);
                assertEquals(lazily(fixed, layer, spikes, i, entries), (long) record.potentials()[i], "seed " + seed);
                differing += record.potentials()[i] != new FixedSimulator(fixed).run(input).potentials()[i] ? 1 : 0;
            }
        }
        assertTrue(differing > 100, "the policies hardly differ: " + differing);
    }

    /** One neuron's potential, leaking only when a spike comes and at the end. */
    private static long lazily(FixedNetwork network, FixedLayer.Synapses layer, List<int[]> spikes, int i, int entries) {
        long v = 0;
        int reached = 0;
        for (int k = 0; k <= network.code().steps(); k++) {
            for (int[] spike : spikes) {
                if (spike[0] == k) {
                    v = leaked(v, network.leak(), k - reached, entries);
                    reached = k;
                    v += (long) layer.weights().get(spike[1]) << layer.shift();
                }
            }
        }
        v = leaked(v, network.leak(), network.code().steps() - reached, entries);
        return v + layer.bias()[i / (layer.output().height() * layer.output().width())];
    }

    private static long leaked(long v, int leak, int gap, int entries) {
        if (gap == 0) {
            return v;
        }
        long power = leak;
        for (int e = 2; e <= Math.min(gap, entries); e++) {
            power = power * leak + 32768 >> 16;
        }
        return leaked(v * power + 32768 >> 16, leak, gap - Math.min(gap, entries), entries);
    }

    @Test
    void worstCaseInputsDoNotSaturate() {
        for (int weightBits : new int[] {2, 8, 16}) {
            for (int potentialBits : new int[] {16, 24, 32}) {
                if (potentialBits - weightBits >= 8) {
                    FixedNetwork fixed = FixedPoint.quantise(positive(1, 64), weightBits, potentialBits);
                    int[] last = new int[64];
                    java.util.Arrays.fill(last, fixed.code().steps());
                    assertEquals(0, FixedSimulator.scalar(fixed).run(last).saturations(), weightBits + ", " + potentialBits);
                }
            }
        }
    }

    @Test
    void useUpThePotentialsRange() {
        FixedNetwork fixed = FixedPoint.quantise(positive(1, 64), 8, 24);
        FixedLayer.Synapses first = (FixedLayer.Synapses) fixed.layers().getFirst();
        assertTrue(FixedBound.of(first) > 1 << 21, "a shift more would still fit");
        assertTrue(FixedBound.of(first) <= (1 << 23) - 1, "does not fit");
    }

    @Test
    void extremesRun() {
        for (float weight : new float[] {0, 1, -1, 1e-20f, 1e20f}) {
            for (int steps : new int[] {1, 2, 63}) {
                for (TickVariant variant : TickVariant.values()) {
                    TemporalCode code = new TemporalCode(steps / 2.0, steps, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
                    SpikingNetwork one = network(code, new Ticking(variant, 1), weight, 1);
                    FiringRecord exact = new SpikingSimulator(one).run(new int[] {steps});
                    if (Math.abs(weight) <= 1 && steps < 63) {
                        FiringRecord fixed = new FixedSimulator(FixedPoint.quantise(one, 16, 32)).run(new int[] {steps});
                        assertEquals(exact.steps()[0][0], fixed.steps()[0][0], weight + ", " + code + ", " + variant);
                    }
                    assertEquals(weight >= 1 ? steps : 0, exact.steps()[0][0], weight + ", " + code + ", " + variant);
                }
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        DataException e = assertThrows(DataException.class, () -> FixedPoint.quantise(positive(1, 64), 16, 16));
        assertTrue(e.getMessage().startsWith("layer n0: sums up to ") && e.getMessage().contains("16-bit potentials"),
                e.getMessage());
        TemporalCode fine = new TemporalCode(8, 64, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        SpikingNetwork narrow = network(fine, Ticking.DEFAULT, 1, 4);
        e = assertThrows(DataException.class, () -> FixedPoint.quantise(narrow, 8, 16));
        assertTrue(e.getMessage().contains("below the threshold"), e.getMessage());
        FixedPoint.quantise(narrow, 8, 32);
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.quantise(narrow, 17, 32));
        assertThrows(IllegalArgumentException.class, () -> FixedPoint.quantise(narrow, 8, 15));
    }

    private static SpikingNetwork positive(float weight, int inputs) {
        return network(new TemporalCode(4, 12, Rounding.HALF_STEP, ZeroPolicy.FLOOR), Ticking.DEFAULT, weight, inputs);
    }

    private static SpikingNetwork network(TemporalCode code, Ticking ticking, float weight, int inputs) {
        Tensor weights = Tensor.zeros(1, inputs);
        java.util.Arrays.fill(weights.data(), weight);
        return Converter.convert(new Network("one", Shape.vector(inputs), List.of(
                new metronome.core.network.Node("n0", new Operator.Dense(weights, Tensor.zeros(1)), List.of("input")),
                new metronome.core.network.Node("n1", new Operator.Staircase(code), List.of("n0")),
                new metronome.core.network.Node("n2", new Operator.Dense(Tensor.of(new float[] {weight}, 1, 1),
                        Tensor.zeros(1)), List.of("n1")))), ticking, PoolCircuit.COUNTER, Readout.POTENTIAL);
    }
}
