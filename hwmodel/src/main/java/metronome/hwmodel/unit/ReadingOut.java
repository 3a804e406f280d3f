package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.isa.instruction.LifOperation;

/** How the LIF array executes {@code lif.readout} (rule LIF-11). */
final class ReadingOut implements LifWork {
    private final ExecutionUnit unit;
    private final Neurons neurons;
    private final EventWriter writer;
    private final LifCosts costs;
    private boolean last;
    private int left;

    ReadingOut(LifParts parts) {
        this.unit = parts.unit();
        this.neurons = parts.neurons();
        this.writer = parts.writer();
        this.costs = parts.costs();
    }

    LifWork begin(LifOperation.ReadOut r, Tile tile) {
        last = r.last();
        neurons.lowest(r.first());
        writer.begin(r.region());
        unit.count(Counter.COMPARES, tile.size());
        unit.count(Counter.POTENTIAL_READS, tile.size());
        left = costs.sweep(tile.size());
        return this;
    }

    @Override
    public void request() {
        writer.request();
    }

    @Override
    public void step() {
        unit.count(Counter.SPIKE_WRITES, writer.move());
        if (left > 0) {
            unit.busy();
            if (--left == 0 && last) {
                writer.latch(neurons.lowestEvent(), 0);
                unit.count(Counter.FIRED, 1);
            }
        } else {
            unit.stall(Stall.ARBITER);
        }
    }

    @Override
    public boolean done() {
        return left == 0 && writer.empty();
    }

    @Override
    public long quietSteps() {
        return writer.empty() ? Math.max(0, left - 1) : 0;
    }

    @Override
    public void skipSteps(long cycles) {
        unit.busy(cycles);
        left -= (int) cycles;
    }
}
