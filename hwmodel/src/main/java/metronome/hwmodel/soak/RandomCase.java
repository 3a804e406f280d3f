package metronome.hwmodel.soak;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
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
 * A network in integers, a chip and an input, drawn at random.
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
        FixedNetwork network = random.nextInt(3) == 0 ? RandomNetwork.branches(random) : RandomNetwork.chain(random);
        Target target = RandomTarget.of(random, network);
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
        Target mesh = RandomTarget.mesh(random, target);
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
