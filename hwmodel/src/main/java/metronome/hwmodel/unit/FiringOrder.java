package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;

/** The neurons of a tile that fire in a window, or the windows of one that is pooled, by step and offset. */
final class FiringOrder {
    private int first;
    private int silent;
    /** By step from the window's first: where its neurons end and those of the next begin; one place further on. */
    private int[] ends = new int[0];
    private int[] offsets = new int[0];
    private short[] byOffset = new short[0];

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
        beginPlaces(steps, tile.size());
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

    /** From the counts, where of so many neurons those of each step begin. */
    private void beginPlaces(int steps, int count) {
        for (int s = 2; s < steps + 2; s++) {
            ends[s] += ends[s - 1];
        }
        if (offsets.length < ends[steps + 1]) {
            offsets = new int[count];
        }
    }

    /**
     * Sorts by a record.
     *
     * @param steps firing step by neuron (channel, row, column); {@link TemporalCode#SILENT} for none
     * @param shape of the neurons
     * @param tile whose neurons
     * @param last step
     */
    void sort(int[] steps, Shape shape, Tile tile, int last) {
        beginSteps(tile.size(), last);
        for (int row = tile.firstRow(); row < tile.endRow(); row++) {
            for (int c = 0; c < tile.channels(); c++) {
                int from = ((tile.firstChannel() + c) * shape.height() + row) * shape.width() + tile.firstColumn();
                count(steps, from, tile.columns(), tile.offset(row, tile.firstColumn()) + c, tile.channels());
            }
        }
        placeSteps(tile.size(), last);
    }

    /**
     * Sorts by steps.
     *
     * @param steps by offset; {@link TemporalCode#SILENT} for none
     * @param count how many
     * @param last step
     */
    void sort(int[] steps, int count, int last) {
        beginSteps(count, last);
        count(steps, 0, count, 0, 1);
        placeSteps(count, last);
    }

    private void beginSteps(int count, int last) {
        begin(TemporalCode.SILENT, last + 2);
        if (byOffset.length < count) {
            byOffset = new short[count];
        }
    }

    private void placeSteps(int count, int last) {
        beginPlaces(last + 2, count);
        for (int offset = 0; offset < count; offset++) {
            offsets[ends[byOffset[offset]]++] = offset;
        }
        silent = ends[1];
    }

    /** Counts those of a row of one channel, the silent ones as a step before the first, and notes by offset where each is counted. */
    private void count(int[] steps, int from, int columns, int firstOffset, int apart) {
        for (int i = 0; i < columns; i++) {
            int place = steps[from + i] - TemporalCode.SILENT + 1;
            byOffset[firstOffset + i * apart] = (short) place;
            ends[place + 1]++;
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
