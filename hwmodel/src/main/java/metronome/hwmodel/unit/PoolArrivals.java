package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.program.Event;

/** How the events of a region come to the windows that hold them, a cycle for each window and at least one (rules POOL-2 and POOL-3). */
final class PoolArrivals {
    private final ExecutionUnit unit;
    private final SpikeBuffer buffer;
    private final EventReader reader;
    private final EventWriter writer;
    private final PoolWindows windows;
    private final PoolStates states;
    private PoolOperation.PoolSpikes pool;
    private int step;
    private int[] uses = new int[0];

    PoolArrivals(ExecutionUnit unit, SpikeBuffer buffer, EventWriter writer, PoolWindows windows, PoolStates states) {
        this.unit = unit;
        this.buffer = buffer;
        this.reader = new EventReader(buffer, SharedPort.User.POOL);
        this.writer = writer;
        this.windows = windows;
        this.states = states;
    }

    /** Begins with an instruction. */
    void begin(PoolOperation.PoolSpikes started) {
        pool = started;
        windows.begin();
    }

    /** Begins with a step that has events. */
    void beginStep(int at) {
        step = at;
        reader.begin(pool.source(), step);
    }

    /** Says that no other step will follow. */
    void end() {
        reader.end();
    }

    /** Whether all events of the step have come to all their windows. */
    boolean exhausted() {
        return windows.left() == 0 && reader.exhausted();
    }

    /** First phase of a cycle. */
    void request() {
        reader.request(windows.left() == 0);
    }

    /** Second phase of a cycle. */
    void step() {
        takeEvent();
        boolean fetched = reader.fetch();
        if (fetched) {
            unit.count(Counter.SPIKE_READS, 1);
        }
        if (windows.left() > 0) {
            if (writer.ready()) {
                unit.busy();
                arrive(windows.next());
            } else {
                unit.stall(Stall.ARBITER);
            }
        } else if (fetched) {
            unit.busy();
        } else {
            unit.stall(Stall.SPIKE_PORT);
        }
    }

    private void takeEvent() {
        if (windows.left() == 0 && reader.held()) {
            windows.arrive(reader.take());
        }
    }

    private void arrive(int window) {
        if (window == PoolWindows.NONE) {
            return;
        }
        unit.count(Counter.POOL_UPDATES, 1);
        if (!pool.counting()) {
            states.spike(window, step);
        } else if (states.count(window) == windows.present(window)) {
            emit(window);
        }
    }

    private void emit(int window) {
        int output = windows.output(window);
        writer.latch(Event.raised(output, pool.raise()), step);
        unit.fired(output, step);
    }

    /** As {@link Clocked#disturbed}. */
    boolean disturbed() {
        SharedPort port = buffer.readPort();
        boolean foretold = port.first(SharedPort.User.POOL) && port.planned(SharedPort.User.POOL);
        return !port.alone(SharedPort.User.POOL) && !foretold || buffer.beingWritten(pool.source());
    }

    /** For how many cycles it is quiet: as many as events are left to read; who reads after the unit must know when it does. */
    int quiet() {
        SharedPort port = buffer.readPort();
        if (pool.counting() || buffer.beingWritten(pool.source()) || !port.first(SharedPort.User.POOL)) {
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

    /** Goes through quiet cycles. Each event takes one at least, so that as many as there are events left lie within the step. */
    void skip(long cycles) {
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
        unit.count(Counter.SPIKE_READS, before - reader.left());
        unit.count(Counter.POOL_UPDATES, updates);
        unit.busy(cycles);
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
        unit.count(Counter.POOL_UPDATES, updates);
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
