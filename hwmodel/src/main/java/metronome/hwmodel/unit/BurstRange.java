package metronome.hwmodel.unit;

import java.util.Arrays;

/**
 * The bursts of a range, numbered from 0: those requested, of them those that are there, and those handed on, in order. Only so many may
 * be requested and not handed on.
 */
final class BurstRange {
    private final int outstanding;
    /** By place: whether it is there, and those that came in this cycle. As many places as a power of two. */
    private final boolean[] there;
    private final int[] coming;
    private int comingCount;
    private int bursts;
    private int requested;
    private int handedOn;

    BurstRange(int outstanding) {
        this.outstanding = outstanding;
        this.there = new boolean[2 * Integer.highestOneBit(outstanding)];
        this.coming = new int[outstanding];
    }

    /** Begins with a range of so many bursts. */
    void begin(int count) {
        bursts = count;
        requested = 0;
        handedOn = 0;
        Arrays.fill(there, false);
        comingCount = 0;
    }

    /** Makes the range at least so long. */
    void extend(int count) {
        bursts = Math.max(bursts, count);
    }

    int bursts() {
        return bursts;
    }

    /** How many were requested. */
    int requested() {
        return requested;
    }

    /** How many were handed on. */
    int handedOn() {
        return handedOn;
    }

    boolean finished() {
        return handedOn == bursts;
    }

    boolean mayRequest() {
        return requested < bursts && requested - handedOn < outstanding;
    }

    /** Requests so many more. */
    void request(int count) {
        requested += count;
    }

    /** Whether the next one to hand on is there. */
    boolean available() {
        return handedOn < bursts && there[place(handedOn)];
    }

    /** Hands the next one on. */
    void take() {
        there[place(handedOn)] = false;
        handedOn++;
    }

    /** Hands so many on; {@link #there(long[], long)} has to follow. */
    void take(int count) {
        handedOn += count;
    }

    /** How many places there are. */
    int places() {
        return there.length;
    }

    /** Where something is kept about a burst that was, or is about to be, requested and not handed on. */
    int place(int burst) {
        return burst & there.length - 1;
    }

    /** A burst comes; it is there from the next cycle on. */
    void come(int burst) {
        coming[comingCount++] = place(burst);
    }

    /** Ends the cycle. */
    void commit() {
        while (comingCount > 0) {
            there[coming[--comingCount]] = true;
        }
    }

    /** Whether a burst that was not handed on is there. */
    boolean isThere(int burst) {
        return there[place(burst)];
    }

    /** Says of those that were not handed on which are there: whose ends, by place, are not after a time. */
    void there(long[] ends, long now) {
        Arrays.fill(there, false);
        for (int burst = handedOn; burst < requested; burst++) {
            there[place(burst)] = ends[place(burst)] <= now;
        }
    }
}
