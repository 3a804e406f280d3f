package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/** Names the neurons of a tile, as {@link Tile#event} does, by looking them up. */
final class TileEvents {
    /** By offset: the event of a neuron if the tile began with the first of all; those of more rows begin as those of fewer do. */
    private int[] names = new int[0];
    private int columns;
    private int channels;
    /** The event of the tile's first neuron. */
    private int first;

    /** Turns to another tile. */
    void of(Tile tile) {
        if (tile.columns() != columns || tile.channels() != channels) {
            columns = tile.columns();
            channels = tile.channels();
            names = new int[0];
        }
        if (names.length < tile.size()) {
            Tile origin = new Tile(tile.geometry(), 0, 0, tile.rows(), 0, columns, 0, channels);
            int known = names.length;
            names = Arrays.copyOf(names, tile.size());
            for (int position = known; position < names.length; position += channels) {
                nameChannels(position, origin.event(position));
            }
        }
        first = Event.of(tile.firstChannel(), tile.firstRow(), tile.firstColumn());
    }

    private void nameChannels(int at, int event) {
        for (int c = 0; c < channels; c++) {
            names[at + c] = Event.raised(event, c);
        }
    }

    /** Names those at the offsets of an ascending list, from one of its places on, that are below another; returns how far it came. */
    int below(EventList offsets, int from, int end, EventList to) {
        int i = from;
        while (i < offsets.size() && offsets.get(i) < end) {
            to.add(event(offsets.get(i++)));
        }
        return i;
    }

    /** The event that names the neuron at an offset. */
    int event(int offset) {
        return names[offset] + first;
    }
}
