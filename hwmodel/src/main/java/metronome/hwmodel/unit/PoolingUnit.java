package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** The pooling unit (rules POOL-1 to POOL-5). */
public final class PoolingUnit extends ExecutionUnit {
    private final PoolArrivals arrivals;
    private final EventWriter writer;
    private final SpikeBuffer buffer;
    private final Storage activations;
    private final int lanes;
    private final PoolStates states;
    private final PoolWindows windows = new PoolWindows();
    /** Those that are emitted in a cycle. */
    private final EventList emitted = new EventList();
    private Operation operation;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;
    private int row;

    /** What the unit is doing within an instruction. */
    private enum Phase {
        CLEAR, ARRIVALS, EMIT, FLUSH, BYTES, DONE
    }

    /**
     * Creates a unit at rest.
     *
     * @param target gives lanes, entries and widths
     * @param surroundings what units share
     * @param buffer the spike buffer
     * @param activations the bytes of the spike buffer when the tensor core uses it
     */
    public PoolingUnit(Target target, Surroundings surroundings, SpikeBuffer buffer, Storage activations) {
        super(Component.POOL, surroundings);
        this.lanes = target.count(TargetField.POOL_LANES);
        this.writer = new EventWriter(buffer, SharedPort.User.POOL, lanes, target.count(TargetField.ARBITER_WIDTH));
        this.buffer = buffer;
        this.activations = activations;
        this.states = new PoolStates(target.count(TargetField.POOL_ENTRIES));
        this.arrivals = new PoolArrivals(this, buffer, writer, windows, states);
    }

    @Override
    public void request() {
        writer.request();
        if (executing() && phase == Phase.ARRIVALS) {
            arrivals.request();
        }
    }

    @Override
    boolean start(Operation started) {
        operation = started;
        switch ((PoolOperation) started) {
            case PoolOperation.PoolShape s -> windows.shape(s);
            case PoolOperation.PoolTile t -> windows.tile(t);
            case PoolOperation.PoolSpikes p -> beginSpikes(p);
            case PoolOperation.PoolMax m -> beginMax(m);
        }
        return phase != Phase.DONE;
    }

    /** POOL-1: the states of all windows are cleared first. */
    private void beginSpikes(PoolOperation.PoolSpikes p) {
        int size = windows.size();
        if (size == 0 || size > states.most()) {
            throw new DataException("pool.spikes: " + size + " windows are not within 1 to " + states.most()
                    + " (pool.entries)");
        }
        if (p.to() > buffer.steps()) {
            throw new DataException("pool.spikes: step " + p.to() + " is not within 0 to " + buffer.steps());
        }
        arrivals.begin(p);
        states.clear(size, p.counting());
        writer.begin(p.destination());
        phase = Phase.CLEAR;
        left = Math.ceilDiv(size, lanes);
        count(Counter.POOL_SCANS, size);
    }

    private void beginStep(PoolOperation.PoolSpikes p, int first) {
        step = first;
        while (step <= p.to() && buffer.size(p.source(), step) == 0) {
            step++;
        }
        if (step > p.to()) {
            arrivals.end();
            if (!p.keep()) {
                buffer.release(p.source());
            }
            if (p.counting()) {
                phase = Phase.FLUSH;
            } else {
                beginEmission(0);
            }
        } else {
            phase = Phase.ARRIVALS;
            arrivals.beginStep(step);
        }
    }

    private void beginEmission(int at) {
        phase = Phase.EMIT;
        step = at;
        row = 0;
        states.beginEmission(step);
        count(Counter.POOL_SCANS, windows.size());
    }

