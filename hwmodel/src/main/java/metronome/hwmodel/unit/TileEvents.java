package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/** Names the neurons of a tile, as {@link Tile#event} does, without dividing for each. */
final class TileEvents {
    private static final int BITS = 40;

    /** By position of the tile: the event of its first channel. */
    private int[] positions = new int[0];
    private int channels;
    /** Rounded up; exact while offset times channels is below 2^40, as it is for all that a scratchpad and an event can hold. */
    private long reciprocal;

    /** Turns to another tile. */
    void of(Tile tile) {
        channels = tile.channels();
        reciprocal = (1L << BITS) / channels + 1;
        int count = tile.rows() * tile.columns();
        if (positions.length < count) {
            positions = new int[count];
        }
        for (int p = 0; p < count; p++) {
            positions[p] = tile.event(p * channels);
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
        int position = (int) (offset * reciprocal >>> BITS);
        return Event.raised(positions[position], offset - position * channels);
    }
}
