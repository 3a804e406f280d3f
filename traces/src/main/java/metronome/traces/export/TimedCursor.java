package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.TraceBlock;

/** Goes through some blocks, of which it holds one at a time; a block is read when its first event may be the next one. */
final class TimedCursor implements Comparable<TimedCursor> {
    private final ExportSource source;
    private final ToLongFunction<ChipEvent> clock;
    private final List<TraceBlock> blocks;
    private final int rank;
    private int next;
    private List<ChipEvent> events;
    private int at;
    private long time;
    private long before;

    /**
     * @param first come before those of the blocks
     * @param rank of equal times the lower one comes first
     */
    TimedCursor(ExportSource source, List<ChipEvent> first, List<TraceBlock> blocks, int rank) {
        this.source = source;
        this.clock = source.clock();
        this.blocks = blocks;
        this.rank = rank;
        this.events = first;
        seek();
    }

    /** Whether there may be another event. */
    boolean more() {
        return loaded() || next < blocks.size();
    }

    /** Whether the next event is there; otherwise it has to be {@link #load}ed. */
    boolean loaded() {
        return at < events.size();
    }

    /** Reads the next block. */
    void load() {
        List<ChipEvent> read = new ArrayList<>();
        source.draw(blocks.get(next++), read::add);
        events = read;
        at = 0;
        seek();
    }

    /** Gives the next event and goes on. */
    void take(Consumer<ChipEvent> to) {
        ChipEvent event = events.get(at++);
        if (at == events.size()) {
            events = List.of();
            at = 0;
        }
        to.accept(event);
        seek();
    }

    /** The time of the next event, or before it if it is not there yet. */
    long time() {
        return time;
    }

    private void seek() {
        if (loaded()) {
            seek(events.get(at));
        } else if (next < blocks.size()) {
            time = Math.max(time, blocks.get(next).firstCycle());
        }
    }

    private void seek(ChipEvent event) {
        long when = clock.applyAsLong(event);
        if (when < before) {
            throw new DataException("events of the stream " + event.stream().label() + " are not in the order of time: " + when
                    + " comes after " + before);
        }
        before = when;
        time = when;
    }

    @Override
    public int compareTo(TimedCursor other) {
        return time != other.time ? Long.compare(time, other.time) : Integer.compare(rank, other.rank);
    }
}