    /** POOL-5: each lane compares one cell a cycle. */
    private void beginMax(PoolOperation.PoolMax m) {
        Geometry geometry = windows.geometry();
        int outputs = windows.channels() * geometry.outHeight() * geometry.outWidth();
        phase = Phase.BYTES;
        int cells = geometry.kernelHeight() * geometry.kernelWidth();
        left = Math.ceilDiv(outputs, lanes) * cells;
        count(Counter.POOL_UPDATES, (long) outputs * cells);
        count(Counter.SPIKE_READS, Math.ceilDiv(outputs * cells, 4));
        count(Counter.SPIKE_WRITES, Math.ceilDiv(outputs, 4));
        requireRoom(m.input(), geometry.inHeight() * geometry.inWidth() * windows.channels());
        requireRoom(m.output(), outputs);
        BytePooling.maxima(geometry, windows.channels(), activations.bytes(), m.input(), m.output());
    }

    private void requireRoom(int address, int bytes) {
        if ((long) address + bytes > activations.bytes().length) {
            throw new DataException("pool.max: " + bytes + " bytes at " + address + " pass the end of the buffer, "
                    + activations.bytes().length);
        }
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.POOL);
    }

    @Override
    boolean step() {
        count(Counter.SPIKE_WRITES, operation instanceof PoolOperation.PoolSpikes ? writer.move() : 0);
        switch (phase) {
            case CLEAR -> stepClear();
            case ARRIVALS -> stepArrivals((PoolOperation.PoolSpikes) operation);
            case EMIT -> stepEmission((PoolOperation.PoolSpikes) operation);
            case FLUSH -> stall(Stall.ARBITER);
            default -> stepBytes();
        }
        if (phase == Phase.FLUSH && writer.empty()) {
            phase = Phase.DONE;
        }
        return phase == Phase.DONE;
    }

    private void stepClear() {
        busy();
        if (--left == 0) {
            beginStep((PoolOperation.PoolSpikes) operation, 0);
        }
    }

    private void stepBytes() {
        busy();
        if (--left == 0) {
            phase = Phase.DONE;
        }
    }

    private void stepArrivals(PoolOperation.PoolSpikes p) {
        arrivals.step();
        if (arrivals.exhausted()) {
            beginStep(p, step + 1);
        }
    }

    /** POOL-4: for each step all windows are scanned for those whose last spike came then. */
    private void stepEmission(PoolOperation.PoolSpikes p) {
        if (!writer.ready()) {
            stall(Stall.ARBITER);
            return;
        }
        busy();
        int size = windows.size();
        int end = Math.min((row + 1) * lanes, size);
        emitBelow(end, p);
        row++;
        if (end == size && step == p.to()) {
            phase = Phase.FLUSH;
        } else if (end == size) {
            beginEmission(step + 1);
        }
    }

    private void emitBelow(int end, PoolOperation.PoolSpikes p) {
        emitted.clear();
        while (states.nextDue() < end) {
            emitted.add(windows.output(states.takeDue()));
        }
        if (emitted.size() > 0) {
            writer.latch(emitted, p.raise(), step);
            fired(emitted, step);
        }
    }

    @Override
    public boolean disturbed() {
        return executing() && phase == Phase.ARRIVALS && arrivals.disturbed();
    }

    @Override
    boolean streams() {
        return phase == Phase.FLUSH || phase == Phase.EMIT && quietSteps() == 0;
    }

    @Override
    long quietSteps() {
        return switch (phase) {
            case CLEAR, BYTES -> left - 1;
            case ARRIVALS -> arrivals.quiet();
            case EMIT -> writer.empty() ? quietRows() : 0;
            default -> 0;
        };
    }

    /** How many rows can be scanned before one that emits, or the last of the step. */
    private int quietRows() {
        int size = windows.size();
        int rows = Math.ceilDiv(size, lanes);
        return Math.clamp(Math.min(size, states.nextDue()) / lanes - row, 0, Math.max(0, rows - 1 - row));
    }

    @Override
    void skipSteps(long cycles) {
        switch (phase) {
            case ARRIVALS -> arrivals.skip(cycles);
            case EMIT -> {
                busy(cycles);
                row += (int) cycles;
            }
            default -> {
                busy(cycles);
                left -= (int) cycles;
            }
        }
    }
}
