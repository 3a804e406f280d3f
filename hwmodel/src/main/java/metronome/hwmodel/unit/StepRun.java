package metronome.hwmodel.unit;

import metronome.core.spiking.EventKind;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;

/** How the LIF array executes {@code lif.run} (rules LIF-12 to LIF-16 and LIF-20 to LIF-24). */
final class StepRun implements LifWork {
    private final ExecutionUnit array;
    private final Neurons neurons;
    private final EventQueue queue;
    private final EventWork work;
    private final FiredSpikes spikes;
    private final FanOutTable table;
    private final Forecast forecast;
    private final LifCosts costs;
    private final WeightFormat format;
    private final SpikeBuffer buffer;

    private LifOperation.Run run;
    private LifOperation.LifMode mode;
    private Tile tile;
    /** What events and biases reach: the potentials, or the slopes. */
    private Tile reached;
    private int inChannels;
    /** Whether there was an event in this step or before, and whether biases are due in this step. */
    private boolean begun;
    private boolean biasDue;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;
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
        this.table = parts.table();
        this.forecast = new Forecast(parts);
        this.costs = parts.costs();
        this.format = parts.format();
        this.buffer = parts.buffer();
    }

    /** Begins; the operands were checked. */
    LifWork begin(LifOperation.Run started, LifOperation.LifMode behaviour, Tile of, int channels) {
        run = started;
        mode = behaviour;
        tile = of;
        reached = mode.held() ? of.slopes() : of;
        inChannels = channels;
        begun = false;
        table.tile(reached, channels, started.weights());
        if (mode.waits()) {
            table.waits();
        }
        spikes.begin(of, started.destination(), 0);
        if (mode.announce()) {
            spikes.announcing();
        }
        queue.begin(started.source(), 0, started.to(), false);
        forecast.begin();
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
        tile.geometry().requireAll(events, queue.size(), mode.waits() ? EventKind.KINDS * inChannels : inChannels);
        boolean spiked = false;
        for (int i = 0; i < queue.size(); i++) {
            spiked |= !mode.waits() || EventKind.of(Event.channel(events.get(i))) == EventKind.SPIKE;
        }
        if (mode.waits()) {
            neurons.integrateWaiting(reached, events, queue.size(), run.weights(), run.shift());
        } else if (!mode.eachEvent()) {
            neurons.integrate(reached, events, queue.size(), run.weights(), run.shift());
        }
        biasDue = run.biased() && (!mode.held() || !begun && spiked);
        begun |= spiked;
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
        if (biasDue) {
            int words = format.words(4 * tile.channels());
            array.count(Counter.WEIGHT_READS, words);
            array.count(Counter.TICKS, tile.size());
            neurons.bias(reached, run.biases());
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
        if (mode.held()) {
            drive();
        }
        if (mode.leakOrder() == 2) {
            neurons.leak();
            array.count(Counter.LEAKS, tile.size());
        }
        neurons.compare(step + mode.delay(), spikes.clear());
        array.count(Counter.COMPARES, mode.announce() ? 2L * tile.size() : tile.size());
        array.countReadAndWrite(tile.size());
        dropLateSpikes();
        phase = Phase.COMPARE;
        left = costs.sweepOverhead() + comparing();
    }

    /** LIF-21: slopes are read, and written if biases were added to them. */
    private void drive() {
        neurons.drive(reached);
        array.count(Counter.TICKS, tile.size());
        array.count(Counter.POTENTIAL_READS, tile.size());
        array.count(Counter.POTENTIAL_WRITES, biasDue ? tile.size() : 0);
    }

    /** Cycles in which rows are compared. */
    private int comparing() {
        return costs.sweep(tile.size(), accesses());
    }

    private int accesses() {
        return mode.held() ? 2 : 1;
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
                pass(1);
            }
        }
        if (still) {
            spikes.stand(1);
        }
        if (phase == Phase.FINISH) {
            endIfWritten();
        }
    }

    private void stepEvents(boolean still) {
        if (!still) {
            beginHeldEvent();
        }
        boolean fetched = work.fetch();
        if (!still) {
            work.spend(fetched);
            afterWork();
        }
    }

    private void beginHeldEvent() {
        if (work.idle() && queue.held()) {
            beginEvent(queue.take());
        }
    }

    /** LIF-14: spikes are latched at the end of the event that made neurons fire. */
    private void afterWork() {
        if (work.idle() && working) {
            working = false;
            spikes.latchBelow(Integer.MAX_VALUE, step + mode.delay());
        }
        if (work.finished()) {
            endEvents();
        }
    }

    private void beginEvent(int event) {
        FanOutCost cost = table.cost(event);
        work.begin(cost);
        working = true;
        EventList fired = spikes.clear();
        if (mode.eachEvent()) {
            neurons.arrive(event, run.weights(), run.shift(), fired);
            array.count(Counter.COMPARES, cost.updates());
            dropLateSpikes();
        }
    }

    /** Cycles of a sweep, a drain or the reading of biases pass. */
    private void pass(long cycles) {
        if (phase == Phase.DRAIN) {
            array.stall(Stall.DRAIN, cycles);
        } else {
            array.busy(cycles);
        }
        left -= (int) cycles;
        if (phase == Phase.COMPARE) {
            latchRows();
        }
        if (left == 0) {
            endPhase();
        }
    }

    /** LIF-13: spikes are latched at the end of their row. */
    private void latchRows() {
        int swept = comparing() - left;
        if (swept > 0) {
            spikes.latchBelow(swept / (costs.updateCycles() * accesses()) * costs.sweepWidth(), step + mode.delay());
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

    @Override
    public boolean disturbed() {
        return !buffer.readPort().alone(SharedPort.User.LIF) || buffer.beingWritten(run.source());
    }

    /** The steps before spikes are latched, written, or the instruction ends. */
    @Override
    public long quietSteps() {
        if (!table.remembering() || !spikes.written() || disturbed()) {
            return 0;
        }
        if (spikes.still()) {
            return spikes.stillFor() - (phase == Phase.FINISH ? 1 : 0);
        }
        return switch (phase) {
            case EVENTS -> mode.eachEvent() ? quietOfEvent() : forecast.eventsLeft(run.source(), step);
            case COMPARE -> quietOfSweep();
            default -> left - (mode.eachEvent() ? 1 : 0);
        };
    }

    /** Until the end of an event, which may let neurons fire or be the last. */
    private long quietOfEvent() {
        if (!work.idle()) {
            return work.left() - 1;
        }
        FanOutCost next = table.cost(buffer.event(run.source(), step, queue.taken()));
        return queue.held() ? costs.event(next.cycles(), work.fetchedIdle()) - 1 : 1;
    }

    /** Until the end of the next row that fires, or of the step; the last step ends the instruction. */
    private long quietOfSweep() {
        long rowsLeft = spikes.nextRow();
        if (rowsLeft == Integer.MAX_VALUE) {
            return step < run.to() ? left : left - 1;
        }
        return left - comparing() + (rowsLeft + 1) * costs.updateCycles() * accesses() - 1;
    }

    @Override
    public void skipSteps(long cycles) {
        long rest = cycles;
        while (rest > 0) {
            if (spikes.still()) {
                rest -= skipStanding(rest);
            } else if (phase == Phase.EVENTS) {
                rest -= skipEvents(rest);
            } else {
                long passing = Math.min(rest, left);
                work.fetchAlone(passing);
                pass(passing);
                rest -= passing;
            }
        }
    }

    private long skipStanding(long most) {
        long cycles = Math.min(most, spikes.stillFor());
        work.fetchAlone(cycles);
        spikes.stand(cycles);
        return cycles;
    }

    /** All events of a step at once, if they have not begun, end in time, and only sums matter; else one by one. */
    private long skipEvents(long most) {
        if (queue.fresh() && !mode.eachEvent() && !array.logsStalls()) {
            long cycles = work.skip(forecast.left(run.source(), step), most);
            if (cycles > 0) {
                endEvents();
                return cycles;
            }
        }
        beginHeldEvent();
        long cycles = work.skip(most);
        afterWork();
        return cycles;
    }
}
