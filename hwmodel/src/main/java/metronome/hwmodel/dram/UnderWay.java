package metronome.hwmodel.dram;

import java.util.Arrays;

/** The bursts of a channel whose column command was sent, in the order of their ends. */
final class UnderWay {
    private long[] tokens = new long[8];
    private long[] ends = new long[8];
    private int first;
    private int size;
    private long nextEnd = Long.MAX_VALUE;

    void add(long token, long end) {
        if (size == tokens.length) {
            grow();
        }
        int at = first + size & tokens.length - 1;
        tokens[at] = token;
        ends[at] = end;
        if (size++ == 0) {
            nextEnd = end;
        }
    }

    /** Doubles the room; what lay before the first comes after it. */
    private void grow() {
        int room = tokens.length;
        tokens = Arrays.copyOf(tokens, 2 * room);
        ends = Arrays.copyOf(ends, 2 * room);
        System.arraycopy(tokens, 0, tokens, room, first);
        System.arraycopy(ends, 0, ends, room, first);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether all of them are somebody's, who takes note of them. */
    boolean own(Foresight.Asker asker) {
        boolean all = true;
        for (int i = first; all && i < first + size; i++) {
            int at = i & tokens.length - 1;
            all = asker.own(tokens[at], ends[at]);
        }
        return all;
    }

    /** When the first of them ends; {@link Long#MAX_VALUE} if there is none. */
    long nextEnd() {
        return nextEnd;
    }

    /** Takes the first out; returns its token. */
    long take() {
        long token = tokens[first];
        first = first + 1 & tokens.length - 1;
        nextEnd = --size == 0 ? Long.MAX_VALUE : ends[first];
        return token;
    }
}
