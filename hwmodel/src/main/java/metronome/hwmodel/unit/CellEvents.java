package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.List;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/**
 * The events of a window that a tile can see, by input position ("cell") and step: of each event, the
 * row of weights of its channel and the first tap. Only the channels of one group are taken.
 */
final class CellEvents {
    private int steps;
    private int firstRow;
    private int width;
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

    /** Sorts the events of all steps. */
    void sort(Tile tile, int group, List<Step> window) {
        Geometry g = tile.geometry();
        steps = window.size();
        width = g.inWidth();
        firstRow = Math.max(0, tile.firstRow() * g.stride() - g.padding());
        int reach = (tile.endRow() - 1) * g.stride() - g.padding() + (g.kernelHeight() - 1) * g.dilation();
        int cells = Math.max(0, Math.min(g.inHeight() - 1, reach) - firstRow + 1) * width;
        if (ends.length < cells * steps + 2) {
            ends = new int[cells * steps + 2];
        }
        Arrays.fill(ends, 0, cells * steps + 2, 0);
        count(g, group, cells, window);
        for (int i = 1; i < cells * steps + 2; i++) {
            ends[i] += ends[i - 1];
        }
        int all = ends[cells * steps + 1];
        if (rows.length < all) {
            rows = new int[all + all / 2];
        }
        place(g, group, cells, window);
    }

    /** Counts one place further on, so that after the sum a place tells where its events begin. */
    private void count(Geometry g, int group, int cells, List<Step> window) {
        for (int s = 0; s < steps; s++) {
            EventList events = window.get(s).events();
            for (int i = 0; i < window.get(s).count(); i++) {
                int cell = cell(g, group, cells, events.get(i));
                if (cell >= 0) {
                    ends[cell * steps + s + 2]++;
                }
            }
        }
    }

    /** Placing moves the beginnings on to the ends. */
    private void place(Geometry g, int group, int cells, List<Step> window) {
        int taps = g.kernelHeight() * g.kernelWidth();
        endRow = 0;
        for (int s = 0; s < steps; s++) {
            EventList events = window.get(s).events();
            for (int i = 0; i < window.get(s).count(); i++) {
                int cell = cell(g, group, cells, events.get(i));
                if (cell >= 0) {
                    int channel = Event.channel(events.get(i));
                    int row = channel % g.groupInputs() * taps;
                    rows[ends[cell * steps + s + 1]++] = row;
                    endRow = Math.max(endRow, row + taps);
                }
            }
        }
    }

    /** The cell of an event; -1 if it lies outside what the tile sees or belongs to another group. */
    private int cell(Geometry g, int group, int cells, int event) {
        int cell = (Event.row(event) - firstRow) * width + Event.column(event);
        return cell < cells && Event.channel(event) / g.groupInputs() == group ? Math.max(-1, cell) : -1;
    }

    /** The number of the cell's first step, by which {@link #ends} is indexed. */
    int first(int row, int column) {
        return ((row - firstRow) * width + column) * steps;
    }

    /** Whether no event of any step lies in a cell. */
    boolean empty(int first) {
        return ends[first] == ends[first + steps];
    }

    int steps() {
        return steps;
    }

    /** By cell and step, the step fastest: where its events end and the next one's begin; one place further on. */
    int[] ends() {
        return ends;
    }

    /** One past the last row of weights that an event needs. */
    int endRow() {
        return endRow;
    }

    /** Of each event the row of weights of its channel at the first tap, counted from the first row of the group. */
    int[] rows() {
        return rows;
    }
}
