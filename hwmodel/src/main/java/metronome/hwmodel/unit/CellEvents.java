package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.List;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/**
 * The events of a window that a tile can see, by input row, step and column, the column fastest, so that the events of a step
 * which meet at an output lie together for each row of its kernel. Of each event the row of weights of its channel and the
 * first tap is held, plus its column. Only the channels of one group are taken.
 */
final class CellEvents {
    private int steps;
    private int firstRow;
    private int width;
    private int channels;
    private int endRow;
    private int[] ends = new int[0];
    private int[] rows = new int[0];

    /**
     * Some events of a step.
     *
     * @param leaks whether potentials leak before them
     * @param events a list
     * @param count how many of its events, from the first
     */
    record Step(boolean leaks, EventList events, int count) {
    }

    /** Sorts the events of all steps; any outside the input, whose channels are so many, are left out. */
    void sort(Tile tile, int group, int inputs, List<Step> window) {
        Geometry g = tile.geometry();
        channels = inputs;
        steps = window.size();
        width = g.inWidth();
        firstRow = Math.max(0, tile.firstRow() * g.stride() - g.padding());
        int reach = (tile.endRow() - 1) * g.stride() - g.padding() + (g.kernelHeight() - 1) * g.dilation();
        int inRows = Math.max(0, Math.min(g.inHeight() - 1, reach) - firstRow + 1);
        int places = inRows * steps * width;
        if (ends.length < places + 2) {
            ends = new int[places + 2];
        }
        Arrays.fill(ends, 0, places + 2, 0);
        count(g, group, inRows, window);
        for (int i = 1; i < places + 2; i++) {
            ends[i] += ends[i - 1];
        }
        int all = ends[places + 1];
        if (rows.length < all) {
            rows = new int[all + all / 2];
        }
        place(g, group, inRows, window);
    }

    /** Counts one place further on, so that after the sum a place tells where its events begin. */
    private void count(Geometry g, int group, int inRows, List<Step> window) {
        for (int s = 0; s < steps; s++) {
            EventList events = window.get(s).events();
            for (int i = 0; i < window.get(s).count(); i++) {
                int event = events.get(i);
                if (seen(g, group, inRows, event)) {
                    ends[place(Event.row(event), s, Event.column(event)) + 2]++;
                }
            }
        }
    }

    /** Placing moves the beginnings on to the ends. */
    private void place(Geometry g, int group, int inRows, List<Step> window) {
        int taps = g.kernelHeight() * g.kernelWidth();
        endRow = 0;
        for (int s = 0; s < steps; s++) {
            EventList events = window.get(s).events();
            for (int i = 0; i < window.get(s).count(); i++) {
                int event = events.get(i);
                if (seen(g, group, inRows, event)) {
                    int row = Event.channel(event) % g.groupInputs() * taps;
                    rows[ends[place(Event.row(event), s, Event.column(event)) + 1]++] = row + Event.column(event);
                    endRow = Math.max(endRow, row + taps);
                }
            }
        }
    }

    private boolean seen(Geometry g, int group, int inRows, int event) {
        int row = Event.row(event) - firstRow;
        return row >= 0 && row < inRows && Event.column(event) < width && Event.channel(event) < channels
                && Event.channel(event) / g.groupInputs() == group;
    }

    /** The place of a row, step and column, by which {@link #ends} is indexed; steps are {@link #width} apart. */
    int place(int row, int step, int column) {
        return ((row - firstRow) * steps + step) * width + column;
    }

    /** Columns of the input. */
    int width() {
        return width;
    }

    int steps() {
        return steps;
    }

    /** By place: where its events begin, which is where those of the place before it end. */
    int[] ends() {
        return ends;
    }

    /** One past the last row of weights that an event needs. */
    int endRow() {
        return endRow;
    }

    /** Of each event its column plus the row of weights of its channel at the first tap, from the first row of the group. */
    int[] rows() {
        return rows;
    }
}
