package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Operation;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** The LIF neuron array (rules LIF-1 to LIF-11). */
public final class LifArray extends ExecutionUnit {
    private final Neurons neurons;
    private final EventReader reader;
    private final EventWriter writer;
    private final FanOutTiming timing;
    private final FanOutTable table;
    private final boolean remembering;
    private final StepCost upcoming = new StepCost();
    private final WeightFormat format;
    private final SpikeBuffer buffer;
    private final int sweepWidth;
    private final int potentials;
    private final int weightScratchpad;
    private final int drainCycles;
    private final LifCosts costs;
    private final StepRun run;
    private final boolean lazy;
    private final LazyLeak stamps;
    private final EventList single = new EventList();
    private int lastIntegrated;
    private final EventList fired = new EventList();

    private NeuronParameters parameters = NeuronParameters.NONE;
    private Geometry geometry;
    private int inChannels;
    private Tile tile;
    private Operation operation;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;
    private int potentialStallsLeft;
    private int weightStallsLeft;
    private boolean updatedInStep;
    private boolean fetchedIdle;
    private int row;
    private int nextFired;
    private int spikeStallsLeft;

    /** What the array is doing within an instruction. */
    private enum Phase {
        FETCH_BIASES, SWEEP, EVENTS, DRAIN, DONE
    }

    /**
     * Creates an array at rest.
     *
     * @param target gives lanes, banks and widths
     * @param surroundings what units share
     * @param neurons the data path
     * @param buffer the spike buffer
     * @param remembering whether the costs of events are measured once for each shape of a fan-out
     */
    public LifArray(Target target, Surroundings surroundings, Neurons neurons, SpikeBuffer buffer,
            boolean remembering) {
        super(Component.LIF, surroundings);
        int lanes = target.count(TargetField.LANES);
        int banks = target.count(TargetField.BANKS);
        this.neurons = neurons;
        this.buffer = buffer;
        this.reader = new EventReader(buffer, SharedPort.User.LIF);
        this.writer = new EventWriter(buffer, SharedPort.User.LIF, target.count(TargetField.FIRE_QUEUE),
                target.count(TargetField.ARBITER_WIDTH));
        this.format = new WeightFormat(TargetRules.weightBytes(target),
                target.count(TargetField.WEIGHT_WORD), target.count(TargetField.WEIGHT_BANKS));
        this.costs = LifCosts.of(target);
        this.timing = new FanOutTiming(lanes, banks, costs.updateCycles(), format, target.count(TargetField.WEIGHT_BYTES));
        this.table = new FanOutTable(timing, format);
        this.remembering = remembering;
        this.sweepWidth = costs.sweepWidth();
        this.weightScratchpad = target.count(TargetField.WEIGHT_BYTES);
        this.potentials = target.count(TargetField.POTENTIALS);
        this.drainCycles = costs.drainCycles();
        this.lazy = TargetRules.leakPolicy(target).lazy();
        this.stamps = new LazyLeak(neurons, potentials, target.count(TargetField.POWER_ENTRIES));
        this.run = new StepRun(this, neurons, reader, writer, timing, costs, format, buffer);
    }

    @Override
    public void request() {
        writer.request();
        if (executing() && operation instanceof Operation.Run) {
            run.request();
        } else if (executing() && phase == Phase.EVENTS) {
            reader.request(left == 0);
        }
    }

    @Override
    boolean start(Operation started) {
        operation = started;
        switch ((Operation.Lif) started) {
            case Operation.LifShape s -> {
                geometry = new Geometry(s.inHeight(), s.inWidth(), s.outHeight(), s.outWidth(), s.kernelHeight(),
                        s.kernelWidth(), s.stride(), s.padding());
                inChannels = s.inChannels();
                tile = null;
            }
            case Operation.LifGroups g -> {
                geometry = geometry().with(g);
                tile = null;
            }
            case Operation.LifTile t -> chooseTile(t);
            case Operation.LifNeuron n -> setParameters(parameters.with(n));
            case Operation.LifGate g -> setParameters(parameters.with(g));
            case Operation.LifMode m -> setParameters(parameters.with(m));
            case Operation.Clear _ -> {
                count(Counter.POTENTIAL_WRITES, tile().size());
                neurons.clear();
                stamps.clear(tile);
                beginSweep();
            }
            case Operation.Integrate i -> beginIntegration(i);
            case Operation.Bias b -> beginBias(b);
            case Operation.Fire f -> {
                requireSteps("lif.fire", f.from(), f.to());
                tile();
                writer.begin(f.region());
                beginStepOfFire(f, f.from());
            }
            case Operation.ReadOut r -> beginReadOut(r);
            case Operation.Run r -> {
                beginRun(r);
                return !run.done();
            }
        }
        return phase != Phase.DONE;
    }

