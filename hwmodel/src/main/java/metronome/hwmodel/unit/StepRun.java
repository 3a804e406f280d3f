package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Operation;

/** How the LIF array executes {@code lif.run}, cycle by cycle (rules LIF-12 to LIF-16). */
final class StepRun implements LifWork {
    private final ExecutionUnit array;
    private final Neurons neurons;
    private final EventQueue queue;
    private final EventWork work;
    private final FiredSpikes spikes;
    private final FanOutTiming timing;
    private final LifCosts costs;
    private final WeightFormat format;
    private final SpikeBuffer buffer;

    private Operation.Run run;
    private Operation.LifMode mode;
    private Tile tile;
    private int inChannels;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;
    private int rowsSwept;
    private boolean working;

    /** What the array is doing within a step, in this order. */
    private enum Phase {
        LEAK_BEFORE, EVENTS, DRAIN, BIASES, LEAK_AFTER, COMPARE, FINISH, DONE
    }

    StepRun(LifParts parts) {
        this.array = parts.unit();
        this.neurons = parts.neurons();
        this.queue = parts.queue();
        this.work = parts.events();
        this.spikes = parts.spikes();
        this.timing = parts.timing();
        this.costs = parts.costs();
        this.format = parts.format();
        this.buffer = parts.buffer();
    }

    /** Begins; the operands were checked but for those that only this instruction has. */
    LifWork begin(Operation.Run started, Operation.LifMode behaviour, Tile of, int channels) {
        if (started.source() == started.destination() || behaviour.leakOrder() > 2
                || started.biased() && behaviour.eachEvent()) {
            throw new DataException("lif.run: regions " + started.source() + " and " + started.destination()
                    + " must differ, the leak order of lif.mode be 0 to 2, and neurons that compare at each event have no "
                    + "bias");
        }
        run = started;
        mode = behaviour;
        tile = of;
        inChannels = channels;
        timing.tile(of, started.weights());
        spikes.begin(of, started.destination(), 0);
        queue.begin(started.source(), 0, started.to(), false);
        step = 0;
        beginStep();
        return this;
    }

    @Override
    public boolean done() {
        return phase == Phase.DONE;
    }

    @Override
    public void request() {
        spikes.request();
        queue.request(phase == Phase.EVENTS && work.idle() && !spikes.still());
    }

    private void beginStep() {
        if (mode.leakOrder() == 1 && step > 0) {
            leak(Phase.LEAK_BEFORE);
        } else {
            beginEvents();
        }
    }

    private void leak(Phase order) {
        neurons.leak();
        array.count(Counter.LEAKS, tile.size());
        array.countReadAndWrite(tile.size());
        phase = order;
        left = costs.leakSweep(tile.size());
    }

    private void beginEvents() {
        work.beginStep(step);
        EventList events = buffer.events(run.source(), step);
        for (int i = 0; i < queue.size(); i++) {
            tile.geometry().require(events.get(i), inChannels);
        }
        if (!mode.eachEvent()) {
            neurons.integrate(events, queue.size(), run.weights(), run.shift());
        }
        working = false;
        if (queue.exhausted()) {
            endEvents();
        } else {
            phase = Phase.EVENTS;
        }
    }

    private void endEvents() {
        if (work.updatedInStep() && costs.drainCycles() > 0) {
            phase = Phase.DRAIN;
            left = costs.drainCycles();
        } else {
            afterEvents();
        }
    }

    private void afterEvents() {
        neurons.endWindow();
        if (run.biased()) {
            int words = format.words(4 * tile.channels());
            array.count(Counter.WEIGHT_READS, words);
            array.count(Counter.TICKS, tile.size());
            neurons.bias(run.biases());
            phase = Phase.BIASES;
            left = Math.ceilDiv(words, format.wordsPerCycle());
        } else {
            beginSweep();
        }
    }

    private void beginSweep() {
        if (!mode.eachEvent()) {
            beginComparison();
        } else if (mode.leakOrder() == 2) {
            leak(Phase.LEAK_AFTER);
        } else {
            endStep();
        }
    }

    private void beginComparison() {
        if (mode.leakOrder() == 2) {
            neurons.leak();
            array.count(Counter.LEAKS, tile.size());
        }
        neurons.compare(step + mode.delay(), spikes.clear());
        array.count(Counter.COMPARES, tile.size());
        array.countReadAndWrite(tile.size());
        dropLateSpikes();
        phase = Phase.COMPARE;
        left = costs.leakSweep(tile.size());
        rowsSwept = 0;
    }

    private void dropLateSpikes() {
        if (step + mode.delay() > run.to()) {
            spikes.clear();
        }
    }

    private void endStep() {
        if (step < run.to()) {
            step++;
            beginStep();
            return;
        }
        if (run.release()) {
            buffer.release(run.source());
        }
        neurons.endWindow();
        phase = Phase.FINISH;
        endIfWritten();
    }

    private void endIfWritten() {
        if (spikes.gone()) {
            phase = Phase.DONE;
        }
    }

    /** LIF-15 says when the array stands still for spikes. */
    @Override
    public void step() {
        spikes.move();
        boolean still = spikes.still() || phase == Phase.FINISH;
        if (phase == Phase.EVENTS) {
            stepEvents(still);
        } else {
            work.fetch();
            if (!still) {
                stepOther();
            }
        }
        if (still) {
            spikes.stand();
        }
        if (phase == Phase.FINISH) {
            endIfWritten();
        }
    }

    private void stepEvents(boolean still) {
        if (!still && work.idle() && queue.held()) {
            beginEvent(queue.take());
        }
        boolean fetched = work.fetch();
        if (still) {
            return;
        }
        work.spend(fetched);
        if (work.idle() && working) {
            working = false;
            spikes.latchBelow(Integer.MAX_VALUE, step + mode.delay());
        }
        if (work.finished()) {
            endEvents();
        }
    }

    private void beginEvent(int event) {
        FanOutCost cost = timing.measure(event);
        work.begin(cost);
        working = true;
        EventList fired = spikes.clear();
        if (mode.eachEvent()) {
            neurons.arrive(event, run.weights(), run.shift(), fired);
            array.count(Counter.COMPARES, cost.updates());
            dropLateSpikes();
        }
    }

    private void stepOther() {
        if (phase == Phase.DRAIN) {
            array.stall(Stall.DRAIN);
        } else {
            array.busy();
        }
        left--;
        if (phase == Phase.COMPARE && left % costs.updateCycles() == 0 && left < costs.sweep(tile.size())) {
            rowsSwept++;
            spikes.latchBelow(rowsSwept * costs.sweepWidth(), step + mode.delay());
        }
        if (left == 0) {
            endPhase();
        }
    }

    private void endPhase() {
        switch (phase) {
            case LEAK_BEFORE -> beginEvents();
            case DRAIN -> afterEvents();
            case BIASES -> beginSweep();
            default -> endStep();
        }
    }
}
