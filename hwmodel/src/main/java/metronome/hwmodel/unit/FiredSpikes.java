package metronome.hwmodel.unit;

import metronome.core.spiking.EventKind;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/**
 * The way of those that fire: found by the data path, latched when the sweep has come past them, then queue and arbiter.
 * The array stands still while the latch is not empty, and some cycles for each spike (rules LIF-8 to LIF-10, LIF-15).
 */
final class FiredSpikes {
    /** Where the kind of an event stands in the list, above the offset of its neuron. */
    private static final int KIND = 29;
    private static final EventKind[] KINDS = EventKind.values();

    private final ExecutionUnit unit;
    private final EventWriter writer;
    private final LifCosts costs;
    private final EventList found = new EventList();
    private final EventList latching = new EventList();
    private final TileEvents names = new TileEvents();
    private int raise;
    private boolean announces;
    private int next;
    private int stillFor;
    private int closed;

    FiredSpikes(ExecutionUnit unit, EventWriter writer, LifCosts costs) {
        this.unit = unit;
        this.writer = writer;
        this.costs = costs;
    }

    /** Begins an instruction that writes to a region and adds to the channels of what it writes. */
    void begin(Tile of, int region, int raised) {
        names.of(of);
        raise = raised;
        announces = false;
        stillFor = 0;
        closed = -1;
        writer.begin(region);
        clear();
    }

    /** Those that are found announce themselves: their events are of all kinds. */
    void announcing() {
        announces = true;
    }

    /** What stands in the list for an event of the neuron at an offset; for its spike the offset itself. */
    static int found(EventKind kind, int offset) {
        return offset | kind.ordinal() << KIND;
    }

    private int nextOffset() {
        return found.get(next) & (1 << KIND) - 1;
    }

    /** Forgets those that were found; returns the list for others, by their offsets in the tile, ascending. */
    EventList clear() {
        next = 0;
        found.clear();
        return found;
    }

    /** First phase of a cycle. */
    void request() {
        writer.request();
    }

    /** What was queued is written, what was latched is queued; in every cycle, before anything else. */
    void move() {
        unit.count(Counter.SPIKE_WRITES, writer.move());
    }

    /** FIRE-4: closes the steps whose spikes are all written, of those that were swept. */
    void close(int swept) {
        int written = Math.min(swept, writer.pendingStep() - 1);
        if (written > closed) {
            closed = written;
            writer.close(written);
        }
    }

    /** Whether the array stands still in this cycle. */
    boolean still() {
        return stillFor > 0 || !writer.ready();
    }

    /** Cycles for which the array stands still because of the spikes latched so far. */
    int stillFor() {
        return stillFor;
    }

    /** Spends cycles standing still. */
    void stand(long cycles) {
        stillFor = (int) Math.max(0, stillFor - cycles);
        unit.stall(Stall.ARBITER, cycles);
    }

    /** Whether nothing is latched or queued. */
    boolean written() {
        return writer.empty();
    }

    /** Whether nothing is latched or queued and no cycle need be waited for. */
    boolean gone() {
        return stillFor == 0 && writer.empty();
    }

    /** Latches those that were found below an offset, as spikes of a step. */
    void latchBelow(int offset, int step) {
        latching.clear();
        if (announces) {
            latchKindsBelow(offset);
        } else {
            next = names.below(found, next, offset, latching);
        }
        if (latching.size() > 0) {
            writer.latch(latching, raise, step);
            unit.fired(latching, step);
            unit.count(Counter.FIRED, latching.size());
            stillFor += latching.size() * costs.spikeCycles();
        }
    }

    private void latchKindsBelow(int offset) {
        while (next < found.size() && nextOffset() < offset) {
            int neuron = names.event(nextOffset());
            latching.add(Event.ofKind(neuron, KINDS[found.get(next++) >>> KIND]));
        }
    }

    /** The row of a sweep at whose end the next spike is latched; a number above all rows if there is none. */
    int nextRow() {
        return next < found.size() ? nextOffset() / costs.sweepWidth() : Integer.MAX_VALUE;
    }
}
