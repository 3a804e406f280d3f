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
    private final WeightFormat format;
    private final SpikeBuffer buffer;
    private final int sweepWidth;
    private final int potentials;
    private final int weightScratchpad;
    private final int drainCycles;
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
    private int row;
    private int nextFired;

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
     */
    public LifArray(Target target, Surroundings surroundings, Neurons neurons, SpikeBuffer buffer) {
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
        this.timing = new FanOutTiming(lanes, banks, format, target.count(TargetField.WEIGHT_BYTES));
        this.sweepWidth = Math.min(lanes, banks);
        this.weightScratchpad = target.count(TargetField.WEIGHT_BYTES);
        this.potentials = target.count(TargetField.POTENTIALS);
        this.drainCycles = target.count(TargetField.PIPELINE) - 1;
    }

    @Override
    public void request() {
        writer.request();
        if (executing() && phase == Phase.EVENTS) {
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
            case Operation.LifTile t -> chooseTile(t);
            case Operation.LifNeuron n -> setParameters(parameters.with(n));
            case Operation.LifGate g -> setParameters(parameters.with(g));
            case Operation.Clear _ -> {
                count(Counter.POTENTIAL_WRITES, tile().size());
                neurons.clear();
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
        }
        return phase != Phase.DONE;
    }

    private void setParameters(NeuronParameters changed) {
        parameters = changed;
        neurons.parameters(changed);
    }

    private void chooseTile(Operation.LifTile t) {
        if (geometry == null || geometry.stride() == 0) {
            throw new DataException("lif.tile before a lif.shape with a stride");
        }
        tile = Tile.of(geometry, t);
        if (tile.size() == 0 || (long) tile.base() + tile.size() > potentials || tile.endRow() > geometry.outHeight()) {
            throw new DataException("lif.tile: " + tile.size() + " potentials from " + tile.base() + " do not fit into "
                    + potentials + " (lif.potentials), or rows up to " + tile.endRow() + " into "
                    + geometry.outHeight());
        }
        neurons.tile(tile, layer());
    }

    private void beginSweep() {
        phase = Phase.SWEEP;
        left = Math.ceilDiv(tile.size(), sweepWidth);
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

    private void beginIntegration(Operation.Integrate i) {
        long perInput = (long) geometry.kernelHeight() * geometry.kernelWidth() * tile().channels() * format.bytes();
        requireWeights("lif.integrate", i.weights(), perInput * inChannels);
        requireSteps("lif.integrate", i.from(), i.to());
        timing.tile(tile, i.weights());
        step = i.from();
        beginStep(i);
    }

    /** LIF-3: a step after the first of a window begins with a leak sweep, then come its events. */
    private void beginStep(Operation.Integrate i) {
        updatedInStep = false;
        if (step > 0) {
            neurons.leak();
            beginSweep();
            count(Counter.LEAKS, tile.size());
            countReadAndWrite(tile.size());
        } else {
            beginEvents(i);
        }
    }

    private void beginEvents(Operation.Integrate i) {
        reader.begin(i.region(), step);
        left = 0;
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
        neurons.fire(step, f.flush() && step == f.to(), fired);
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

    private void countReadAndWrite(int times) {
        count(Counter.POTENTIAL_READS, times);
        count(Counter.POTENTIAL_WRITES, times);
    }

    @Override
    boolean step() {
        switch (operation) {
            case Operation.Integrate i -> stepIntegration(i);
            case Operation.Fire f -> stepFire(f);
            case Operation.ReadOut r -> stepReadOut(r);
            default -> stepSweep();
        }
        return phase == Phase.DONE;
    }

    private void stepSweep() {
        busy();
        if (--left == 0) {
            if (phase == Phase.FETCH_BIASES) {
                beginSweep();
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
            beginEvent(geometry.require(reader.take(), inChannels), i);
        }
        boolean fetched = reader.fetch();
        if (fetched) {
            count(Counter.SPIKE_READS, 1);
        }
        if (left > 0) {
            spendOnEvent();
        } else if (fetched) {
            busy();
        } else {
            stall(Stall.SPIKE_PORT);
        }
        if (left == 0 && reader.exhausted()) {
            endEvents(i);
        }
    }

    private void beginEvent(int event, Operation.Integrate i) {
        timing.measure(event);
        neurons.integrate(event, i.weights(), i.shift());
        left = timing.cycles();
        potentialStallsLeft = timing.potentialStalls();
        weightStallsLeft = timing.weightStalls();
        updatedInStep |= timing.updates() > 0;
        count(Counter.EVENTS, 1);
        count(Counter.UPDATES, timing.updates());
        count(Counter.WEIGHT_READS, timing.words());
        countReadAndWrite(timing.updates());
    }

    private void spendOnEvent() {
        left--;
        if (potentialStallsLeft > 0) {
            potentialStallsLeft--;
            stall(Stall.POTENTIAL_BANK);
        } else if (weightStallsLeft > 0) {
            weightStallsLeft--;
            stall(Stall.WEIGHT_BANK);
        } else {
            busy();
        }
    }

    private void stepFire(Operation.Fire f) {
        moveEvents();
        if (!writer.ready()) {
            stall(Stall.ARBITER);
        } else if (left > 0) {
            busy();
            latchRow(f.raise());
            left--;
            if (left == 0 && step < f.to()) {
                beginStepOfFire(f, step + 1);
            }
        } else {
            stall(Stall.ARBITER);
        }
        if (left == 0 && writer.empty()) {
            phase = Phase.DONE;
        }
    }

    private void latchRow(int raise) {
        row++;
        while (nextFired < fired.size() && fired.get(nextFired) < row * sweepWidth) {
            int offset = fired.get(nextFired++);
            int event = Event.of(tile.channel(offset), tile.row(offset), tile.column(offset));
            writer.latch(Event.raised(event, raise), step);
            fired(event, step);
            count(Counter.FIRED, 1);
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
}
