package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.hwmodel.memory.EventList;

/**
 * What the pooling unit keeps of each window: how many of its inputs have spiked, or when the last of them did; and which windows emit at
 * a step, in the order of their numbers (rules POOL-2 to POOL-4).
 */
final class PoolStates {
    private final int[] states;
    private final OffsetsByStep offsets = new OffsetsByStep();
    private final EventList due = new EventList();
    private int windows;
    private int next;

    /** For so many windows at most. */
    PoolStates(int most) {
        states = new int[most];
    }

    int most() {
        return states.length;
    }

    /** Begins with so many windows, no input of which has spiked. */
    void clear(int count, boolean counting) {
        windows = count;
        Arrays.fill(states, 0, count, counting ? 0 : TemporalCode.SILENT);
    }

    /** An input of a window spikes, maybe its last. */
    void spike(int window, int step) {
        states[window] = step;
    }

    /** Counts an input of a window that spikes; returns how many have. */
    int count(int window) {
        return ++states[window];
    }

    /** Begins with those that emit at a step; those of the steps before it came before. */
    void beginEmission(int step) {
        if (step % FiringRecord.SPAN == 0) {
            offsets.take(states, windows, FiringRecord.span(step));
        }
        due.clear();
        offsets.list(step, due);
        next = 0;
    }

    /** The next window to emit; a number above all windows if there is none. */
    int nextDue() {
        return next < due.size() ? due.get(next) : Integer.MAX_VALUE;
    }

    /** Takes the next window to emit. */
    int takeDue() {
        return due.get(next++);
    }
}
