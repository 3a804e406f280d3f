package metronome.hwmodel.mesh;

/** A message in a buffer: which of its flits have come, and how many have left on each side. */
final class HeldMessage {
    private final Message message;
    private final long[] branches;
    private final int[] sent = new int[Port.COUNT];
    private final long[] entered;
    private int arrived;

    HeldMessage(Message message, long[] branches, int flits) {
        this.message = message;
        this.branches = branches;
        this.entered = new long[flits];
    }

    void enter(long now) {
        entered[arrived++] = now;
    }

    Message message() {
        return message;
    }

    boolean complete() {
        return arrived == entered.length;
    }

    /** Whether the message leaves on that side and has not begun to. */
    boolean waitsFor(int side) {
        return branches[side] != 0 && sent[side] == 0;
    }

    /** Whether the next flit for that side has been here for so many cycles (NOC-5). */
    boolean ready(int side, long now, int cycles) {
        return sent[side] < arrived && entered[sent[side]] + cycles <= now;
    }

    /** Whether all flits have left on that side. */
    boolean done(int side) {
        return sent[side] == entered.length;
    }

    /** Sends the next flit for that side. */
    void send(int side, Link link, long now) {
        link.send(message.to(branches[side]), sent[side]++, now);
    }

    /** How many copies a fork makes of each flit, the first not counted. */
    int copies() {
        int sides = 0;
        for (long branch : branches) {
            sides += branch == 0 ? 0 : 1;
        }
        return sides - 1;
    }

    /** How many flits have left on every side on which they must (NOC-7). */
    int left() {
        int least = entered.length;
        for (int side = 0; side < Port.COUNT; side++) {
            if (branches[side] != 0) {
                least = Math.min(least, sent[side]);
            }
        }
        return least;
    }
}
