package metronome.hwmodel.memory;

import java.util.Arrays;

/**
 * What was written to the spike buffer in a cycle and is not yet visible: events, in runs of one region and step each, in the order in which
 * they came.
 */
final class StagedEvents {
    /** Of each run: region, step and end. */
    private static final int FIELDS = 3;

    private int[] events = new int[48];
    private int end;
    private int[] runs = new int[16 * FIELDS];
    private int runsEnd;

    /** Takes a run. */
    @FunctionalInterface
    interface Run {
        /** Takes some of the events, from one index to before another. */
        void take(int region, int step, int[] events, int from, int to);
    }

    void add(int region, int step, int event) {
        makeRoom(region, step, 1);
        events[end++] = event;
        endRun();
    }

    /** Adds the events of a list from an index on, before another. */
    void add(int region, int step, EventList from, int first, int to) {
        makeRoom(region, step, to - first);
        from.copy(first, to, events, end);
        end += to - first;
        endRun();
    }

    /** Adds so many events that lie at an address. */
    void add(int region, int step, Storage from, int address, int count) {
        makeRoom(region, step, count);
        from.words(address, events, end, count);
        end += count;
        endRun();
    }

    /** Makes room for so many events of a region and step. */
    private void makeRoom(int region, int step, int count) {
        if (runsEnd == 0 || runs[runsEnd - FIELDS] != region || runs[runsEnd - 2] != step) {
            beginRun(region, step);
        }
        if (end + count > events.length) {
            events = Arrays.copyOf(events, Math.max(2 * end, end + count));
        }
    }

    private void beginRun(int region, int step) {
        if (runsEnd == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runsEnd);
        }
        runs[runsEnd] = region;
        runs[runsEnd + 1] = step;
        runsEnd += FIELDS;
    }

    private void endRun() {
        runs[runsEnd - 1] = end;
    }

    /** Gives all runs away, in order. */
    void drain(Run to) {
        int from = 0;
        for (int run = 0; run < runsEnd; run += FIELDS) {
            to.take(runs[run], runs[run + 1], events, from, runs[run + 2]);
            from = runs[run + 2];
        }
        end = 0;
        runsEnd = 0;
    }
}
