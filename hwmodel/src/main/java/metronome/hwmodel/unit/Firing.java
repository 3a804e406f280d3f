package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.memory.EventList;
import metronome.isa.instruction.Operation;

/** How {@code lif.fire} is executed, and {@code fire.sweep} (rules LIF-8 to LIF-10). */
final class Firing implements LifWork {
    private final ExecutionUnit unit;
    private final FiredSpikes spikes;
    private final LifCosts costs;
    private Sweep window;
    private int step;
    private int left;
    private int row;

    /** Which neurons live through which steps, by which parameters. */
    record Sweep(Neurons neurons, Tile tile, FireWindow steps, NeuronParameters parameters) {
    }

    Firing(ExecutionUnit unit, FiredSpikes spikes, LifCosts costs) {
        this.unit = unit;
        this.spikes = spikes;
        this.costs = costs;
    }

    LifWork begin(Sweep started, int region, int raise) {
        window = started;
        spikes.begin(started.tile(), region, raise);
        beginStep(started.steps().from());
        return this;
    }

    private void beginStep(int at) {
        step = at;
        row = 0;
        EventList fired = spikes.clear();
        Neurons neurons = window.neurons();
        int before = neurons.live();
        neurons.fire(window.steps(), step, fired);
        int ticked = neurons.live() + fired.size();
        unit.count(Counter.TICKS, ticked);
        unit.count(Counter.LEAKS, step == 0 ? 0 : ticked);
        unit.count(Counter.COMPARES, step == 0 && window.parameters().silent() ? before + ticked : ticked);
        unit.count(Counter.POTENTIAL_READS, before);
        unit.count(Counter.POTENTIAL_WRITES, ticked);
        left = costs.sweep(window.tile().size());
    }

    @Override
    public void request() {
        spikes.request();
    }

    @Override
    public void step() {
        spikes.move();
        sweep();
        spikes.close(left == 0 ? step : step - 1);
    }

    private void sweep() {
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
        if (left == 0 && step < window.steps().to()) {
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
    public boolean writes() {
        return quietSteps() == 0;
    }

    @Override
    public void skipSteps(long cycles) {
        unit.busy(cycles);
        left -= (int) cycles;
        row += (int) cycles;
    }
}
