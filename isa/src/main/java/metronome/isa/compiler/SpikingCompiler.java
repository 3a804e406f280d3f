package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;

/**
 * Compiles a spiking network for the LIF array and the pooling unit.
 *
 * <p>Each layer's spikes go to a region of the spike buffer of their own; the region that it reads is released by its
 * last tile. Layer 0 of the program is the input.
 */
public final class SpikingCompiler {
    private final FixedNetwork network;
    private final Target target;
    private final MemoryImage memory = new MemoryImage();
    private final Schedule schedule;
    private final int halfBytes;
    private final int weightBytes;
    private final int alignment;
    private Unit producer = Unit.LOAD;
    private int region;

    private SpikingCompiler(FixedNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.halfBytes = target.count(TargetField.WEIGHT_BYTES) / 2;
        this.weightBytes = TargetRules.weightBytes(target);
        this.alignment = target.count(TargetField.WEIGHT_WORD);
        this.schedule = new Schedule(halfBytes);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target) {
        return new SpikingCompiler(network, target).compile();
    }

    private Program compile() {
        checkWidths();
        Limits.check(network.wiring().isChain(), "the network has branches, a program runs chains");
        Limits.checkNetwork(network.layers().size(), network.code().steps());
        Shape output = network.layers().getLast().output();
        int outputAddress = memory.reserve(listBytes(output));
        int inputAddress = memory.reserve(listBytes(network.input()));
        schedule.stage(0, () -> schedule.emit(Control.of(0).signalling(Semaphores.INPUT),
                new Operation.LoadSpikes(0, network.code().steps(), inputAddress, 0)));
        for (int i = 0; i < network.layers().size(); i++) {
            layer(i + 1, network.layers().get(i));
        }
        int last = network.layers().size();
        int result = region;
        schedule.stage(last, () -> {
            schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                    new Operation.StoreSpikes(result, network.code().steps(), outputAddress));
            schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
        });
        List<Instruction> code = schedule.build();
        int codeAddress = memory.reserveCode(code.size());
        return new Program(map(inputAddress, outputAddress, codeAddress), TargetWriter.hash(target), code,
                memory.dataAddress(), memory.data());
    }

    private void checkWidths() {
        int weightBits = target.count(TargetField.WEIGHT_BITS);
        int potentialBits = target.count(TargetField.POTENTIAL_BITS);
        Limits.check(network.weightBits() <= weightBits, "the network has weights of " + network.weightBits()
                + " bits, the target of " + weightBits + " (lif.weight_bits)");
        Limits.check(network.potentialBits() == potentialBits, "the network has potentials of "
                + network.potentialBits() + " bits, the target of " + potentialBits + " (lif.potential_bits)");
    }

    private long listBytes(Shape shape) {
        return 4L * (network.code().steps() + 1) + (long) Event.BYTES * shape.size();
    }

    private ProgramMap map(int inputAddress, int outputAddress, int codeAddress) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        for (FixedLayer layer : network.layers()) {
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), !isReadOut(layer)));
        }
        ProgramMap.Kind kind = switch (network.readout()) {
            case POTENTIAL -> ProgramMap.Kind.SPIKING_POTENTIAL;
            case LAST_SPIKE -> ProgramMap.Kind.SPIKING_LAST_SPIKE;
        };
        return new ProgramMap(network.name(), kind, network.code().steps(), network.input(), inputAddress,
                outputAddress, codeAddress, layers, memory.bytes());
    }

    private boolean isReadOut(FixedLayer layer) {
        return network.readout() == Readout.POTENTIAL && layer == network.layers().getLast();
    }

    private void layer(int number, FixedLayer layer) {
        checkSpikeBuffer(layer);
        int source = region;
        region = (source + 1) % 32;
        switch (layer) {
            case FixedLayer.Synapses synapses -> synapses(number, synapses, source, region);
            case FixedLayer.Pool pool -> pool(number, pool, source, region);
        }
    }

    private void checkSpikeBuffer(FixedLayer layer) {
        long need = blocks(layer.input().size()) + blocks(isReadOut(layer) ? 1 : layer.output().size());
        int have = target.count(TargetField.SPIKE_BLOCKS);
        Limits.check(need <= have, "layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need " + need
                + " blocks of the spike buffer, the target has " + have + " (spikes.blocks)");
    }

    /** The most blocks that so many events, however spread over the steps, can take. */
    private long blocks(int events) {
        int perBlock = target.count(TargetField.BLOCK_EVENTS);
        int steps = Math.min(network.code().steps() + 1, events);
        return (events + (long) steps * (perBlock - 1)) / perBlock;
    }

    private Control waitingForInput(int number, Unit consumer) {
        Control control = Control.of(number);
        if (producer == consumer) {
            return control;
        }
        return control.waiting(switch (producer) {
            case LOAD -> Semaphores.INPUT;
            case LIF -> Semaphores.TO_POOL;
            default -> Semaphores.FROM_POOL;
        });
    }

    private void pool(int number, FixedLayer.Pool layer, int source, int destination) {
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), layer.window());
        int entries = target.count(TargetField.POOL_ENTRIES);
        Limits.check(layer.output().size() <= entries, "layer " + layer.name() + ": " + layer.output().size()
                + " pooling windows, the pooling unit holds " + entries + " (pool.entries)");
        Control first = waitingForInput(number, Unit.POOL);
        Control last = Control.of(number).signalling(Semaphores.FROM_POOL);
        Operation shape = Shapes.pool(layer.input(), layer.output(), layer.window());
        producer = Unit.POOL;
        schedule.stage(number, () -> {
            schedule.emit(first, shape);
            schedule.emit(last, new Operation.PoolSpikes(source, destination, network.code().steps(),
                    layer.circuit() == PoolCircuit.COUNTER, false, 0));
        });
    }

    private void synapses(int number, FixedLayer.Synapses layer, int source, int destination) {
        Window window = layer.window();
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), window);
        long perChannel = layer.weights().size() / layer.output().channels();
        Tiling tiling = Tiling.of(layer.name(), layer.output(), new Tiling.Limits() {
            @Override
            public long blockBytes(int channels) {
                return WeightBlock.bytes(channels, perChannel, weightBytes, alignment);
            }

            @Override
            public long halfBytes() {
                return halfBytes;
            }

            @Override
            public long potentials() {
                return target.count(TargetField.POTENTIALS);
            }
        });
        Control first = waitingForInput(number, Unit.LIF);
        schedule.stage(number, () -> configure(first, number, layer));
        for (Tiling.Block block : tiling.blocks()) {
            byte[] bytes = WeightBlock.of(layer, block.firstChannel(), block.channels(), weightBytes, alignment);
            schedule.stage(number, memory.add(bytes), bytes.length,
                    half -> new TileEmitter(number, layer, source, destination).block(tiling, block, half));
        }
        producer = Unit.LIF;
    }

    private void configure(Control first, int number, FixedLayer.Synapses layer) {
        schedule.emit(first, Shapes.lif(layer.input(), layer.output(), layer.window()));
        if (!layer.window().plain()) {
            schedule.emit(Control.of(number), Shapes.lifGroups(layer.input(), layer.output(), layer.window()));
        }
        if (!isReadOut(layer)) {
            schedule.emit(Control.of(number), new Operation.LifGate(network.code().zeros() == ZeroPolicy.SILENT,
                    layer.firstTick(), layer.silentFrom()));
        }
        schedule.emit(Control.of(number),
                new Operation.LifNeuron(network.leak(), layer.threshold(), layer.tick()));
    }

    /** Emits the tiles of one layer. */
    private final class TileEmitter {
        private final int number;
        private final FixedLayer.Synapses layer;
        private final int source;
        private final int destination;

        TileEmitter(int number, FixedLayer.Synapses layer, int source, int destination) {
            this.number = number;
            this.layer = layer;
            this.source = source;
            this.destination = destination;
        }

        void block(Tiling tiling, Tiling.Block block, int half) {
            for (Tiling.Rows rows : block.rows()) {
                boolean firstInBlock = rows == block.rows().getFirst();
                boolean lastInBlock = rows == block.rows().getLast();
                boolean first = firstInBlock && block == tiling.blocks().getFirst();
                boolean last = lastInBlock && block == tiling.blocks().getLast();
                Control plain = Control.of(number);
                schedule.emit(firstInBlock ? plain.waiting(Semaphores.READY + half) : plain, new Operation.LifTile(0,
                        rows.first(), rows.count(), block.firstChannel(), block.channels()));
                schedule.emit(plain, new Operation.Clear());
                int biases = schedule.base(half);
                schedule.emit(plain, new Operation.Integrate(source, layer.shift(), 0, network.code().steps(),
                        biases + WeightBlock.weightOffset(block.channels(), alignment), last));
                schedule.emit(lastInBlock ? plain.signalling(Semaphores.FREE + half) : plain,
                        new Operation.Bias(biases));
                output(last ? lastOfLayer(plain) : plain, first, last);
            }
        }

        private Control lastOfLayer(Control plain) {
            int index = network.layers().indexOf(layer) + 1;
            if (index == network.layers().size()) {
                return plain.signalling(Semaphores.RESULT);
            }
            return network.layers().get(index) instanceof FixedLayer.Pool
                    ? plain.signalling(Semaphores.TO_POOL) : plain;
        }

        private void output(Control control, boolean first, boolean last) {
            schedule.emit(control, isReadOut(layer) ? new Operation.ReadOut(destination, first, last)
                    : new Operation.Fire(destination, 0, network.code().steps(), true, 0));
        }
    }
}
