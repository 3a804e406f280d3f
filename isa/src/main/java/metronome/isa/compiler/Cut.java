package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Shape;

/**
 * How a layer, or what a core has of it, is cut into tiles: blocks of output channels, bands of output rows and, where not even
 * one row fits, strips of output columns.
 *
 * @param first channel of the layer that is cut
 * @param output shape of the neurons that are cut
 * @param channels of a block; the last one may have fewer
 * @param rows of a band; the last one may have fewer
 * @param columns of a strip; the last one may have fewer
 * @param bandsOutside whether all blocks of a band come one after the other, else all bands of a block
 */
record Cut(int first, Shape output, int channels, int rows, int columns, boolean bandsOutside) {
    /** Cuts a whole layer, without strips. */
    Cut(Shape output, int channels, int rows, boolean bandsOutside) {
        this(0, output, channels, rows, output.width(), bandsOutside);
    }

    /** The same with strips of so many columns. */
    Cut narrowed(int strip) {
        return new Cut(first, output, channels, rows, strip, bandsOutside);
    }

    /**
     * Neurons that are in the array together.
     *
     * @param firstChannel the first
     * @param channels how many
     * @param firstRow the first
     * @param rows how many
     * @param firstColumn the first
     * @param columns how many
     */
    record Tile(int firstChannel, int channels, int firstRow, int rows, int firstColumn, int columns) {
        /** Whether another one is of the same rows and columns. */
        boolean sees(Tile other) {
            return firstRow == other.firstRow && firstColumn == other.firstColumn;
        }
    }

    int blocks() {
        return Math.ceilDiv(output.channels(), channels);
    }

    int bands() {
        return Math.ceilDiv(output.height(), rows);
    }

    int strips() {
        return Math.ceilDiv(output.width(), columns);
    }

    /** Bands times strips. */
    int places() {
        return bands() * strips();
    }

    /** The tiles in the order in which they run; the strips of a band follow each other. */
    List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        int inner = bandsOutside ? blocks() : places();
        for (int i = 0; i < blocks() * places(); i++) {
            int block = bandsOutside ? i % inner : i / inner;
            int place = bandsOutside ? i / inner : i % inner;
            tiles.add(tile(block, place / strips(), place % strips()));
        }
        return tiles;
    }

    Tile tile(int block, int band, int strip) {
        return new Tile(first + block * channels, Math.min(channels, output.channels() - block * channels), band * rows,
                Math.min(rows, output.height() - band * rows), strip * columns,
                Math.min(columns, output.width() - strip * columns));
    }
}
