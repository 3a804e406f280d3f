package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Shape;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;

/**
 * Compiles a plain network for the LIF array: layer after layer, each tile by one {@code lif.run} through all steps. The
 * spikes of a layer lie in a region of the spike buffer until the next layer has read them; whether they fit shows when
 * they come, since a neuron may fire at every step. The output list has room for a whole spike buffer. Layer 0 of the
 * program is the input.
 */
public final class PlainCompiler {
    private static final int REGIONS = 32;

    private final PlainNetwork network;
    private final Target target;
    private final MemoryImage memory = new MemoryImage();
    private final Schedule schedule;
    private final int halfBytes;
    private final int weightBytes;
    private final int alignment;

    private PlainCompiler(PlainNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.halfBytes = target.count(TargetField.WEIGHT_BYTES) / 2;
        this.weightBytes = TargetRules.weightBytes(target);
        this.alignment = target.count(TargetField.WEIGHT_WORD);
        this.schedule = new Schedule(halfBytes, 0, 1);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @throws metronome.core.io.DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(PlainNetwork network, Target target) {
        return new PlainCompiler(network, target).compile();
    }

    private Program compile() {
        Limits.checkWidths(network.weightBits(), network.potentialBits(), target);
        Limits.checkNetwork(network.layers().size(), network.lastStep());
        int outputAddress = memory.reserve(4L * (network.lastStep() + 1) + (long) Event.BYTES
                * target.count(TargetField.SPIKE_BLOCKS) * target.count(TargetField.BLOCK_EVENTS));
        int inputAddress = memory.reserve(listBytes(network.input()));
        schedule.stage(0, () -> schedule.emit(Control.of(0).signalling(Semaphores.INPUT),
                new LoadOperation.LoadSpikes(0, network.lastStep(), inputAddress, 0, 0, 0)));
        boolean inOneTile = true;
        for (int i = 0; i < network.layers().size(); i++) {
            PlainLayer layer = network.layers().get(i);
            Limits.check(inOneTile || layer.neuron().comparison() == PlainNeuron.Comparison.EACH_STEP, "layer "
                    + layer.name() + ": compares at each event, so the layer before it must fit into one tile "
                    + "(lif.potentials, weights.bytes), because tiles change the order of events");
            inOneTile = layer(i + 1, layer);
        }
        int last = network.layers().size();
        schedule.stage(last, () -> {
            schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                    new StoreOperation.StoreSpikes(last % REGIONS, network.lastStep(), outputAddress));
            schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
        });
        List<Instruction> code = schedule.build();
        int codeAddress = memory.reserveCode(code.size());
        return Program.ofOneCore(map(inputAddress, outputAddress, codeAddress), TargetWriter.hash(target), code,
                memory.dataAddress(), memory.data());
    }

    /** Room for a list in which every neuron spikes at every step. */
    private long listBytes(Shape shape) {
        return (4 + (long) Event.BYTES * shape.size()) * (network.lastStep() + 1);
    }

    private ProgramMap map(int inputAddress, int outputAddress, int codeAddress) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        network.layers().forEach(layer -> layers.add(new ProgramMap.Layer(layer.name(), layer.output(), true)));
        return new ProgramMap(network.name(), ProgramMap.Kind.SPIKING_PLAIN, network.lastStep(), network.input(),
                List.of(new ProgramMap.Band(0, network.input().height(), inputAddress)), outputAddress, List.of(codeAddress), layers,
                memory.bytes());
    }

    /** Adds a layer and says whether it is in one tile. */
    private boolean layer(int number, PlainLayer layer) {
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), layer.window());
        long perChannel = layer.weights().size() / layer.neurons().channels();
        Tiling tiling = Tiling.of(layer.name(), layer.neurons(), new Tiling.Limits() {
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
                return TargetRules.tilePotentials(target) / (held(layer) ? 2 : 1);
            }
        });
        Control plain = Control.of(number);
        schedule.stage(number, () -> configure(number == 1 ? plain.waiting(Semaphores.INPUT) : plain, plain, layer));
        for (Tiling.Block block : tiling.blocks()) {
            int bytes = Math.toIntExact(WeightBlock.bytes(block.channels(), perChannel, weightBytes, alignment));
            int address = memory.add(bytes, () -> WeightBlock.of(layer, block.firstChannel(), block.channels(), weightBytes,
                    alignment));
            boolean last = block == tiling.blocks().getLast();
            schedule.stage(number, new Schedule.Weights(address, bytes), half -> block(number, layer, block, half,
                    block == tiling.blocks().getFirst(), last));
        }
        return tiling.blocks().size() == 1 && tiling.blocks().getFirst().rows().size() == 1;
    }

    /** Whether the neurons of a layer have a slope each, beside their potential. */
    private static boolean held(PlainLayer layer) {
        return layer.neuron().current() == PlainNeuron.Current.HELD;
    }

    private void configure(Control first, Control plain, PlainLayer layer) {
        PlainNeuron neuron = layer.neuron();
        schedule.emit(first, Shapes.lif(layer.sources(), layer.neurons(), layer.window()));
        if (!layer.window().plain()) {
            schedule.emit(plain, Shapes.lifGroups(layer.sources(), layer.neurons(), layer.window()));
        }
        schedule.emit(plain, new LifOperation.LifNeuron(neuron.leak(), neuron.threshold(), 0));
        schedule.emit(plain, new LifOperation.LifMode(neuron.leakOrder().ordinal(), neuron.strict(),
                neuron.reset() == PlainNeuron.Reset.SUBTRACT, neuron.once(),
                neuron.comparison() == PlainNeuron.Comparison.EACH_EVENT, neuron.delay(), held(layer), neuron.waits(),
                neuron.announces(), neuron.resetTo()));
    }

    private void block(int number, PlainLayer layer, Tiling.Block block, int half, boolean firstBlock,
            boolean lastBlock) {
        for (Tiling.Rows rows : block.rows()) {
            boolean lastRows = rows == block.rows().getLast();
            boolean last = lastBlock && lastRows;
            Control plain = Control.of(number);
            schedule.emit(rows == block.rows().getFirst() ? plain.waiting(Semaphores.READY + half) : plain,
                    new LifOperation.LifTile(0, rows.first(), rows.count(), block.firstChannel(), block.channels(),
                            0, 0));
            schedule.emit(plain, new LifOperation.Clear());
            Control run = lastRows ? plain.signalling(Semaphores.FREE + half) : plain;
            int biases = schedule.base(half);
            boolean output = number == network.layers().size();
            boolean readOut = output && network.readout() == PlainReadout.LOWEST_POTENTIAL;
            schedule.emit(last && output && !readOut ? run.signalling(Semaphores.RESULT) : run,
                    new LifOperation.Run((number - 1) % REGIONS, number % REGIONS, layer.shift(), network.lastStep(), last,
                            layer.bias().length > 0, biases + WeightBlock.weightOffset(block.channels(), alignment), biases));
            if (readOut) {
                schedule.emit(last ? plain.signalling(Semaphores.RESULT) : plain,
                        new LifOperation.ReadOut(number % REGIONS, firstBlock && rows == block.rows().getFirst(), last));
            }
        }
    }
}
