package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.hwmodel.memory.EventList;

/** The neurons of a tile that fire in a window, by step and offset. */
final class FiringOrder {
    private int first;
    private int silent;
    /** By step from the window's first: where its neurons end and those of the next begin; one place further on. */
    private int[] ends = new int[0];
    private int[] offsets = new int[0];

    /**
     * Sorts.
     *
     * @param firesAt by potential: a step, {@link FireKernel#NEVER} or {@link FireKernel#GONE}
     * @param mayFire by potential: whether the neuron could still fire before the window
     * @param tile whose neurons
     * @param window whose steps
     */
    void sort(int[] firesAt, int[] mayFire, Tile tile, FireWindow window) {
        int steps = window.to() - window.from() + 1;
        begin(window.from(), steps);
        count(firesAt, mayFire, tile);
        beginPlaces(steps, tile);
        place(firesAt, tile);
    }

    private void begin(int from, int steps) {
        first = from;
        silent = 0;
        if (ends.length < steps + 2) {
            ends = new int[steps + 2];
        }
        Arrays.fill(ends, 0, steps + 2, 0);
    }

    /** From the counts, where the neurons of each step begin. */
    private void beginPlaces(int steps, Tile tile) {
        for (int s = 2; s < steps + 2; s++) {
            ends[s] += ends[s - 1];
        }
        if (offsets.length < ends[steps + 1]) {
            offsets = new int[tile.size()];
        }
    }

    /** Counts one place further on, so that after the sum a place tells where its neurons begin. */
    private void count(int[] firesAt, int[] mayFire, Tile tile) {
        int end = tile.base() + tile.size();
        for (int i = tile.base(); i < end; i++) {
            if (firesAt[i] >= 0) {
                ends[firesAt[i] - first + 2]++;
            } else if (firesAt[i] == FireKernel.GONE && mayFire[i] == FireKernel.YES) {
                silent++;
            }
        }
    }

    /** Placing moves the beginnings on to the ends. */
    private void place(int[] firesAt, Tile tile) {
        int base = tile.base();
        for (int i = 0; i < tile.size(); i++) {
            int step = firesAt[base + i];
            if (step >= 0) {
                offsets[ends[step - first + 1]++] = i;
            }
        }
    }

    /** Lists those that fire at a step; returns how many. */
    int list(int step, EventList fired) {
        int from = ends[step - first];
        int to = ends[step - first + 1];
        fired.addAll(offsets, from, to);
        return to - from;
    }

    /** Neurons that could fire but never will. */
    int silent() {
        return silent;
    }
}
