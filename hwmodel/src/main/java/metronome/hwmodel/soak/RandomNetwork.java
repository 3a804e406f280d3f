package metronome.hwmodel.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.Wiring;

/**
 * Draws networks in integers: windows with gaps and groups, pools, layers that read several others. Weights are small enough that no
 * potential saturates.
 */
public final class RandomNetwork {
    private RandomNetwork() {
    }

    /** A network whose layers each read the one before. */
    static FixedNetwork chain(RandomGenerator random) {
        ZeroPolicy zeros = random.nextBoolean() ? ZeroPolicy.FLOOR : ZeroPolicy.SILENT;
        TemporalCode code = new TemporalCode(random.nextDouble(1, 8), random.nextInt(1, 14), Rounding.HALF_STEP, zeros);
        Readout readout = random.nextBoolean() ? Readout.POTENTIAL : Readout.LAST_SPIKE;
        Shape input = new Shape(random.nextInt(1, 4), random.nextInt(1, 10), random.nextInt(1, 10));
        int weightBits = random.nextInt(2, 17);
        List<FixedLayer> layers = new ArrayList<>();
        Shape shape = input;
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (i > 0 && random.nextInt(3) == 0) {
                layers.add(pool(random, "pool" + i, shape, zeros));
                shape = layers.getLast().output();
            }
            layers.add(synapses(random, "layer" + i, shape, weightBits));
            shape = layers.getLast().output();
        }
        return new FixedNetwork("random", code, readout, weightBits, 24,
                (int) Math.round(65536 * code.leak()), input, layers);
    }

    /** A network whose layers read one or several of those before them, all of one height and width. */
    static FixedNetwork branches(RandomGenerator random) {
        ZeroPolicy zeros = random.nextBoolean() ? ZeroPolicy.FLOOR : ZeroPolicy.SILENT;
        TemporalCode code = new TemporalCode(random.nextDouble(1, 8), random.nextInt(1, 14), Rounding.HALF_STEP, zeros);
        Shape input = new Shape(random.nextInt(1, 4), random.nextInt(3, 9), random.nextInt(3, 9));
        List<FixedLayer> layers = new ArrayList<>();
        List<List<Integer>> sources = new ArrayList<>();
        Set<Integer> unread = new TreeSet<>(Set.of(Wiring.INPUT));
        int count = random.nextInt(2, 7);
        for (int l = 0; l < count; l++) {
            List<Integer> reads = new ArrayList<>(List.of(l == 0 ? -1 : random.nextInt(-1, l)));
            while (l > 0 && random.nextInt(3) == 0 && reads.size() < 3) {
                reads.add(random.nextInt(-1, l));
            }
            Shape in = stacked(input, layers, reads);
            Window kept = random.nextBoolean() ? new Window(3, 3, 1, 1) : Window.square(1, 1);
            layers.add(l > 0 && random.nextInt(4) == 0 ? pool(random, "pool" + l, in, kept, zeros)
                    : synapses(random, "layer" + l, in, kept, 8));
            sources.add(reads);
            unread.removeAll(reads);
            unread.add(l);
        }
        sources.add(List.copyOf(unread));
        Shape in = stacked(input, layers, sources.getLast());
        layers.add(synapses(random, "last", in, Window.covering(in), 8));
        return new FixedNetwork("branches", code, random.nextBoolean() ? Readout.POTENTIAL : Readout.LAST_SPIKE, 8, 24,
                (int) Math.round(65536 * code.leak()), input, layers, new Wiring(sources));
    }

    private static Shape stacked(Shape input, List<FixedLayer> layers, List<Integer> reads) {
        return Shape.stacked(reads.stream().map(s -> s < 0 ? input : layers.get(s).output()).toList());
    }

    private static FixedLayer pool(RandomGenerator random, String name, Shape in, ZeroPolicy zeros) {
        return pool(random, name, in, window(random, in), zeros);
    }

    private static FixedLayer pool(RandomGenerator random, String name, Shape in, Window window, ZeroPolicy zeros) {
        PoolCircuit circuit = zeros == ZeroPolicy.SILENT || random.nextBoolean() ? PoolCircuit.RESET
                : PoolCircuit.COUNTER;
        return new FixedLayer.Pool(name, in, window.output(in, in.channels()), window, circuit);
    }

    private static Window window(RandomGenerator random, Shape in) {
        int height = random.nextInt(1, Math.min(4, in.height()) + 1);
        int width = random.nextInt(1, Math.min(4, in.width()) + 1);
        return new Window(height, width, random.nextInt(1, 4), random.nextInt(0, Math.min(height, width)));
    }

    /**
     * {@return a window with groups, up to one for each channel, and gaps in the kernel, as far as it still fits}
     *
     * @param random where it is drawn from
     * @param window with neither
     * @param in shape of its input
     */
    public static Window sparse(RandomGenerator random, Window window, Shape in) {
        int groups = random.nextInt(1, in.channels() + 1);
        Window grouped = random.nextBoolean() && in.channels() % groups == 0 && groups <= 12 ? window.grouped(groups) : window;
        Window dilated = grouped.dilated(random.nextInt(1, 4));
        boolean fits = dilated.spanHeight() <= in.height() && dilated.spanWidth() <= in.width();
        return random.nextBoolean() && fits ? dilated : grouped;
    }

    private static FixedLayer synapses(RandomGenerator random, String name, Shape in, int weightBits) {
        return synapses(random, name, in,
                random.nextInt(3) == 0 ? Window.covering(in) : sparse(random, window(random, in), in), weightBits);
    }

    private static FixedLayer synapses(RandomGenerator random, String name, Shape in, Window window, int weightBits) {
        Shape out = window.output(in, window.groups() * random.nextInt(1, 1 + 12 / window.groups()));
        int most = (1 << (Math.min(weightBits, 9) - 1)) - 1;
        int[] weights = random.ints((long) out.channels() * in.channels() / window.groups() * window.height()
                * window.width(), -most - 1, most + 1).toArray();
        int[] bias = random.ints(out.channels(), -500, 500).toArray();
        int threshold = random.nextInt(0, 2000);
        int tick = random.nextInt(1, 400);
        return new FixedLayer.Synapses(name, in, out, window, FixedWeights.of(weights), bias, random.nextInt(3), threshold,
                random.nextInt(0, threshold + 500), tick, random.nextInt(-50, 50), 1);
    }
}
