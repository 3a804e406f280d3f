package metronome.hwmodel.mesh;

import java.util.ArrayDeque;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;

/** The buffer at the end of a link: messages in order of arrival. Who sends keeps account of its room. */
final class FlitBuffer {
    private final Grid grid;
    private final int core;
    private final int messageFlits;
    private final Counts counts;
    private final ArrayDeque<HeldMessage> messages = new ArrayDeque<>();

    FlitBuffer(MeshParameters parameters, int core, Counts counts) {
        this.grid = parameters.grid();
        this.core = core;
        this.messageFlits = parameters.messageFlits();
        this.counts = counts;
    }

    void enter(Message message, int index, long now) {
        if (index == 0) {
            messages.add(new HeldMessage(message, grid.branches(core, message.cores()), messageFlits));
        }
        messages.getLast().enter(now);
        counts.count(message.layer(), Counter.BUFFER_WRITES, 1);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The message that has been here longest; only it can leave. */
    HeldMessage head() {
        return messages.getFirst();
    }

    void remove() {
        messages.removeFirst();
    }
}
