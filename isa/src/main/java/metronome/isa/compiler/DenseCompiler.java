package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.IntegerLayer;
import metronome.core.spiking.IntegerNetwork;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.instruction.TensorOperation;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetWriter;

/**
 * Compiles an integer DNN for the tensor core: the baseline on the same chip.
 *
 * <p>Activations lie in the spike buffer, (row, column, channel) with the channel fastest, in turn at its lower and its
 * upper end. Layer 0 of the program is the input.
 */
public final class DenseCompiler {
    /** The alignment that the field {@code parameters} of {@code tensor.product} asks for. */
    private static final int ALIGNMENT = 16;

    private final IntegerNetwork network;
    private final Target target;
    private final MemoryImage memory = new MemoryImage();
    private final Schedule schedule;
    private final int halfBytes;
    private final int activationBytes;
    private Unit producer = Unit.LOAD;
    private int at;
    private boolean upper;

    private DenseCompiler(IntegerNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.halfBytes = target.count(TargetField.WEIGHT_BYTES) / 2 / ALIGNMENT * ALIGNMENT;
        this.schedule = new Schedule(halfBytes, 0, 1);
        this.activationBytes = (int) Math.min(1 << 22, (long) target.count(TargetField.SPIKE_BLOCKS)
                * target.count(TargetField.BLOCK_EVENTS) * Event.BYTES);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network in 8-bit integers
     * @param target the chip
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(IntegerNetwork network, Target target) {
        return new DenseCompiler(network, target).compile();
    }

    private Program compile() {
        Limits.checkNetwork(network.layers().size(), 1);
        Shape output = network.layers().getLast().output();
        int outputAddress = memory.reserve(4L * output.size());
        int inputAddress = memory.reserve(network.input().size());
        place("input", network.input().size(), 0);
        schedule.stage(0, () -> schedule.emit(Control.of(0).signalling(Semaphores.INPUT),
                new LoadOperation.LoadActivations(network.input().size(), inputAddress, 0)));
        for (int i = 0; i < network.layers().size(); i++) {
            layer(i + 1, network.layers().get(i));
        }
        int last = network.layers().size();
        int result = at;
        schedule.stage(last, () -> {
            schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                    new StoreOperation.StoreActivations(4 * output.size(), outputAddress, result));
            schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
        });
        List<Instruction> code = schedule.build();
        int codeAddress = memory.reserveCode(code.size());
        return Program.ofOneCore(map(inputAddress, outputAddress, codeAddress), TargetWriter.hash(target), code,
                memory.dataAddress(), memory.data());
    }

    private ProgramMap map(int inputAddress, int outputAddress, int codeAddress) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), false));
        for (IntegerLayer layer : network.layers()) {
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), false));
        }
        return new ProgramMap(network.name(), ProgramMap.Kind.DENSE, 0, network.input(),
                List.of(new ProgramMap.Band(0, network.input().height(), inputAddress)), outputAddress, List.of(codeAddress),
                layers, memory.bytes());
    }

    /** Finds room for a layer's output at the end of the buffer where its input is not. */
    private int place(String name, long bytes, long inputBytes) {
        long need = bytes + inputBytes + 2L * ALIGNMENT;
        Limits.check(need <= activationBytes, "layer " + name + ": its input of " + inputBytes
                + " bytes and its output of " + bytes + " do not fit into the " + activationBytes
                + " bytes that the spike buffer has for activations (spikes.blocks)");
        int address = upper ? (int) (activationBytes - bytes) / ALIGNMENT * ALIGNMENT : 0;
        upper = !upper;
        return address;
    }

    private void layer(int number, IntegerLayer layer) {
        int input = at;
        boolean raw = layer instanceof IntegerLayer.Product p && p.last();
        at = place(layer.name(), (raw ? 4L : 1L) * layer.output().size(), layer.input().size());
        switch (layer) {
            case IntegerLayer.Product product -> product(number, product, input, at);
            case IntegerLayer.Pool pool -> pool(number, pool, input, at);
        }
    }

    private Control waitingForInput(int number, Unit consumer) {
        if (producer == consumer) {
            return Control.of(number);
        }
        return Control.of(number).waiting(switch (producer) {
            case LOAD -> Semaphores.INPUT;
            case TENSOR -> Semaphores.TO_POOL;
            default -> Semaphores.FROM_POOL;
        });
    }

    private void pool(int number, IntegerLayer.Pool layer, int input, int output) {
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), layer.window());
        Control first = waitingForInput(number, Unit.POOL);
        producer = Unit.POOL;
        schedule.stage(number, () -> {
            schedule.emit(first, Shapes.pool(layer.input(), layer.output(), layer.window()));
            schedule.emit(Control.of(number).signalling(Semaphores.FROM_POOL), new PoolOperation.PoolMax(input, output));
        });
    }

    private void product(int number, IntegerLayer.Product layer, int input, int output) {
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), layer.window());
        long perChannel = layer.weights().length / layer.output().channels();
        int groups = layer.window().groups();
        Shape ofGroup = new Shape(layer.output().channels() / groups, layer.output().height(), layer.output().width());
        Tiling tiling = Tiling.of(layer.name(), ofGroup, new Tiling.Limits() {
            @Override
            public long blockBytes(int channels) {
                return WeightBlock.bytes(channels, perChannel, 1, ALIGNMENT);
            }

            @Override
            public long halfBytes() {
                return halfBytes;
            }

            @Override
            public long potentials() {
                return Long.MAX_VALUE;
            }
        });
        Control first = waitingForInput(number, Unit.TENSOR);
        producer = Unit.TENSOR;
        schedule.stage(number, () -> {
            schedule.emit(first, Shapes.tensor(layer.input(), layer.output(), layer.window()));
            if (!layer.window().plain()) {
                schedule.emit(Control.of(number), Shapes.tensorGroups(layer.input(), layer.output(), layer.window()));
            }
            schedule.emit(Control.of(number),
                    new TensorOperation.TensorScale(layer.shift(), layer.last(), layer.multiplier()));
        });
        for (int g = 0; g < groups; g++) {
            for (Tiling.Block block : tiling.blocks()) {
                boolean last = g == groups - 1 && block == tiling.blocks().getLast();
                int firstChannel = g * ofGroup.channels() + block.firstChannel();
                block(number, layer, firstChannel, block.channels(), last, input, output);
            }
        }
    }

    /** Loads some channels' weights and multiplies by them. */
    private void block(int number, IntegerLayer.Product layer, int firstChannel, int channels, boolean last, int input,
            int output) {
        int bytes = (int) WeightBlock.bytes(channels, layer.weights().length / layer.output().channels(), 1, ALIGNMENT);
        int address = memory.add(bytes, () -> WeightBlock.of(layer, firstChannel, channels, ALIGNMENT));
        schedule.stage(number, new Schedule.Weights(address, bytes), half -> {
            Control control = Control.of(number).waiting(Semaphores.READY + half)
                    .signalling(Semaphores.FREE + half);
            schedule.emit(last ? signallingOutput(control, layer) : control, new TensorOperation.Product(
                    firstChannel, channels, input, schedule.base(half) / ALIGNMENT, output));
        });
    }

    private Control signallingOutput(Control control, IntegerLayer.Product layer) {
        if (layer.last()) {
            return control.signalling(Semaphores.RESULT);
        }
        int next = network.layers().indexOf(layer) + 1;
        return network.layers().get(next) instanceof IntegerLayer.Pool ? control.signalling(Semaphores.TO_POOL)
                : control;
    }
}
