package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.systolic.MatrixProduct;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.TensorOperation;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * The tensor core (rules TC-1 to TC-6). All dataflows add up the same products in 32 bits, where the order of additions
 * does not matter; {@link TensorTiming} says what they cost.
 */
public final class TensorCore extends ExecutionUnit {
    private final Storage weights;
    private final Storage activations;
    private final WeightFormat format;
    private final TensorTiming timing;
    private TensorOperation.TensorShape shape;
    private TensorOperation.TensorGroups groups;
    private TensorOperation.TensorScale scale;
    private long left;
    private long stallsLeft;

    /**
     * Creates a core at rest.
     *
     * @param target gives rows, columns and dataflow
     * @param surroundings what units share
     * @param memories weights and activations: their bytes
     */
    public TensorCore(Target target, Surroundings surroundings, Memories memories) {
        super(Component.TENSOR, surroundings);
        this.weights = memories.weights();
        this.activations = memories.activations();
        this.format = WeightFormat.of(target, 1);
        this.timing = new TensorTiming(target, format);
    }

    @Override
    boolean start(Operation started) {
        switch ((TensorOperation) started) {
            case TensorOperation.TensorShape s -> {
                shape = s;
                groups = new TensorOperation.TensorGroups(s.inChannels(), s.outChannelsLess1() + 1, 1);
            }
            case TensorOperation.TensorGroups g -> groups = g;
            case TensorOperation.TensorScale s -> scale = s;
            case TensorOperation.Product p -> {
                begin(p);
                compute(p);
                return true;
            }
        }
        return false;
    }

    private int depth() {
        return groups.inputs() * shape.kernelHeight() * shape.kernelWidth();
    }

    private int firstWeight(TensorOperation.Product p) {
        return 16 * (p.parameters() + Math.ceilDiv(4 * p.channels(), 16));
    }

    private void begin(TensorOperation.Product p) {
        if (shape == null || scale == null) {
            throw new DataException("tensor.product before tensor.shape and tensor.scale");
        }
        int depth = depth();
        int positions = shape.outHeight() * shape.outWidth();
        requireRoom(p, positions, depth);
        TensorCost cost = timing.cost(new MatrixProduct(positions, p.channels(), depth));
        left = cost.cycles() + cost.stalls();
        stallsLeft = cost.stalls();
        long outputs = (long) positions * p.channels();
        count(Counter.MACS, outputs * depth);
        count(Counter.RESCALES, scale.raw() ? 0 : outputs);
        count(Counter.PARTIAL_READS, cost.partials());
        count(Counter.PARTIAL_WRITES, cost.partials());
        count(Counter.WEIGHT_READS, cost.weightWords() + Math.ceilDiv(4 * p.channels(), format.wordBytes()));
        count(Counter.SPIKE_READS, cost.inputWords());
        count(Counter.SPIKE_WRITES, scale.raw() ? outputs : Math.ceilDiv(outputs, 4L));
    }

    private void requireRoom(TensorOperation.Product p, int positions, int depth) {
        long outputBytes = (long) positions * (shape.outChannelsLess1() + 1) * (scale.raw() ? 4 : 1);
        long inputBytes = (long) shape.inHeight() * shape.inWidth() * shape.inChannels();
        if (groups.inputs() < 1 || groups.outputs() < 1 || groups.dilation() < 1
                || p.firstChannel() / groups.outputs() != (p.firstChannel() + p.channels() - 1) / groups.outputs()
                || (p.firstChannel() / groups.outputs() + 1) * groups.inputs() > shape.inChannels()) {
            throw new DataException("tensor.product: its channels do not lie in one group of tensor.groups");
        }
        if (p.input() + inputBytes > activations.bytes().length || p.output() + outputBytes > activations.bytes().length
                || firstWeight(p) + (long) depth * p.channels() > weights.bytes().length || scale.shift() < 1) {
            throw new DataException("tensor.product: input, output or weights pass the end of their memory, or the "
                    + "shift is 0");
        }
    }

    @Override
    boolean step() {
        if (stallsLeft > 0) {
            stallsLeft--;
            stall(Stall.WEIGHT_BANK);
        } else {
            busy();
        }
        return --left == 0;
    }

    private void compute(TensorOperation.Product p) {
        int[] sums = new int[p.channels()];
        for (int y = 0; y < shape.outHeight(); y++) {
            for (int x = 0; x < shape.outWidth(); x++) {
                for (int c = 0; c < p.channels(); c++) {
                    sums[c] = weights.word(16 * p.parameters() + 4 * c);
                }
                accumulate(p, y, x, sums);
                write(p, y * shape.outWidth() + x, sums);
            }
        }
    }

    private void accumulate(TensorOperation.Product p, int outRow, int outColumn, int[] sums) {
        int top = outRow * shape.stride() - shape.padding();
        int start = outColumn * shape.stride() - shape.padding();
        int firstInput = p.firstChannel() / groups.outputs() * groups.inputs();
        for (int ky = 0; ky < shape.kernelHeight(); ky++) {
            int row = top + ky * groups.dilation();
            for (int kx = 0; kx < shape.kernelWidth(); kx++) {
                int column = start + kx * groups.dilation();
                if (row < 0 || row >= shape.inHeight() || column < 0 || column >= shape.inWidth()) {
                    continue;
                }
                int cell = p.input() + (row * shape.inWidth() + column) * shape.inChannels() + firstInput;
                int weight = firstWeight(p)
                        + (ky * shape.kernelWidth() + kx) * groups.inputs() * p.channels();
                for (int i = 0; i < groups.inputs(); i++) {
                    int activation = activations.bytes()[cell + i] & 0xff;
                    for (int c = 0; c < p.channels(); c++) {
                        sums[c] += activation * weights.bytes()[weight + i * p.channels() + c];
                    }
                }
            }
        }
    }

    private void write(TensorOperation.Product p, int position, int[] sums) {
        int first = position * (shape.outChannelsLess1() + 1) + p.firstChannel();
        for (int c = 0; c < sums.length; c++) {
            if (scale.raw()) {
                activations.putWord(p.output() + 4 * (first + c), sums[c]);
            } else {
                activations.bytes()[p.output() + first + c] = (byte) rescaled(sums[c]);
            }
        }
    }

    private int rescaled(int sum) {
        long scaled = ((long) sum * scale.multiplier() + (1L << (scale.shift() - 1))) >> scale.shift();
        return Math.clamp(scaled, 0, 255);
    }
}
