package metronome.traces.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A region of a spike buffer. An instruction that reads it is linked with those that have written to it since it was last read before that, with
 * the last few of them if there are many; and one that writes to it while it is being read, step by step, with its reader.
 */
final class Region {
    /** So many writers are remembered. */
    static final int MOST_WRITERS = 16;

    private final SpikeFlows.Links links;
    private final Deque<SpikeFlows.Slice> writers = new ArrayDeque<>();
    private final List<SpikeFlows.Slice> readers = new ArrayList<>();
    private boolean read;

    Region(SpikeFlows.Links links) {
        this.links = links;
    }

    void read(SpikeFlows.Slice reader, long time) {
        writers.forEach(writer -> links.taken(writer, reader, time));
        read = true;
        readers.removeIf(earlier -> !earlier.inFlight());
        readers.add(reader);
    }

    void write(SpikeFlows.Slice writer, long time) {
        if (read) {
            writers.clear();
            read = false;
        }
        if (writers.size() == MOST_WRITERS) {
            writers.removeFirst();
        }
        writers.add(writer);
        readers.stream().filter(SpikeFlows.Slice::inFlight).forEach(reader -> links.followed(writer, reader, time));
    }
}
