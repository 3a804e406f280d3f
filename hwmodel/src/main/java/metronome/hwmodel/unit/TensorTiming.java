package metronome.hwmodel.unit;

import metronome.hwmodel.systolic.Counting;
import metronome.hwmodel.systolic.Dataflow;
import metronome.hwmodel.systolic.Mapping;
import metronome.hwmodel.systolic.MatrixProduct;
import metronome.hwmodel.systolic.SystolicArray;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Cycles, stalls and accesses of a matrix product on the tensor core of a target (rules TC-1 to TC-5). */
final class TensorTiming {
    private final SystolicArray array;
    private final Dataflow dataflow;
    private final Counting counting;
    private final int accumulators;
    private final WeightFormat format;

    TensorTiming(Target target, WeightFormat format) {
        this.array = SystolicArray.of(target);
        this.dataflow = Dataflow.of(target);
        this.counting = Counting.of(target);
        this.accumulators = target.count(TargetField.TENSOR_ACCUMULATORS);
        this.format = format;
    }

    /** TC-4: where sums outlive a fold, no more vectors are streamed at a time than there are accumulators. */
    TensorCost cost(MatrixProduct product) {
        Mapping whole = new Mapping(array, dataflow, product);
        if (dataflow == Dataflow.OS || whole.rowFolds() == 1 || whole.streamed() <= accumulators) {
            return pass(whole);
        }
        TensorCost cost = TensorCost.NONE.plus(pass(part(product, accumulators)), whole.streamed() / accumulators);
        long rest = whole.streamed() % accumulators;
        return rest == 0 ? cost : cost.plus(pass(part(product, rest)), 1);
    }

    private Mapping part(MatrixProduct product, long streamed) {
        return new Mapping(array, dataflow, dataflow == Dataflow.WS
                ? new MatrixProduct(streamed, product.n(), product.k())
                : new MatrixProduct(product.m(), streamed, product.k()));
    }

    private TensorCost pass(Mapping mapping) {
        TensorCost weights = switch (dataflow) {
            case OS -> rowByRow(mapping, mapping.rowFolds());
            case WS -> rowByRow(mapping, 1);
            case IS -> lineByLine(mapping);
        };
        MatrixProduct product = mapping.product();
        long times = dataflow == Dataflow.IS ? 1 : mapping.columnFolds();
        return weights.plus(new TensorCost(mapping.duration(counting), 0, 0,
                times * Math.ceilDiv(product.m() * product.k(), 4L), mapping.accesses().partialReads()), 1);
    }

    /** TC-5, os and ws: the weights of a fold's columns are read together, so many times each. */
    private TensorCost rowByRow(Mapping mapping, long times) {
        MatrixProduct product = mapping.product();
        long whole = product.n() / array.columns();
        int rest = (int) (product.n() % array.columns());
        TensorCost cost = TensorCost.NONE.plus(row(array.columns()), times * product.k() * whole);
        return rest == 0 ? cost : cost.plus(row(rest), times * product.k());
    }

    private TensorCost row(int weights) {
        long words = Math.ceilDiv(weights, format.wordBytes());
        return new TensorCost(0, Math.ceilDiv(words, (long) format.wordsPerCycle()) - 1, words, 0, 0);
    }

    /** TC-5, is: a row reads its weights word by word; a fold's words share the banks while its channels are streamed. */
    private TensorCost lineByLine(Mapping mapping) {
        long k = mapping.product().k();
        TensorCost columnFold = TensorCost.NONE.plus(lines(mapping, array.rows()), k / array.rows());
        int rest = (int) (k % array.rows());
        return TensorCost.NONE.plus(rest == 0 ? columnFold : columnFold.plus(lines(mapping, rest), 1),
                mapping.columnFolds());
    }

    private TensorCost lines(Mapping mapping, int rows) {
        long words = rows * Math.ceilDiv(mapping.streamed(), (long) format.wordBytes());
        long cycles = Math.ceilDiv(words, (long) format.wordsPerCycle());
        return new TensorCost(0, Math.max(0, cycles - mapping.streamed()), words, 0, 0);
    }
}
