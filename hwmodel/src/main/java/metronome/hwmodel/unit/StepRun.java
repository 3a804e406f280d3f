package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.isa.instruction.LifOperation;

/** How the LIF array executes {@code lif.run} (rules LIF-12 to LIF-16 and LIF-20 to LIF-24). */
final class StepRun implements LifWork {
    private final ExecutionUnit array;
    private final Neurons neurons;
    private final FiredSpikes spikes;
    private final LifCosts costs;
    private final WeightFormat format;
    private final StepEvents events;
    private final CompareSweep comparison;

    private StepOperands operands;
    private LifOperation.LifMode mode;
    private Tile tile;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;

    /** What the array is doing within a step, in this order. */
    private enum Phase {
        LEAK_BEFORE, EVENTS, DRAIN, BIASES, LEAK_AFTER, COMPARE, FINISH, DONE
    }

    StepRun(LifParts parts) {
        this.array = parts.unit();
        this.neurons = parts.neurons();
        this.spikes = parts.spikes();
        this.costs = parts.costs();
        this.format = parts.format();
        this.events = new StepEvents(parts);
        this.comparison = new CompareSweep(parts);
    }

    /** Begins; the operands were checked. */
    LifWork begin(LifOperation.Run run, LifOperation.LifMode behaviour, Tile of, int channels) {
        operands = StepOperands.of(run, behaviour, of, channels);
        mode = behaviour;
        tile = of;
        spikes.begin(tile, run.destination(), 0);
        if (mode.announce()) {
            spikes.announcing();
        }
        events.begin(operands);
        comparison.begin(operands);
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
        events.request(phase == Phase.EVENTS && !spikes.still());
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
        events.beginStep(step);
        if (events.finished()) {
            endEvents();
        } else {
            phase = Phase.EVENTS;
        }
    }

    private void endEvents() {
        if (events.updated() && costs.drainCycles() > 0) {
            phase = Phase.DRAIN;
            left = costs.drainCycles();
        } else {
            afterEvents();
        }
    }

    private void afterEvents() {
        neurons.endWindow();
        if (events.biasDue()) {
            int words = format.words(4 * tile.channels());
            array.count(Counter.WEIGHT_READS, words);
            array.count(Counter.TICKS, tile.size());
            neurons.bias(operands.reached(), operands.run().biases());
            phase = Phase.BIASES;
            left = Math.ceilDiv(words, format.wordsPerCycle());
        } else {
            beginSweep();
        }
    }

    private void beginSweep() {
        if (!mode.eachEvent()) {
            phase = Phase.COMPARE;
            left = comparison.beginStep(step, events.biasDue());
        } else if (mode.leakOrder() == 2) {
            leak(Phase.LEAK_AFTER);
        } else {
            endStep();
        }
    }

    private void endStep() {
        if (step < operands.run().to()) {
            step++;
            beginStep();
            return;
        }
        events.end();
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
        if (still) {
            events.fetch();
            spikes.stand(1);
        } else if (phase == Phase.EVENTS) {
            events.step();
            endFinishedEvents();
        } else {
            events.fetch();
            pass(1);
        }
        if (phase == Phase.FINISH) {
            endIfWritten();
        }
    }

    private void endFinishedEvents() {
        if (events.finished()) {
            endEvents();
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
            comparison.latch(left);
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

    @Override
    public boolean disturbed() {
        return events.disturbed();
    }

    /** The steps before spikes are latched, written, or the instruction ends. */
    @Override
    public long quietSteps() {
        if (!events.foreseen() || !spikes.written() || events.disturbed()) {
            return 0;
        }
        if (spikes.still()) {
            return spikes.stillFor() - (phase == Phase.FINISH ? 1 : 0);
        }
        return switch (phase) {
            case EVENTS -> events.quiet();
            case COMPARE -> comparison.quiet(left);
            default -> left - (mode.eachEvent() ? 1 : 0);
        };
    }

    @Override
    public void skipSteps(long cycles) {
        long rest = cycles;
        while (rest > 0) {
            rest -= skip(rest);
        }
    }

    /** Does at most so many quiet steps, up to the next change of what the array is doing; returns how many. */
    private long skip(long most) {
        if (spikes.still()) {
            return skipStanding(most);
        }
        return phase == Phase.EVENTS ? skipEvents(most) : skipPassing(most);
    }

    private long skipStanding(long most) {
        long cycles = Math.min(most, spikes.stillFor());
        events.fetchAlone(cycles);
        spikes.stand(cycles);
        return cycles;
    }

    private long skipEvents(long most) {
        long cycles = events.skip(most);
        endFinishedEvents();
        return cycles;
    }

    private long skipPassing(long most) {
        long cycles = Math.min(most, left);
        events.fetchAlone(cycles);
        pass(cycles);
        return cycles;
    }
}
