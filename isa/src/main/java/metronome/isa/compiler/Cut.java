package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Shape;

/**
 * How a layer, or what a core has of it, is cut into tiles: blocks of output channels and bands of output rows.
 *
 * @param first channel of the layer that is cut
 * @param output shape of the neurons that are cut
 * @param channels of a block; the last one may have fewer
 * @param rows of a band; the last one may have fewer
 * @param bandsOutside whether all blocks of a band come one after the other, else all bands of a block
 */
record Cut(int first, Shape output, int channels, int rows, boolean bandsOutside) {
    /** Cuts a whole layer. */
    Cut(Shape output, int channels, int rows, boolean bandsOutside) {
        this(0, output, channels, rows, bandsOutside);
    }

    /**
     * Neurons that are in the array together.
     *
     * @param firstChannel the first
     * @param channels how many
     * @param firstRow the first
     * @param rows how many
     */
    record Tile(int firstChannel, int channels, int firstRow, int rows) {
    }

    int blocks() {
        return Math.ceilDiv(output.channels(), channels);
    }

    int bands() {
        return Math.ceilDiv(output.height(), rows);
    }

    /** The tiles in the order in which they run. */
    List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        int inner = bandsOutside ? blocks() : bands();
        for (int i = 0; i < blocks() * bands(); i++) {
            int block = bandsOutside ? i % inner : i / inner;
            int band = bandsOutside ? i / inner : i % inner;
            tiles.add(tile(block, band));
        }
        return tiles;
    }

    Tile tile(int block, int band) {
        return new Tile(first + block * channels, Math.min(channels, output.channels() - block * channels), band * rows,
                Math.min(rows, output.height() - band * rows));
    }
}
