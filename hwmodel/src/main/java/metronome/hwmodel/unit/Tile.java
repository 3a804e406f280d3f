package metronome.hwmodel.unit;

import java.util.function.IntConsumer;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;

/**
 * The neurons that are in the LIF array. The potential of (channel, row, column) lies at
 * {@code base + ((row - firstRow) * columns + column - firstColumn) * channels + channel - firstChannel}.
 *
 * @param geometry of the layer
 * @param base first potential
 * @param firstRow first output row
 * @param rows output rows
 * @param firstColumn first output column
 * @param columns output columns
 * @param firstChannel first output channel
 * @param channels output channels
 */
record Tile(Geometry geometry, int base, int firstRow, int rows, int firstColumn, int columns, int firstChannel,
        int channels) {
    /** One of all columns. */
    Tile(Geometry geometry, int base, int firstRow, int rows, int firstChannel, int channels) {
        this(geometry, base, firstRow, rows, 0, geometry.outWidth(), firstChannel, channels);
    }

    /** No columns are those from the first on to the last. */
    static Tile of(Geometry geometry, LifOperation.LifTile t) {
        int columns = t.columns() == 0 ? geometry.outWidth() - t.firstColumn() : t.columns();
        return new Tile(geometry, t.base(), t.firstRow(), t.rows(), t.firstColumn(), columns, t.firstChannel(), t.channels());
    }

    int size() {
        return rows * columns * channels;
    }

    int endColumn() {
        return firstColumn + columns;
    }

    /** The first output column of the tile whose window holds an input column. */
    int firstReachedColumn(int inColumn) {
        return geometry.firstColumn(inColumn, firstColumn);
    }

    /** One past the last output column of the tile whose window holds an input column. */
    int endReachedColumn(int inColumn) {
        return geometry.endColumn(inColumn, endColumn());
    }

    /** The same neurons' slopes, which lie behind their potentials (rule LIF-20). */
    Tile slopes() {
        return new Tile(geometry, base + size(), firstRow, rows, firstColumn, columns, firstChannel, channels);
    }

    int endRow() {
        return firstRow + rows;
    }

    /** Offset from the base of the first channel at an output position. */
    int offset(int row, int column) {
        return ((row - firstRow) * columns + column - firstColumn) * channels;
    }

    /** The first channel of the tile that an input channel reaches, counted from the tile's first. */
    int firstReached(int inChannel) {
        return Math.max(0, geometry.firstChannel(inChannel) - firstChannel);
    }

    /** One past the last channel of the tile that an input channel reaches; not above the first if it reaches none. */
    int endReached(int inChannel) {
        return Math.min(channels, geometry.firstChannel(inChannel) + geometry.groupOutputs() - firstChannel);
    }

    /** Visits the potentials that an event reaches, in order of address. */
    void forEachReached(int event, IntConsumer potential) {
        int first = firstReached(Event.channel(event));
        int end = endReached(Event.channel(event));
        int endRow = geometry.endRow(Event.row(event), Math.min(endRow(), geometry.outHeight()));
        int endColumn = endReachedColumn(Event.column(event));
        for (int row = geometry.firstRow(Event.row(event), firstRow); row < endRow; row++) {
            for (int column = firstReachedColumn(Event.column(event)); column < endColumn; column++) {
                if (geometry.kernelRow(Event.row(event), row) >= 0
                        && geometry.kernelColumn(Event.column(event), column) >= 0) {
                    for (int c = first; c < end; c++) {
                        potential.accept(base + offset(row, column) + c);
                    }
                }
            }
        }
    }

    /** Whether a neuron is the tile's. */
    boolean holds(int channel, int row, int column) {
        return channel >= firstChannel && channel < firstChannel + channels && row >= firstRow && row < endRow()
                && column >= firstColumn && column < endColumn();
    }

    /** The event that names the neuron at an offset. */
    int event(int offset) {
        return Event.of(channel(offset), row(offset), column(offset));
    }

    private int channel(int offset) {
        return firstChannel + offset % channels;
    }

    private int row(int offset) {
        return firstRow + offset / channels / columns;
    }

    private int column(int offset) {
        return firstColumn + offset / channels % columns;
    }
}
