package metronome.traces.edit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TracePart;

/** Events of a part one after the other, of which those of one block are held at a time. */
final class EventCursor implements Iterator<ChipEvent> {
    private final TracePart part;
    private final Iterator<TraceBlock> blocks;
    private final Predicate<ChipEvent> wanted;
    private final List<ChipEvent> events = new ArrayList<>();
    private int at;

    /**
     * Begins before the first event.
     *
     * @param blocks in which events are looked for
     * @param wanted which of them
     */
    EventCursor(TracePart part, List<TraceBlock> blocks, Predicate<ChipEvent> wanted) {
        this.part = part;
        this.blocks = blocks.iterator();
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        while (at == events.size() && blocks.hasNext()) {
            events.clear();
            at = 0;
            part.read(blocks.next(), event -> {
                if (wanted.test(event)) {
                    events.add(event);
                }
            });
        }
        return at < events.size();
    }

    @Override
    public ChipEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return events.get(at++);
    }
}
