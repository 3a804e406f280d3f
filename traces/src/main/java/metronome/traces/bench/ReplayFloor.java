package metronome.traces.bench;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.machine.MachineRun;

/**
 * What a replay that handles events one by one must do at least, in plain loops over as much data: put those that fire into the order of
 * their steps, move events into the spike buffer and out of it, and sum what the events of the LIF array cost. Nothing of the machine:
 * no cycle, no burst, no port.
 */
final class ReplayFloor {
    /** Rows and columns of a place in a map of {@link #PLACES}. */
    private static final int EXTENT = 1 << 5;
    private static final int PLACES = EXTENT * EXTENT;

    private final int[][] steps;
    private final long moved;
    private final long weighed;
    private final int[] ordered;
    private final int[] buffer;
    private final int[] ofRow = new int[EXTENT];
    private final int[] ofColumn = new int[EXTENT];
    private final int[] cycles = new int[2 * EXTENT];

    /** Of a run of neurons that fire once. */
    ReplayFloor(MachineRun run) {
        steps = run.steps();
        weighed = run.counts().total(Counter.EVENTS);
        moved = run.counts().total(Counter.SPIKE_WRITES) + run.counts().total(Counter.SPIKE_READS) - weighed;
        int most = Arrays.stream(steps).mapToInt(layer -> layer.length).max().orElse(0);
        ordered = new int[most];
        buffer = new int[most];
        Arrays.setAll(ofRow, row -> row);
        Arrays.setAll(ofColumn, column -> column);
        Arrays.setAll(cycles, place -> 1 + place % 3);
    }

    /** Does it all; returns a number that depends on it, so that nothing can be left out. */
    long run() {
        long result = 0;
        int spikes = 0;
        for (int layer = 1; layer < steps.length; layer++) {
            spikes = Math.max(spikes, order(steps[layer]));
        }
        for (long left = spikes == 0 ? 0 : moved; left > 0; left -= spikes) {
            System.arraycopy(ordered, 0, buffer, 0, (int) Math.min(left, spikes));
        }
        for (long left = spikes == 0 ? 0 : weighed; left > 0; left -= spikes) {
            result += weigh((int) Math.min(left, spikes));
        }
        return result + buffer[0];
    }

    /** Sorts neurons by their steps; returns how many fire. */
    private int order(int[] layer) {
        int[] ends = new int[Arrays.stream(layer).max().orElse(0) + 3];
        for (int step : layer) {
            ends[step - TemporalCode.SILENT + 1]++;
        }
        int silent = ends[1];
        ends[1] = 0;
        for (int i = 2; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        for (int i = 0; i < layer.length; i++) {
            if (layer[i] != TemporalCode.SILENT) {
                ordered[ends[layer[i] - TemporalCode.SILENT]++] = i;
            }
        }
        return layer.length - silent;
    }

    /** Sums what events cost by their rows and columns. */
    private long weigh(int events) {
        long sum = 0;
        for (int i = 0; i < events; i++) {
            int place = ordered[i] % PLACES;
            sum += cycles[ofRow[place / EXTENT] + ofColumn[place % EXTENT]];
        }
        return sum;
    }
}
