package metronome.hwmodel.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.Wiring;
import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * A network in integers, a chip and an input, drawn at random. Weights are small enough that no potential saturates.
 *
 * @param network what is run
 * @param target on which chip; the network fits, often only in tiles
 * @param input firing step of each input neuron
 * @param spikes where those between layers wait
 * @param partition how it is spread, if the chip has several cores
 */
public record RandomCase(FixedNetwork network, Target target, int[] input, SpikePlacement spikes, Partition partition)
        implements SoakCase {
    /**
     * Lets the compiler choose where spikes wait and how the network is spread.
     *
     * @param network what is run
     * @param target on which chip
     * @param input firing step of each input neuron
     */
    public RandomCase(FixedNetwork network, Target target, int[] input) {
        this(network, target, input, SpikePlacement.AUTO, Partition.AUTO);
    }

    /**
     * {@return a case}
     *
     * @param random where it is drawn from
     */
    public static RandomCase of(RandomGenerator random) {
        FixedNetwork network = random.nextInt(3) == 0 ? branches(random) : network(random);
        Target target = target(random, network);
        Target narrow = target.with(TargetField.SPIKE_BLOCKS, "" + random.nextInt(4, 200));
        return new RandomCase(network, compiles(network, narrow) ? narrow : target, input(random, network));
    }

    /**
     * {@return the same network and input, one time in four on several cores of the same kind}
     *
     * @param random where their number, the mesh and the way in which the network is spread are drawn from
     */
    RandomCase spread(RandomGenerator random) {
        if (random.nextInt(4) > 0) {
            return this;
        }
        Target mesh = target.with(TargetField.MESH_COLUMNS, "" + random.nextInt(1, 4))
                .with(TargetField.MESH_ROWS, "" + random.nextInt(1, 4))
                .with(TargetField.FLIT_BITS, "" + random.nextInt(16, 80))
                .with(TargetField.MESH_BUFFER, "" + random.nextInt(4, 12))
                .with(TargetField.ROUTER_CYCLES, "" + random.nextInt(1, 5))
                .with(TargetField.LINK_CYCLES, "" + random.nextInt(1, 4))
                .with(TargetField.ARBITRATION, random.nextBoolean() ? "fixed" : "round-robin");
        SpikePlacement where = random.nextInt(3) == 0 ? SpikePlacement.AUTO : SpikePlacement.DRAM;
        return new RandomCase(network, mesh, input, where, Partition.values()[random.nextInt(Partition.values().length)]);
    }

    /** Whether there is room, as there is on a narrow chip where spikes can go to DRAM. */
    private static boolean compiles(FixedNetwork network, Target target) {
        try {
            SpikingCompiler.compile(network, target);
            return true;
        } catch (DataException e) {
            return false;
        }
    }

    static FixedNetwork network(RandomGenerator random) {
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

    /**
     * {@return a chip on which a network fits, often only in tiles}
     *
     * @param random where it is drawn from
     * @param network what must fit
     */
    public static Target target(RandomGenerator random, FixedNetwork network) {
        int widest = network.layers().stream().mapToInt(l -> l.output().width()).max().orElseThrow();
        int perChannel = network.layers().stream().mapToInt(l -> l.input().size()).max().orElseThrow();
        int banks = random.nextInt(1, 40);
        boolean separate = random.nextInt(3) == 0;
        Target target = Target.preset().named("random")
                .with(TargetField.LANES, "" + random.nextInt(1, 40))
                .with(TargetField.BANKS, "" + banks)
                .with(TargetField.POTENTIALS, "" + (separate ? 2 : 1) * Math.max(40, widest + random.nextInt(600)))
                .with(TargetField.FIRE_UNIT, separate ? "separate" : "shared")
                .with(TargetField.WEIGHT_BITS, "" + Math.max(network.weightBits(), random.nextInt(2, 17)))
                .with(TargetField.WEIGHT_BANKS, "" + random.nextInt(1, 5))
                .with(TargetField.WEIGHT_WORD, "" + random.nextInt(2, 20))
                .with(TargetField.WEIGHT_BYTES, "" + (256 + (random.nextInt(3) == 0 ? 2 : 4) * perChannel + 16 * random.nextInt(200)))
                .with(TargetField.POTENTIAL_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.WEIGHT_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.EVENT_SLOTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 9) : 1))
                .with(TargetField.PIPELINE, "" + random.nextInt(1, 6))
                .with(TargetField.LEAK, random.nextInt(3) == 0 ? "lazy" : "eager")
                .with(TargetField.POWER_ENTRIES, "" + random.nextInt(1, 12))
                .with(TargetField.UPDATE_CYCLES, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 4) : 1))
                .with(TargetField.EVENT_OVERHEAD, "" + (random.nextInt(3) == 0 ? random.nextInt(9) : 0))
                .with(TargetField.SWEEP_OVERHEAD, "" + (random.nextInt(3) == 0 ? random.nextInt(9) : 0))
                .with(TargetField.SPIKE_CYCLES, "" + (random.nextInt(3) == 0 ? random.nextInt(5) : 0))
                .with(TargetField.ARBITER_WIDTH, "" + random.nextInt(1, 10))
                .with(TargetField.FIRE_QUEUE, "" + random.nextInt(1, 30))
                .with(TargetField.BLOCK_EVENTS, "" + random.nextInt(1, 20))
                .with(TargetField.POOL_LANES, "" + random.nextInt(1, 20))
                .with(TargetField.BUFFER, "" + random.nextInt(8, 60))
                .with(TargetField.QUEUE_DEPTH, "" + random.nextInt(1, 9))
                .with(TargetField.LOAD_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.STORE_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.DRAM_QUEUE, "" + random.nextInt(1, 9))
                .with(TargetField.DRAM_CHANNELS, "" + random.nextInt(1, 4))
                .with(TargetField.CLOCK, "" + random.nextInt(100, 2000));
        target = target.with(TargetField.DRAM_OVERTAKES, "" + random.nextInt(1, 9));
        for (TargetField field : List.of(TargetField.DRAM_KIND, TargetField.DRAM_SCHEDULER, TargetField.DRAM_PAGES,
                TargetField.DRAM_MAPPING)) {
            target = target.with(field, field.choices().get(random.nextInt(field.choices().size())));
        }
        return target;
    }

    static int[] input(RandomGenerator random, FixedNetwork network) {
        boolean silent = network.code().zeros() == ZeroPolicy.SILENT;
        return random.ints(network.input().size(), silent ? TemporalCode.SILENT : 0, network.code().steps() + 1)
                .toArray();
    }

    @Override
    public RandomCase on(Target other) {
        return new RandomCase(network, other, input, spikes, partition);
    }

    @Override
    public Program compile() {
        return SpikingCompiler.compile(network, target, spikes, partition, LayerSchedule.AUTO);
    }

    @Override
    public ChipState stateAfter(Machine machine, long cycles) {
        return machine.stateAfter(input, cycles);
    }

    @Override
    public String description() {
        return network.code() + ", input " + network.input() + ", spikes " + spikes + ", partition " + partition + "\n"
                + String.join("\n", network.layers().stream().map(FixedLayer::toString).toList());
    }

    /** Without the last or the first layer; under the policy that lets zeros be silent, without some of the spikes. */
    @Override
    public Stream<SoakCase> smaller() {
        return Stream.concat(fewerLayers(), fewerSpikes());
    }

    private Stream<SoakCase> fewerLayers() {
        List<FixedLayer> layers = network.layers();
        if (layers.size() == 1 || !network.wiring().isChain()) {
            return Stream.empty();
        }
        Stream<SoakCase> withoutLast = layers.get(layers.size() - 2) instanceof FixedLayer.Synapses
                ? Stream.of(with(network.input(), layers.subList(0, layers.size() - 1), input)) : Stream.empty();
        Shape second = layers.getFirst().output();
        return Stream.concat(withoutLast, Stream.of(with(second, layers.subList(1, layers.size()), new int[second.size()])));
    }

    private RandomCase with(Shape in, List<FixedLayer> layers, int[] steps) {
        return new RandomCase(new FixedNetwork(network.name(), network.code(), network.readout(), network.weightBits(),
                network.potentialBits(), network.leak(), in, layers), target, steps, spikes, partition);
    }

    private Stream<SoakCase> fewerSpikes() {
        int[] spiking = IntStream.range(0, input.length).filter(i -> input[i] != TemporalCode.SILENT).toArray();
        if (network.code().zeros() != ZeroPolicy.SILENT) {
            return Stream.empty();
        }
        return Shrinking.without(spiking.length, from -> to -> {
            int[] fewer = input.clone();
            for (int i = from; i < to; i++) {
                fewer[spiking[i]] = TemporalCode.SILENT;
            }
            return new RandomCase(network, target, fewer, spikes, partition);
        });
    }
}
