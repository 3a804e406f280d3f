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
 * last tile. Layer 0 of the program is the input. On a chip of several cores, spikes that are needed elsewhere go to a
 * region of the core's own first, and from there over the mesh to the region that the next layer reads; every core that
 * has a part in the first layer loads the input.
 */
public final class SpikingCompiler {
    private final FixedNetwork network;
    private final Target target;
    private final Placement placement;
    private final int core;
    private final MemoryImage memory;
    private final Schedule schedule;
    private final int halfBytes;
    private final int weightBytes;
    private final int alignment;
    private Unit producer = Unit.LOAD;

    private SpikingCompiler(FixedNetwork network, Target target, Placement placement, int core, MemoryImage memory) {
        this.network = network;
        this.target = target;
        this.placement = placement;
        this.core = core;
        this.memory = memory;
        this.halfBytes = target.count(TargetField.WEIGHT_BYTES) / 2;
        this.weightBytes = TargetRules.weightBytes(target);
        this.alignment = target.count(TargetField.WEIGHT_WORD);
        this.schedule = new Schedule(halfBytes);
    }

    /**
     * {@return the program that runs the network on the target, spread over its cores by {@link Partition#AUTO}}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target) {
        return compile(network, target, Partition.AUTO);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @param partition how the network is spread over its cores, if there is more than one
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target, Partition partition) {
        checkWidths(network, target);
        Limits.check(network.wiring().isChain(), "the network has branches, a program runs chains");
        Limits.checkNetwork(network.layers().size(), network.code().steps());
        Placement placement = Placement.of(network, target, partition);
        MemoryImage memory = new MemoryImage();
        int outputAddress = memory.reserve(listBytes(network, network.layers().getLast().output()));
        int inputAddress = memory.reserve(listBytes(network, network.input()));
        List<List<Instruction>> cores = new ArrayList<>();
        for (int core = 0; core < placement.cores(); core++) {
            cores.add(new SpikingCompiler(network, target, placement, core, memory).code(inputAddress, outputAddress));
        }
        return new Program(map(network, memory, inputAddress, outputAddress), TargetWriter.hash(target), cores,
                memory.dataAddress(), memory.data());
    }

    private List<Instruction> code(int inputAddress, int outputAddress) {
        int layers = network.layers().size();
        if (slice(0).channels() > 0) {
            schedule.stage(0, () -> schedule.emit(Control.of(0).signalling(Semaphores.INPUT),
                    new Operation.LoadSpikes(0, network.code().steps(), inputAddress, 0)));
        }
        for (int i = 0; i < layers; i++) {
            if (slice(i).channels() > 0) {
                layer(i + 1, network.layers().get(i));
            }
            if (!placement.stays(i)) {
                exchange(i);
            }
        }
        schedule.stage(layers, () -> end(layers, outputAddress));
        return schedule.build();
    }

    private void end(int layers, int outputAddress) {
        if (core > 0) {
            schedule.emit(Control.of(layers), new Operation.End());
            return;
        }
        schedule.emit(Control.of(layers).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                new Operation.StoreSpikes(read(layers), network.code().steps(), outputAddress));
        schedule.emit(Control.of(layers).waiting(Semaphores.DONE), new Operation.End());
    }

    private Placement.Slice slice(int index) {
        return placement.slice(index, core, network.layers().get(index).output());
    }

    /** The region that a layer reads, by its index. */
    private int read(int index) {
        return index % (placement.cores() == 1 ? 32 : 16);
    }

    /** The region that a layer writes: that which the next one reads, or one from which they are sent there. */
    private int written(int index) {
        return placement.stays(index) ? read(index + 1) : 16 + index % 16;
    }

    /** Sends the spikes of a layer to where they are read, and waits for those of others if that is here. */
    private void exchange(int index) {
        Placement.Place to = placement.next(index);
        Control control = Control.of(index + 1);
        schedule.stage(index + 1, () -> {
            if (slice(index).channels() > 0) {
                int columns = target.count(TargetField.MESH_COLUMNS);
                schedule.emit(control.waiting(Semaphores.TO_MESH), to.spread()
                        ? new Operation.SendSpikes(written(index), read(index + 1), 0, columns, 0,
                                target.count(TargetField.MESH_ROWS))
                        : new Operation.SendSpikes(written(index), read(index + 1), to.core() % columns, 1,
                                to.core() / columns, 1));
            }
            if (to.spread() || to.core() == core) {
                schedule.emit(control.signalling(arrived(index + 1)), new Operation.ReceiveSpikes(read(index + 1),
                        placement.senders(index)));
            }
        });
        producer = Unit.MESH;
    }

    private int arrived(int reader) {
        if (reader == network.layers().size()) {
            return Semaphores.RESULT;
        }
        return network.layers().get(reader) instanceof FixedLayer.Pool ? Semaphores.ARRIVED_FOR_POOL
                : Semaphores.ARRIVED_FOR_LIF;
    }

