package metronome.traces.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.machine.MachineRun;

/**
 * What a replay that handles events one by one must do at least about them, in plain loops over as many: name those that fire, move events
 * into the spike buffer and out of it, sum what the events of the LIF array cost, and tell when each of them begins. Nothing of the
 * machine: no cycle, no burst, no port; and who fires at which step is known before.
 */
final class ReplayFloor {
    /** Rows and columns of a place in a map of {@link #PLACES}. */
    private static final int EXTENT = 1 << 5;
    private static final int PLACES = EXTENT * EXTENT;
    /** Events that are handled together, about as many as those of a step in a tile. */
    private static final int TOGETHER = 1 << 12;

    private final long fired;
    private final long moved;
    private final long weighed;
    /** Places of neurons that fire, and names of neurons by their places. */
    private final int[] places = new int[TOGETHER];
    private final int[] names = new int[PLACES];
    private final int[] events = new int[TOGETHER];
    private final int[] buffer = new int[TOGETHER];
    private final int[] begins = new int[TOGETHER];
    private final int[] ofRow = new int[EXTENT];
    private final int[] ofColumn = new int[EXTENT];
    private final int[] cycles = new int[2 * EXTENT];

    /** Of a run of neurons that fire once. */
    ReplayFloor(MachineRun run) {
        fired = run.counts().total(Counter.FIRED);
        weighed = run.counts().total(Counter.EVENTS);
        moved = run.counts().total(Counter.SPIKE_WRITES) + run.counts().total(Counter.SPIKE_READS) - weighed;
        int[] first = run.steps()[1];
        int[] firing = IntStream.range(0, first.length).filter(i -> first[i] != TemporalCode.SILENT).toArray();
        Arrays.setAll(places, i -> firing[i % firing.length] % PLACES);
        Arrays.setAll(names, place -> place);
        Arrays.setAll(ofRow, row -> row);
        Arrays.setAll(ofColumn, column -> column);
        Arrays.setAll(cycles, place -> 1 + place % 3);
    }

    /** Does it all; returns a number that depends on it, so that nothing can be left out. */
    long run() {
        long result = 0;
        for (long left = fired; left > 0; left -= TOGETHER) {
            result += name((int) Math.min(left, TOGETHER), (int) left);
        }
        for (long left = moved; left > 0; left -= TOGETHER) {
            System.arraycopy(events, 0, buffer, 0, (int) Math.min(left, TOGETHER));
        }
        for (long left = weighed; left > 0; left -= TOGETHER) {
            result += weigh((int) Math.min(left, TOGETHER), (int) left);
        }
        return result + buffer[0] + begins[0];
    }

    /** Names neurons of a tile whose first one has a name. */
    private int name(int count, int first) {
        for (int i = 0; i < count; i++) {
            events[i] = names[places[i]] + first;
        }
        return events[0];
    }

    /** Sums what events cost by their rows and columns; each begins when those before it are over. */
    private int weigh(int count, int first) {
        int time = first;
        for (int i = 0; i < count; i++) {
            int place = places[i];
            begins[i] = time;
            time += cycles[ofRow[place / EXTENT] + ofColumn[place % EXTENT]];
        }
        return time;
    }
}
