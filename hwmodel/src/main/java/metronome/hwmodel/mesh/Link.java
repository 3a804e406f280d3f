package metronome.hwmodel.mesh;

import java.util.ArrayDeque;

/** Carries flits into a buffer, and the credits for its room back; each takes the same number of cycles (NOC-6). */
final class Link {
    private record Flit(Message message, int index, long due) {
    }

    private final int cycles;
    private final FlitBuffer buffer;
    private final ArrayDeque<Flit> flits = new ArrayDeque<>();
    private final ArrayDeque<Long> returning = new ArrayDeque<>();
    private int credits;

    Link(int cycles, FlitBuffer buffer, int bufferFlits) {
        this.cycles = cycles;
        this.buffer = buffer;
        this.credits = bufferFlits;
    }

    FlitBuffer buffer() {
        return buffer;
    }

    /** Whether the buffer is known to have room for so many flits. */
    boolean hasRoom(int flits) {
        return credits >= flits;
    }

    boolean carries() {
        return !flits.isEmpty();
    }

    void send(Message message, int index, long now) {
        credits--;
        flits.add(new Flit(message, index, now + cycles));
    }

    /** Says that a flit has left the buffer. */
    void release(long now) {
        returning.add(now + cycles);
    }

    void commit(long now) {
        while (!flits.isEmpty() && flits.getFirst().due() == now) {
            Flit flit = flits.removeFirst();
            buffer.enter(flit.message(), flit.index(), now);
        }
        while (!returning.isEmpty() && returning.getFirst() == now) {
            returning.removeFirst();
            credits++;
        }
    }
}