    private static void checkWidths(FixedNetwork network, Target target) {
        int weightBits = target.count(TargetField.WEIGHT_BITS);
        int potentialBits = target.count(TargetField.POTENTIAL_BITS);
        Limits.check(network.weightBits() <= weightBits, "the network has weights of " + network.weightBits()
                + " bits, the target of " + weightBits + " (lif.weight_bits)");
        Limits.check(network.potentialBits() == potentialBits, "the network has potentials of "
                + network.potentialBits() + " bits, the target of " + potentialBits + " (lif.potential_bits)");
    }

    private static long listBytes(FixedNetwork network, Shape shape) {
        return 4L * (network.code().steps() + 1) + (long) Event.BYTES * shape.size();
    }

    private static ProgramMap map(FixedNetwork network, MemoryImage memory, int inputAddress, int outputAddress) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        for (FixedLayer layer : network.layers()) {
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), !isReadOut(network, layer)));
        }
        ProgramMap.Kind kind = switch (network.readout()) {
            case POTENTIAL -> ProgramMap.Kind.SPIKING_POTENTIAL;
            case LAST_SPIKE -> ProgramMap.Kind.SPIKING_LAST_SPIKE;
        };
        return new ProgramMap(network.name(), kind, network.code().steps(), network.input(), inputAddress,
                outputAddress, layers, memory.bytes());
    }

    private boolean isReadOut(FixedLayer layer) {
        return isReadOut(network, layer);
    }

    private static boolean isReadOut(FixedNetwork network, FixedLayer layer) {
        return network.readout() == Readout.POTENTIAL && layer == network.layers().getLast();
    }

    private void layer(int number, FixedLayer layer) {
        checkSpikeBuffer(number - 1, layer);
        int source = read(number - 1);
        int destination = written(number - 1);
        switch (layer) {
            case FixedLayer.Synapses synapses -> synapses(number, synapses, source, destination);
            case FixedLayer.Pool pool -> pool(number, pool, source, destination);
        }
    }

    private void checkSpikeBuffer(int index, FixedLayer layer) {
        SpikeRoom room = SpikeRoom.of(network, target);
        long need = room.need(layer, slice(index).channels(), !placement.stays(index));
        Limits.check(need <= room.blocks(), "layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need " + need
                + " blocks of the spike buffer, the target has " + room.blocks() + " (spikes.blocks)");
    }

    private Control waitingForInput(int number, Unit consumer) {
        Control control = Control.of(number);
        if (producer == consumer) {
            return control;
        }
        return control.waiting(switch (producer) {
            case LOAD -> Semaphores.INPUT;
            case LIF -> Semaphores.TO_POOL;
            case MESH -> consumer == Unit.POOL ? Semaphores.ARRIVED_FOR_POOL : Semaphores.ARRIVED_FOR_LIF;
            default -> Semaphores.FROM_POOL;
        });
    }

    private void pool(int number, FixedLayer.Pool layer, int source, int destination) {
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), layer.window());
        Placement.Slice slice = slice(number - 1);
        long windows = (long) layer.output().height() * layer.output().width() * slice.channels();
        int entries = target.count(TargetField.POOL_ENTRIES);
        Limits.check(windows <= entries, "layer " + layer.name() + ": " + windows
                + " pooling windows, the pooling unit holds " + entries + " (pool.entries)");
        Control first = waitingForInput(number, Unit.POOL);
        Control last = Control.of(number).signalling(written(number, Semaphores.FROM_POOL));
        Operation shape = Shapes.pool(layer.input(), layer.output(), layer.window());
        producer = Unit.POOL;
        schedule.stage(number, () -> {
            schedule.emit(first, shape);
            if (slice.channels() < layer.output().channels()) {
                schedule.emit(Control.of(number), new Operation.PoolTile(0, layer.output().height(), slice.first(),
                        slice.channels()));
            }
            schedule.emit(last, new Operation.PoolSpikes(source, destination, network.code().steps(),
                    layer.circuit() == PoolCircuit.COUNTER, false, 0));
        });
    }

    /** What a unit signals that has written a layer: that the mesh unit may send it, or as given if it stays. */
    private int written(int number, int otherwise) {
        return placement.stays(number - 1) ? otherwise : Semaphores.TO_MESH;
    }

    private void synapses(int number, FixedLayer.Synapses layer, int source, int destination) {
        Window window = layer.window();
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), window);
        long perChannel = layer.weights().size() / layer.output().channels();
        Placement.Slice slice = slice(number - 1);
        Shape part = new Shape(slice.channels(), layer.output().height(), layer.output().width());
        Tiling tiling = Tiling.of(layer.name(), part, slice.first(), new Tiling.Limits() {
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
            int index = number;
            if (!placement.stays(index - 1)) {
                return plain.signalling(Semaphores.TO_MESH);
            }
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
