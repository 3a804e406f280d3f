package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.program.Event;

/**
 * The windows of the tile that the pooling unit works on, numbered by (row, column, channel), the channel fastest; and those of
 * them that hold the event at hand, in the order in which it comes to them (rule POOL-2).
 */
final class PoolWindows {
    /** In place of a window: an event that no window of the tile holds. */
    static final int NONE = -1;
    /** In place of a window: an event that several windows hold. */
    static final int SEVERAL = -2;

    private PoolOperation.PoolShape shape;
    private PoolOperation.PoolTile tile;
    private Geometry geometry;
    private Reach reach;
    private final TileEvents names = new TileEvents();
    private int[] holding = new int[16];
    private int next;
    private int count;

    /** Begins with another layer, all of it. */
    void shape(PoolOperation.PoolShape s) {
        shape = s;
        geometry = new Geometry(s.inHeight(), s.inWidth(), s.outHeight(), s.outWidth(), s.kernelHeight(),
                s.kernelWidth(), s.stride(), s.padding());
        tile = new PoolOperation.PoolTile(0, s.outHeight(), 0, s.channels());
    }

    /** Chooses a tile of the layer. */
    void tile(PoolOperation.PoolTile t) {
        requireShape();
        if (t.firstRow() + t.rows() > shape.outHeight() || t.firstChannel() + t.channels() > shape.channels()) {
            throw new DataException("pool.tile: rows up to " + (t.firstRow() + t.rows()) + " of " + shape.outHeight()
                    + ", channels up to " + (t.firstChannel() + t.channels()) + " of " + shape.channels());
        }
        tile = t;
    }

    private void requireShape() {
        if (shape == null || shape.stride() == 0) {
            throw new DataException("a pool instruction before a pool.shape with a stride");
        }
    }

    /** The layer. */
    Geometry geometry() {
        requireShape();
        return geometry;
    }

    /** Channels of the layer. */
    int channels() {
        return shape.channels();
    }

    /** How many windows the tile has. */
    int size() {
        requireShape();
        return tile.channels() * tile.rows() * shape.outWidth();
    }

    /** Begins with the events of the tile. */
    void begin() {
        reach = Reach.of(geometry, tile.firstRow(), tile.firstRow() + tile.rows(), Optional.ofNullable(reach));
        names.of(new Tile(geometry, 0, tile.firstRow(), tile.rows(), tile.firstChannel(), tile.channels()));
        next = 0;
        count = 0;
    }

    /** Takes the next event to hand. */
    void arrive(int event) {
        next = 0;
        count = 0;
        int channel = channel(event);
        int endRow = outside(channel) ? 0 : reach.endRow(Event.row(event));
        int endColumn = reach.endColumn(Event.column(event));
        for (int y = reach.firstRow(Event.row(event)); y < endRow; y++) {
            for (int x = reach.firstColumn(Event.column(event)); x < endColumn; x++) {
                add(window(y, x, channel));
            }
        }
        if (count == 0) {
            add(NONE);
        }
    }

    /** The only window of the tile that holds an event, {@link #NONE} or {@link #SEVERAL}. */
    int only(int event) {
        int channel = channel(event);
        int row = Event.row(event);
        int column = Event.column(event);
        int outputs = outside(channel) ? 0 : reach.outputs(row, column);
        if (outputs != 1) {
            return outputs == 0 ? NONE : SEVERAL;
        }
        return window(reach.firstRow(row), reach.firstColumn(column), channel);
    }

    private int window(int row, int column, int channel) {
        return ((row - tile.firstRow()) * geometry.outWidth() + column) * tile.channels() + channel;
    }

    /** The channel of an event within the tile. */
    private int channel(int event) {
        return Event.channel(geometry.require(event, shape.channels())) - tile.firstChannel();
    }

    private boolean outside(int channel) {
        return channel < 0 || channel >= tile.channels();
    }

    private void add(int window) {
        if (count == holding.length) {
            holding = Arrays.copyOf(holding, 2 * count);
        }
        holding[count++] = window;
    }

    /** How many windows the event has still to come to, {@link #NONE} among them. */
    int left() {
        return count - next;
    }

    /** The next window to which the event comes, or {@link #NONE}. */
    int next() {
        return holding[next++];
    }

    /** How many cycles an event takes. */
    int cycles(int event) {
        return outside(channel(event)) ? 1 : Math.max(1, reach.outputs(Event.row(event), Event.column(event)));
    }

    /** How many inputs a window really holds. */
    int present(int window) {
        return geometry.present(row(window), column(window));
    }

    /** The event that names a window's output. */
    int output(int window) {
        return names.event(window);
    }

    private int row(int window) {
        return tile.firstRow() + window / tile.channels() / geometry.outWidth();
    }

    private int column(int window) {
        return window / tile.channels() % geometry.outWidth();
    }
}