    private void setParameters(NeuronParameters changed) {
        parameters = changed;
        neurons.parameters(changed);
    }

    private Geometry geometry() {
        if (geometry == null || geometry.stride() == 0) {
            throw new DataException("lif.tile before a lif.shape with a stride");
        }
        return geometry;
    }

    private void chooseTile(Operation.LifTile t) {
        tile = Tile.of(geometry(), t);
        if (tile.size() == 0 || (long) tile.base() + tile.size() > potentials || tile.endRow() > geometry.outHeight()) {
            throw new DataException("lif.tile: " + tile.size() + " potentials from " + tile.base() + " do not fit into "
                    + potentials + " (lif.potentials), or rows up to " + tile.endRow() + " into "
                    + geometry.outHeight());
        }
        neurons.tile(tile, layer());
    }

    private void beginSweep() {
        phase = Phase.SWEEP;
        left = costs.sweep(tile.size());
    }

    private Tile tile() {
        if (tile == null) {
            throw new DataException("a lif instruction before lif.tile");
        }
        return tile;
    }

    private void requireWeights(String instruction, long address, long bytes) {
        if (address + bytes > weightScratchpad) {
            throw new DataException(instruction + ": " + bytes + " bytes at " + address
                    + " pass the end of the weight scratchpad, " + weightScratchpad);
        }
    }

    private void requireSteps(String instruction, int from, int to) {
        if (from > to || to > buffer.steps()) {
            throw new DataException(instruction + ": steps " + from + " to " + to + " are not within 0 to "
                    + buffer.steps());
        }
    }

    private long weightBytes() {
        return (long) geometry.kernelHeight() * geometry.kernelWidth() * tile().channels() * format.bytes()
                * Math.min(inChannels, geometry.groupInputs());
    }

    private void beginRun(Operation.Run r) {
        requireWeights("lif.run", r.weights(), weightBytes());
        requireWeights("lif.run", r.biases(), r.biased() ? 4L * tile().channels() : 0);
        requireSteps("lif.run", 0, r.to());
        run.begin(r, parameters.mode(), tile(), inChannels);
    }

    private void beginIntegration(Operation.Integrate i) {
        requireWeights("lif.integrate", i.weights(), weightBytes());
        requireSteps("lif.integrate", i.from(), i.to());
        lastIntegrated = i.to();
        if (remembering) {
            table.tile(tile, inChannels, i.weights());
        } else {
            timing.tile(tile, i.weights());
        }
        step = i.from();
        beginStep(i);
    }

    /** LIF-3: a step after the first of a window begins with a leak sweep, then come its events. */
    private void beginStep(Operation.Integrate i) {
        updatedInStep = false;
        if (step > 0 && !lazy) {
            neurons.leak();
            phase = Phase.SWEEP;
            left = costs.leakSweep(tile.size());
            count(Counter.LEAKS, tile.size());
            countReadAndWrite(tile.size());
        } else {
            beginEvents(i);
        }
    }

    private void beginEvents(Operation.Integrate i) {
        reader.begin(i.region(), step);
        for (int n = 0; n < reader.left(); n++) {
            geometry.require(buffer.event(i.region(), step, n), inChannels);
        }
        if (!lazy) {
            neurons.integrate(buffer.events(i.region(), step), reader.left(), i.weights(), i.shift());
        }
        left = 0;
        fetchedIdle = false;
        if (reader.exhausted()) {
            endStep(i);
        } else {
            phase = Phase.EVENTS;
        }
    }

