package metronome.hwmodel.unit;

/**
 * The events that the outputs of one row can meet, by step and input column, those of all input rows of the kernel together: the
 * events of a step that meet at an output lie one after the other. Of each event is held where its weights begin, as if its
 * column were the kernel's first.
 */
final class RowEvents {
    private int width;
    private int[] ends = new int[0];
    private int[] starts = new int[0];
    /** Input rows that have events in a step, and the first row of weights of their tap. */
    private int[] places = new int[0];
    private int[] taps = new int[0];

    /** Gathers the events for an output row, whose weights lie so many lanes apart. */
    void gather(CellEvents events, Geometry g, int row, int lanes) {
        width = events.width();
        int places = events.steps() * width;
        if (ends.length < places + 1) {
            ends = new int[places + 1];
        }
        if (taps.length < g.kernelHeight()) {
            this.places = new int[g.kernelHeight()];
            taps = new int[g.kernelHeight()];
        }
        int all = all(events, g, row);
        if (starts.length < all) {
            starts = new int[all + all / 2];
        }
        int size = 0;
        for (int step = 0; step < events.steps(); step++) {
            size = gather(events, step, size, rows(events, g, row, step), lanes);
        }
        ends[places] = size;
    }

    /** How many events there are. */
    private int all(CellEvents events, Geometry g, int row) {
        int all = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int inRow = row * g.stride() - g.padding() + ky * g.dilation();
            if (inRow >= 0 && inRow < g.inHeight()) {
                all += events.ends()[events.place(inRow + 1, 0, 0)] - events.ends()[events.place(inRow, 0, 0)];
            }
        }
        return all;
    }

    /** Finds the input rows that have events in a step; returns how many. */
    private int rows(CellEvents events, Geometry g, int row, int step) {
        int count = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int inRow = row * g.stride() - g.padding() + ky * g.dilation();
            if (inRow >= 0 && inRow < g.inHeight()) {
                int place = events.place(inRow, step, 0);
                places[count] = place;
                taps[count] = ky * g.kernelWidth();
                count += events.ends()[place] < events.ends()[place + width] ? 1 : 0;
            }
        }
        return count;
    }

    /** Gathers a step's events of some rows behind those that there are; returns how many there are then. */
    private int gather(CellEvents events, int step, int before, int rows, int lanes) {
        int size = before;
        for (int column = 0; column < width; column++) {
            ends[step * width + column] = size;
            for (int r = 0; r < rows; r++) {
                int to = events.ends()[places[r] + column + 1];
                for (int at = events.ends()[places[r] + column]; at < to; at++) {
                    starts[size++] = (events.rows()[at] + taps[r]) * lanes;
                }
            }
        }
        return size;
    }

    /** Where the events of a step begin in {@link #starts} from an input column on. */
    int begin(int step, int column) {
        return ends[step * width + column];
    }

    /** By event where its weights begin, if its column is the first; shared. */
    int[] starts() {
        return starts;
    }
}
