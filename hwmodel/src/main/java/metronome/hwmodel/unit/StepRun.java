package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Operation;

/** How the LIF array executes {@code lif.run}, cycle by cycle (rules LIF-12 to LIF-16). */
final class StepRun {
    private final LifArray array;
    private final Neurons neurons;
    private final EventReader reader;
    private final EventWriter writer;
    private final FanOutTiming timing;
    private final LifCosts costs;
    private final WeightFormat format;
    private final SpikeBuffer buffer;
    private final EventList fired = new EventList();

    private Operation.Run run;
    private Operation.LifMode mode;
    private Tile tile;
    private int inChannels;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;
    private int potentialStallsLeft;
    private int weightStallsLeft;
    private int spikeStallsLeft;
    private int rowsSwept;
    private int nextFired;
    private boolean working;
    private boolean updatedInStep;
    private boolean fetchedIdle;

    /** What the array is doing within a step, in this order. */
    private enum Phase {
        LEAK_BEFORE, EVENTS, DRAIN, BIASES, LEAK_AFTER, COMPARE, FINISH, DONE
    }

    StepRun(LifArray array, Neurons neurons, EventReader reader, EventWriter writer, FanOutTiming timing, LifCosts costs,
            WeightFormat format, SpikeBuffer buffer) {
        this.array = array;
        this.neurons = neurons;
        this.reader = reader;
        this.writer = writer;
        this.timing = timing;
        this.costs = costs;
        this.format = format;
        this.buffer = buffer;
    }

    /** Begins; the operands were checked but for those that only this instruction has. */
    void begin(Operation.Run started, Operation.LifMode behaviour, Tile of, int channels) {
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
        spikeStallsLeft = 0;
        timing.tile(of, started.weights());
        writer.begin(started.destination());
        step = 0;
        beginStep();
    }

    boolean done() {
        return phase == Phase.DONE;
    }

    /** First phase of a cycle. */
    void request() {
        if (phase == Phase.EVENTS) {
            reader.request(left == 0 && spikeStallsLeft == 0 && writer.ready());
        }
    }

    private void beginStep() {
        updatedInStep = false;
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
        reader.begin(run.source(), step);
        EventList events = buffer.events(run.source(), step);
        for (int i = 0; i < reader.left(); i++) {
            tile.geometry().require(events.get(i), inChannels);
        }
        if (!mode.eachEvent()) {
            neurons.integrate(events, reader.left(), run.weights(), run.shift());
        }
        left = 0;
        working = false;
        fetchedIdle = false;
        if (reader.exhausted()) {
            endEvents();
        } else {
            phase = Phase.EVENTS;
        }
    }

    private void endEvents() {
        if (updatedInStep && costs.drainCycles() > 0) {
            phase = Phase.DRAIN;
            left = costs.drainCycles();
        } else {
            afterEvents();
        }
    }

    private void afterEvents() {
        neurons.endWindow();
        if (run.biased()) {
            int words = Math.ceilDiv(4 * tile.channels(), format.wordBytes());
            array.count(Counter.WEIGHT_READS, words);
            array.count(Counter.TICKS, tile.size());
            neurons.bias(run.biases());
            phase = Phase.BIASES;
            left = Math.ceilDiv(words, format.banks());
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
        fired.clear();
        neurons.compare(step + mode.delay(), fired);
        array.count(Counter.COMPARES, tile.size());
        array.countReadAndWrite(tile.size());
        dropLateSpikes();
        phase = Phase.COMPARE;
        left = costs.leakSweep(tile.size());
        rowsSwept = 0;
        nextFired = 0;
    }

    private void dropLateSpikes() {
        if (step + mode.delay() > run.to()) {
            fired.clear();
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
        if (spikeStallsLeft == 0 && writer.empty()) {
            phase = Phase.DONE;
        }
    }

    /** Second phase of a cycle; LIF-15 says when the array stands still for spikes. */
    void step() {
        array.count(Counter.SPIKE_WRITES, writer.move());
        boolean still = spikeStallsLeft > 0 || !writer.ready() || phase == Phase.FINISH;
        if (phase == Phase.EVENTS) {
            stepEvents(still);
        } else if (!still) {
            stepOther();
        }
        if (still) {
            spikeStallsLeft = Math.max(0, spikeStallsLeft - 1);
            array.stall(Stall.ARBITER);
        }
        if (phase == Phase.FINISH) {
            endIfWritten();
        }
    }

    private void stepEvents(boolean still) {
        if (!still && left == 0 && reader.held()) {
            beginEvent(reader.take());
        }
        boolean fetched = reader.fetch();
        if (fetched) {
            array.count(Counter.SPIKE_READS, 1);
        }
        if (still) {
            return;
        }
        if (left > 0) {
            spendOnEvent();
        } else if (fetched) {
            array.busy();
            fetchedIdle = true;
        } else {
            array.stall(Stall.SPIKE_PORT);
        }
        if (left == 0 && working) {
            working = false;
            latchAll();
        }
        if (left == 0 && reader.exhausted()) {
            endEvents();
        }
    }

    private void beginEvent(int event) {
        FanOutCost cost = timing.measure(event);
        left = costs.event(cost.cycles(), fetchedIdle);
        fetchedIdle = false;
        working = true;
        potentialStallsLeft = cost.potentialStalls();
        weightStallsLeft = cost.weightStalls();
        updatedInStep |= cost.updates() > 0;
        array.count(Counter.EVENTS, 1);
        array.count(Counter.UPDATES, cost.updates());
        array.count(Counter.WEIGHT_READS, cost.words());
        array.countReadAndWrite(cost.updates());
        fired.clear();
        nextFired = 0;
        if (mode.eachEvent()) {
            neurons.arrive(event, run.weights(), run.shift(), fired);
            array.count(Counter.COMPARES, cost.updates());
            dropLateSpikes();
        }
    }

    private void spendOnEvent() {
        left--;
        if (potentialStallsLeft > 0) {
            potentialStallsLeft--;
            array.stall(Stall.POTENTIAL_BANK);
        } else if (weightStallsLeft > 0) {
            weightStallsLeft--;
            array.stall(Stall.WEIGHT_BANK);
        } else {
            array.busy();
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
            latchBelow(rowsSwept * costs.sweepWidth());
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

    private void latchAll() {
        latchBelow(Integer.MAX_VALUE);
    }

    /** Latches the spikes of the neurons of the rows swept so far. */
    private void latchBelow(int offset) {
        while (nextFired < fired.size() && fired.get(nextFired) < offset) {
            int event = tile.event(fired.get(nextFired++));
            writer.latch(event, step + mode.delay());
            array.fired(event, step + mode.delay());
            array.count(Counter.FIRED, 1);
            spikeStallsLeft += costs.spikeCycles();
        }
    }
}