    /** LIF-6: what was added in a step is written before the next sweep reads it. */
    private void endEvents(Operation.Integrate i) {
        if (updatedInStep && drainCycles > 0) {
            phase = Phase.DRAIN;
            left = drainCycles;
        } else {
            endStep(i);
        }
    }

    private void endStep(Operation.Integrate i) {
        if (step == i.to()) {
            phase = Phase.DONE;
            neurons.endWindow();
            if (i.release()) {
                buffer.release(i.region());
            }
        } else {
            step++;
            beginStep(i);
        }
    }

    private void beginBias(Operation.Bias b) {
        requireWeights("lif.bias", b.biases(), 4L * tile().channels());
        if (lazy) {
            stamps.settle(tile, lastIntegrated);
            countStamps(tile.size());
        }
        neurons.bias(b.biases());
        int words = Math.ceilDiv(4 * tile.channels(), format.wordBytes());
        count(Counter.WEIGHT_READS, words);
        count(Counter.TICKS, tile.size());
        countReadAndWrite(tile.size());
        phase = Phase.FETCH_BIASES;
        left = Math.ceilDiv(words, format.banks());
    }

    private void beginStepOfFire(Operation.Fire f, int at) {
        step = at;
        row = 0;
        nextFired = 0;
        fired.clear();
        int before = neurons.live();
        neurons.fire(new FireWindow(f.from(), f.to(), f.flush()), step, fired);
        int ticked = neurons.live() + fired.size();
        count(Counter.TICKS, ticked);
        count(Counter.LEAKS, step == 0 ? 0 : ticked);
        count(Counter.COMPARES, step == 0 && parameters.silent() ? before + ticked : ticked);
        count(Counter.POTENTIAL_READS, before);
        count(Counter.POTENTIAL_WRITES, ticked);
        beginSweep();
    }

    private void beginReadOut(Operation.ReadOut r) {
        tile();
        neurons.lowest(r.first());
        writer.begin(r.region());
        count(Counter.COMPARES, tile.size());
        count(Counter.POTENTIAL_READS, tile.size());
        beginSweep();
    }

