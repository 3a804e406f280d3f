package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;

/**
 * The sweep that compares the potentials of a tile row by row, and latches those that fire at the end of their row (rules LIF-13, LIF-21
 * and LIF-23).
 */
final class CompareSweep {
    private final ExecutionUnit array;
    private final Neurons neurons;
    private final FiredSpikes spikes;
    private final LifCosts costs;
    private StepOperands operands;
    private int size;
    /** Cycles of a row, whose slopes are accessed too where there are any. */
    private int rowCycles;
    /** Cycles in which rows are compared, after those of the overhead. */
    private int comparing;
    private int step;

    CompareSweep(LifParts parts) {
        this.array = parts.unit();
        this.neurons = parts.neurons();
        this.spikes = parts.spikes();
        this.costs = parts.costs();
    }

    /** Begins with another instruction. */
    void begin(StepOperands of) {
        operands = of;
        size = of.tile().size();
        int accesses = of.mode().held() ? 2 : 1;
        rowCycles = costs.updateCycles() * accesses;
        comparing = costs.sweep(size, accesses);
    }

    /** Begins the sweep of a step, in which slopes may have got their biases; returns its cycles. */
    int beginStep(int at, boolean biased) {
        step = at;
        if (operands.mode().held()) {
            drive(biased);
        }
        if (operands.mode().leakOrder() == 2) {
            neurons.leak();
            array.count(Counter.LEAKS, size);
        }
        neurons.compare(operands.spikeStep(step), spikes.clear());
        array.count(Counter.COMPARES, operands.mode().announce() ? 2L * size : size);
        array.countReadAndWrite(size);
        if (operands.late(step)) {
            spikes.clear();
        }
        return costs.sweepOverhead() + comparing;
    }

    /** LIF-21: slopes are read, and written if biases were added to them. */
    private void drive(boolean biased) {
        neurons.drive(operands.reached());
        array.count(Counter.TICKS, size);
        array.count(Counter.POTENTIAL_READS, size);
        array.count(Counter.POTENTIAL_WRITES, biased ? size : 0);
    }

    /** Latches those that fire of the rows that were compared when so many cycles are left. */
    void latch(int left) {
        int swept = comparing - left;
        if (swept > 0) {
            spikes.latchBelow(swept / rowCycles * costs.sweepWidth(), operands.spikeStep(step));
        }
    }

    /** When so many cycles are left: those until the end of the next row that fires, or of the step; the last step ends the instruction. */
    long quiet(int left) {
        long rowsLeft = spikes.nextRow();
        if (rowsLeft == Integer.MAX_VALUE) {
            return step < operands.run().to() ? left : left - 1;
        }
        return left - comparing + (rowsLeft + 1) * rowCycles - 1;
    }
}
