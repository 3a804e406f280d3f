package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.memory.EventList;
import metronome.isa.instruction.Operation;

/** How the LIF array executes {@code lif.fire} (rules LIF-8 to LIF-10). */
final class Firing implements LifWork {
    private final ExecutionUnit unit;
    private final Neurons neurons;
    private final FiredSpikes spikes;
    private final LifCosts costs;
    private FireWindow window;
    private Tile tile;
    private boolean silent;
    private int step;
    private int left;
    private int row;

    Firing(LifParts parts) {
        this.unit = parts.unit();
        this.neurons = parts.neurons();
        this.spikes = parts.spikes();
        this.costs = parts.costs();
    }

    LifWork begin(Operation.Fire started, Tile of, NeuronParameters parameters) {
        window = new FireWindow(started.from(), started.to(), started.flush());
        tile = of;
        silent = parameters.silent();
        spikes.begin(of, started.region(), started.raise());
        beginStep(started.from());
        return this;
    }

    private void beginStep(int at) {
        step = at;
        row = 0;
        EventList fired = spikes.clear();
        int before = neurons.live();
        neurons.fire(window, step, fired);
        int ticked = neurons.live() + fired.size();
        unit.count(Counter.TICKS, ticked);
        unit.count(Counter.LEAKS, step == 0 ? 0 : ticked);
        unit.count(Counter.COMPARES, step == 0 && silent ? before + ticked : ticked);
        unit.count(Counter.POTENTIAL_READS, before);
        unit.count(Counter.POTENTIAL_WRITES, ticked);
        left = costs.sweep(tile.size());
    }

    @Override
    public void request() {
        spikes.request();
    }

    @Override
    public void step() {
        spikes.move();
        if (spikes.still() || left == 0) {
            spikes.stand(1);
            return;
        }
        unit.busy();
        left--;
        if (left % costs.updateCycles() == 0) {
            row++;
            spikes.latchBelow(row * costs.sweepWidth(), step);
        }
        if (left == 0 && step < window.to()) {
            beginStep(step + 1);
        }
    }

    @Override
    public boolean done() {
        return left == 0 && spikes.gone();
    }

    /** The rows that can be swept before one that fires, or the last. */
    @Override
    public long quietSteps() {
        boolean quiet = spikes.gone() && costs.updateCycles() == 1;
        return quiet ? Math.max(0, Math.min(spikes.nextRow() - row, left - 1)) : 0;
    }

    @Override
    public void skipSteps(long cycles) {
        unit.busy(cycles);
        left -= (int) cycles;
        row += (int) cycles;
    }
}
