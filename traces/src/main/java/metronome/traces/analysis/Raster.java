package metronome.traces.analysis;

/** Spikes of a layer in one image, by groups of neighbouring neurons and groups of steps. */
public final class Raster {
    private static final int MOST_ROWS = 150;
    private static final int MOST_COLUMNS = 128;

    private final int neuronsInRow;
    private final int stepsInColumn;
    private final int[][] spikes;

    Raster(int neurons, int steps) {
        neuronsInRow = Math.ceilDiv(neurons, MOST_ROWS);
        stepsInColumn = Math.ceilDiv(steps, MOST_COLUMNS);
        spikes = new int[Math.ceilDiv(neurons, neuronsInRow)][Math.ceilDiv(steps, stepsInColumn)];
    }

    void add(int neuron, int step) {
        spikes[neuron / neuronsInRow][step / stepsInColumn]++;
    }

    /** {@return how many neurons a row stands for, in the order channel, row, column; the last row may have fewer} */
    public int neuronsInRow() {
        return neuronsInRow;
    }

    /** {@return how many steps a column stands for; the last one may have fewer} */
    public int stepsInColumn() {
        return stepsInColumn;
    }

    /** {@return spikes by row and column} */
    public int[][] spikes() {
        return spikes;
    }
}
