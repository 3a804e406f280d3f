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
    private final EventReader reader;
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
    private int[] uses = new int[0];

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
        this.reader = new EventReader(buffer, SharedPort.User.POOL);
        this.lanes = target.count(TargetField.POOL_LANES);
        this.writer = new EventWriter(buffer, SharedPort.User.POOL, lanes, target.count(TargetField.ARBITER_WIDTH));
        this.buffer = buffer;
        this.activations = activations;
        this.states = new PoolStates(target.count(TargetField.POOL_ENTRIES));
    }

    @Override
    public void request() {
        writer.request();
        if (executing() && phase == Phase.ARRIVALS) {
            reader.request(windows.left() == 0);
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
        windows.begin();
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
            reader.end();
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
            reader.begin(p.source(), step);
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

    /** POOL-2 and POOL-3: an event costs a cycle for each window that holds it, and at least one. */
    private void stepArrivals(PoolOperation.PoolSpikes p) {
        takeEvent();
        boolean fetched = reader.fetch();
        if (fetched) {
            count(Counter.SPIKE_READS, 1);
        }
        if (windows.left() > 0) {
            if (writer.ready()) {
                busy();
                arrive(windows.next(), p);
            } else {
                stall(Stall.ARBITER);
            }
        } else if (fetched) {
            busy();
        } else {
            stall(Stall.SPIKE_PORT);
        }
        if (windows.left() == 0 && reader.exhausted()) {
            beginStep(p, step + 1);
        }
    }

    private void takeEvent() {
        if (windows.left() == 0 && reader.held()) {
            windows.arrive(reader.take());
        }
    }

    private void arrive(int window, PoolOperation.PoolSpikes p) {
        if (window == PoolWindows.NONE) {
            return;
        }
        count(Counter.POOL_UPDATES, 1);
        if (!p.counting()) {
            states.spike(window, step);
        } else if (states.count(window) == windows.present(window)) {
            emit(window, p);
        }
    }

    private void emit(int window, PoolOperation.PoolSpikes p) {
        int output = windows.output(window);
        writer.latch(Event.raised(output, p.raise()), step);
        fired(output, step);
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
        SharedPort port = buffer.readPort();
        return executing() && phase == Phase.ARRIVALS && operation instanceof PoolOperation.PoolSpikes p
                && (!port.alone(SharedPort.User.POOL)
                        && !(port.first(SharedPort.User.POOL) && port.planned(SharedPort.User.POOL))
                        || buffer.beingWritten(p.source()));
    }

    @Override
    boolean streams() {
        return phase == Phase.FLUSH || phase == Phase.EMIT && quietSteps() == 0;
    }

    @Override
    long quietSteps() {
        return switch (phase) {
            case CLEAR, BYTES -> left - 1;
            case ARRIVALS -> quietArrivals((PoolOperation.PoolSpikes) operation);
            case EMIT -> writer.empty() ? quietRows() : 0;
            default -> 0;
        };
    }

    /** As many cycles as events are left to read; who reads after the unit must know when it does. */
    private int quietArrivals(PoolOperation.PoolSpikes p) {
        SharedPort port = buffer.readPort();
        if (p.counting() || buffer.beingWritten(p.source()) || !port.first(SharedPort.User.POOL)) {
            return 0;
        }
        int cycles = reader.left();
        if (!port.alone(SharedPort.User.POOL) && cycles > 1) {
            int count = planUses(cycles);
            port.plan(SharedPort.User.POOL, cycles, uses, count);
        }
        return cycles;
    }

    /** Finds out in which of the next cycles an event is read; returns how many those are. */
    private int planUses(int cycles) {
        if (uses.length < cycles) {
            uses = new int[2 * cycles];
        }
        int windowsLeft = windows.left();
        int left = cycles;
        int taken = 0;
        int count = 0;
        boolean held = reader.held();
        for (int i = 0; i < cycles; i++) {
            if (windowsLeft == 0 && held) {
                windowsLeft = windows.cycles(reader.ahead(taken++));
                held = false;
            }
            if (!held && left-- > 0) {
                uses[count++] = i;
                held = true;
            }
            windowsLeft = Math.max(0, windowsLeft - 1);
        }
        return count;
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
            case ARRIVALS -> skipArrivals(cycles);
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

    /** Each event takes a cycle at least, so that as many cycles as there are events left lie within the step. */
    private void skipArrivals(long cycles) {
        buffer.readPort().endPlan(SharedPort.User.POOL);
        int before = reader.left();
        long updates = 0;
        long rest = cycles;
        while (rest > 0) {
            rest -= arriveSingly(rest);
            takeEvent();
            if (!reader.held() && reader.left() > 0) {
                reader.fetchAlone();
            }
            int arriving = (int) Math.min(rest, windows.left());
            updates += arriveAll(arriving);
            rest -= Math.max(1, arriving);
        }
        count(Counter.SPIKE_READS, before - reader.left());
        count(Counter.POOL_UPDATES, updates);
        busy(cycles);
    }

    /**
     * Takes events as long as each comes to one window at most, which takes a cycle, but for the last cycle; returns how many. There are as
     * many left as cycles, at least.
     */
    private int arriveSingly(long most) {
        int count = windows.left() == 0 && reader.held() ? (int) most - 1 : 0;
        EventList events = reader.events();
        int first = reader.taken();
        int updates = 0;
        int taken = 0;
        while (taken < count) {
            int window = windows.only(events.get(first + taken));
            if (window == PoolWindows.SEVERAL) {
                break;
            }
            if (window != PoolWindows.NONE) {
                states.spike(window, step);
                updates++;
            }
            taken++;
        }
        reader.takeAlone(taken);
        count(Counter.POOL_UPDATES, updates);
        return taken;
    }

    /** The event at hand comes to so many windows, whose last spike counts; returns how many there are really. */
    private int arriveAll(int arriving) {
        int updates = 0;
        for (int i = 0; i < arriving; i++) {
            int window = windows.next();
            if (window != PoolWindows.NONE) {
                states.spike(window, step);
                updates++;
            }
        }
        return updates;
    }
}
