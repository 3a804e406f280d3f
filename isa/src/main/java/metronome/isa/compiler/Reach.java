package metronome.isa.compiler;

import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;

/**
 * The inputs that reach a tile.
 *
 * @param firstRow the first input row
 * @param endRow one past the last
 * @param firstChannel the first input channel
 * @param endChannel one past the last
 * @param firstColumn the first input column
 * @param endColumn one past the last
 */
record Reach(int firstRow, int endRow, int firstChannel, int endChannel, int firstColumn, int endColumn) {
    /** What reaches no tile. */
    static final Reach NONE = new Reach(0, 0, 0, 0, 0, 0);

    static Reach of(FixedLayer layer, Cut.Tile tile) {
        return switch (layer) {
            case FixedLayer.Synapses s -> {
                int outputs = s.output().channels() / s.window().groups();
                int inputs = s.input().channels() / s.window().groups();
                yield of(s.input(), s.window(), tile, tile.firstChannel() / outputs * inputs,
                        ((tile.firstChannel() + tile.channels() - 1) / outputs + 1) * inputs);
            }
            case FixedLayer.Pool p -> of(p.input(), p.window(), tile, tile.firstChannel(),
                    tile.firstChannel() + tile.channels());
        };
    }

    private static Reach of(Shape input, Window window, Cut.Tile tile, int firstChannel, int endChannel) {
        int endRow = (tile.firstRow() + tile.rows() - 1) * window.stride() - window.padding() + window.spanHeight();
        int endColumn = (tile.firstColumn() + tile.columns() - 1) * window.stride() - window.padding() + window.spanWidth();
        return new Reach(Math.max(0, tile.firstRow() * window.stride() - window.padding()), Math.min(input.height(), endRow),
                firstChannel, endChannel, Math.max(0, tile.firstColumn() * window.stride() - window.padding()),
                Math.min(input.width(), endColumn));
    }

    /** Whether some of these channels of a source are in reach, whose first channel has a number in the view. */
    boolean meets(int offset, int channel, int channels) {
        return offset + channel < endChannel && offset + channel + channels > firstChannel;
    }
}