    void countReadAndWrite(long times) {
        count(Counter.POTENTIAL_READS, times);
        count(Counter.POTENTIAL_WRITES, times);
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.LIF);
    }

    @Override
    boolean step() {
        switch (operation) {
            case Operation.Integrate i -> stepIntegration(i);
            case Operation.Fire f -> stepFire(f);
            case Operation.ReadOut r -> stepReadOut(r);
            case Operation.Run _ -> {
                run.step();
                return run.done();
            }
            default -> stepSweep();
        }
        return phase == Phase.DONE;
    }

    private void stepSweep() {
        busy();
        if (--left == 0) {
            if (phase == Phase.FETCH_BIASES) {
                beginSweep();
                left += lazy ? stamps.extraCycles() : 0;
            } else {
                phase = Phase.DONE;
            }
        }
    }

    private void stepIntegration(Operation.Integrate i) {
        switch (phase) {
            case SWEEP -> {
                busy();
                if (--left == 0) {
                    beginEvents(i);
                }
            }
            case DRAIN -> {
                stall(Stall.DRAIN);
                if (--left == 0) {
                    endStep(i);
                }
            }
            default -> stepEvents(i);
        }
    }

    private void stepEvents(Operation.Integrate i) {
        if (left == 0 && reader.held()) {
            int event = reader.take();
            beginEvent(cost(event));
            if (lazy) {
                touch(event, i);
            }
        }
        boolean fetched = reader.fetch();
        if (fetched) {
            count(Counter.SPIKE_READS, 1);
        }
        if (left > 0) {
            spendOnEvent(1);
        } else if (fetched) {
            busy();
            fetchedIdle = true;
        } else {
            stall(Stall.SPIKE_PORT);
        }
        if (left == 0 && reader.exhausted()) {
            endEvents(i);
        }
    }

    private FanOutCost cost(int event) {
        return remembering ? table.cost(event) : timing.measure(event);
    }

    /** LIF-17: what an event reaches leaks first. */
    private void touch(int event, Operation.Integrate i) {
        stamps.touch(tile, event, step);
        countStamps(cost(event).updates());
        left += stamps.extraCycles();
        single.clear();
        single.add(event);
        neurons.integrate(single, 1, i.weights(), i.shift());
        neurons.endWindow();
    }

    private void countStamps(int touched) {
        count(Counter.STAMP_READS, touched);
        count(Counter.STAMP_WRITES, stamps.changed());
        count(Counter.LEAKS, stamps.multiplications());
    }

    private void beginEvent(FanOutCost cost) {
        left = costs.event(cost.cycles(), fetchedIdle);
        fetchedIdle = false;
        potentialStallsLeft = cost.potentialStalls();
        weightStallsLeft = cost.weightStalls();
        updatedInStep |= cost.updates() > 0;
        count(Counter.EVENTS, 1);
        count(Counter.UPDATES, cost.updates());
        count(Counter.WEIGHT_READS, cost.words());
        countReadAndWrite(cost.updates());
    }

    /** Stalls come first, those for potentials before those for weights. */
    private void spendOnEvent(int cycles) {
        left -= cycles;
        int forPotentials = Math.min(cycles, potentialStallsLeft);
        int forWeights = Math.min(cycles - forPotentials, weightStallsLeft);
        potentialStallsLeft -= forPotentials;
        weightStallsLeft -= forWeights;
        stall(Stall.POTENTIAL_BANK, forPotentials);
        stall(Stall.WEIGHT_BANK, forWeights);
        busy(cycles - forPotentials - forWeights);
    }

    private void stepFire(Operation.Fire f) {
        moveEvents();
        if (!writer.ready() || spikeStallsLeft > 0) {
            spikeStallsLeft = Math.max(0, spikeStallsLeft - 1);
            stall(Stall.ARBITER);
        } else if (left > 0) {
            busy();
            left--;
            if (left % costs.updateCycles() == 0) {
                latchRow(f.raise());
            }
            if (left == 0 && step < f.to()) {
                beginStepOfFire(f, step + 1);
            }
        } else {
            stall(Stall.ARBITER);
        }
        if (left == 0 && writer.empty() && spikeStallsLeft == 0) {
            phase = Phase.DONE;
        }
    }

    private void latchRow(int raise) {
        row++;
        while (nextFired < fired.size() && fired.get(nextFired) < row * sweepWidth) {
            int event = tile.event(fired.get(nextFired++));
            writer.latch(Event.raised(event, raise), step);
            fired(event, step);
            count(Counter.FIRED, 1);
            spikeStallsLeft += costs.spikeCycles();
        }
    }

    private void moveEvents() {
        count(Counter.SPIKE_WRITES, writer.move());
    }

    private void stepReadOut(Operation.ReadOut r) {
        moveEvents();
        if (left > 0) {
            busy();
            if (--left == 0 && r.last()) {
                writer.latch(neurons.lowestEvent(), 0);
                count(Counter.FIRED, 1);
            }
        } else {
            stall(Stall.ARBITER);
        }
        if (left == 0 && writer.empty()) {
            phase = Phase.DONE;
        }
    }

    @Override
    public boolean disturbed() {
        return operation instanceof Operation.Integrate i && executing()
                && (!buffer.readPort().alone(SharedPort.User.LIF) || buffer.beingWritten(i.region()));
    }

    @Override
    long quietSteps() {
        return switch (operation) {
            case Operation.Integrate i -> remembering && !lazy && costs.eventOverhead() == 0 && !disturbed() ? stepsLeft(i) - 1 : 0;
            case Operation.Fire _ -> writer.empty() && spikeStallsLeft == 0 && costs.updateCycles() == 1 ? quietRows() : 0;
            case Operation.Run _ -> 0;
            case Operation.ReadOut _ -> writer.empty() ? Math.max(0, left - 1) : 0;
            default -> left - 1;
        };
    }

    /** How many rows can be swept before one that fires, or the last. */
    private int quietRows() {
        int fires = nextFired < fired.size() ? fired.get(nextFired) / sweepWidth - row : left - 1;
        return Math.clamp(fires, 0, Math.max(0, left - 1));
    }

    /** How many steps the integration still takes if nothing disturbs it. */
    private long stepsLeft(Operation.Integrate i) {
        long steps = stepsLeftInStep(i);
        for (int k = step + 1; k <= i.to(); k++) {
            steps += costs.leakSweep(tile.size()) + eventSteps(i, k);
        }
        return steps;
    }

    private long stepsLeftInStep(Operation.Integrate i) {
        return switch (phase) {
            case SWEEP -> left + eventSteps(i, step);
            case DRAIN -> left;
            default -> {
                upcoming.measure(table, buffer.events(i.region(), step), reader.next(), reader.next() + reader.left());
                FanOutCost held = reader.held() ? table.cost(reader.event()) : FanOutCost.NONE;
                boolean bubble = left == 0 && !reader.held() && reader.left() > 0;
                boolean updates = updatedInStep || held.updates() + upcoming.updates() > 0;
                yield left + held.cycles() + upcoming.cycles() + (bubble ? 1 : 0) + (updates ? drainCycles : 0);
            }
        };
    }

    private long eventSteps(Operation.Integrate i, int k) {
        EventList events = buffer.events(i.region(), k);
        upcoming.measure(table, events, 0, events.size());
        return events.size() == 0 ? 0 : 1 + upcoming.cycles() + (upcoming.updates() > 0 ? drainCycles : 0);
    }

    @Override
    void skipSteps(long cycles) {
        if (operation instanceof Operation.Integrate i) {
            skipIntegration(i, cycles);
        } else {
            busy(cycles);
            left -= (int) cycles;
            row += (int) cycles;
        }
    }

    private void skipIntegration(Operation.Integrate i, long cycles) {
        long rest = cycles;
        while (rest > 0) {
            rest -= switch (phase) {
                case SWEEP -> skipSweep(i, rest);
                case DRAIN -> skipDrain(i, rest);
                default -> skipEvents(i, rest);
            };
        }
    }

    private long skipSweep(Operation.Integrate i, long most) {
        long steps = Math.min(most, left);
        busy(steps);
        left -= (int) steps;
        if (left == 0) {
            beginEvents(i);
        }
        return steps;
    }

    private long skipDrain(Operation.Integrate i, long most) {
        long steps = Math.min(most, left);
        stall(Stall.DRAIN, steps);
        left -= (int) steps;
        if (left == 0) {
            endStep(i);
        }
        return steps;
    }

    /** All events of a step at once, if they have not begun and end in time; else one by one. */
    private long skipEvents(Operation.Integrate i, long most) {
        if (reader.next() == 0) {
            upcoming.measure(table, buffer.events(i.region(), step), 0, reader.left());
            if (upcoming.cycles() < most) {
                spendOnEvents(upcoming);
                reader.end();
                endEvents(i);
                return 1 + upcoming.cycles();
            }
        }
        return skipEvent(i, most);
    }

    private void spendOnEvents(StepCost cost) {
        updatedInStep |= cost.updates() > 0;
        busy(1 + cost.cycles() - cost.potentialStalls() - cost.weightStalls());
        stall(Stall.POTENTIAL_BANK, cost.potentialStalls());
        stall(Stall.WEIGHT_BANK, cost.weightStalls());
        count(Counter.SPIKE_READS, cost.events());
        count(Counter.EVENTS, cost.events());
        count(Counter.UPDATES, cost.updates());
        count(Counter.WEIGHT_READS, cost.words());
        countReadAndWrite(cost.updates());
    }

    private long skipEvent(Operation.Integrate i, long most) {
        if (left == 0 && reader.held()) {
            beginEvent(cost(reader.take()));
        }
        boolean fetched = !reader.held() && reader.left() > 0;
        if (fetched) {
            reader.fetchAlone();
            count(Counter.SPIKE_READS, 1);
        }
        long steps = Math.min(most, left);
        if (left > 0) {
            spendOnEvent((int) steps);
        } else {
            busy(1);
            steps = 1;
        }
        if (left == 0 && reader.exhausted()) {
            endEvents(i);
        }
        return steps;
    }
}
