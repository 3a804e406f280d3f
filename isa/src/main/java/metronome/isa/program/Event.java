package metronome.isa.program;

import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.EventKind;

/**
 * A spike as the machine carries it: 12 bits of channel, 10 of row, 10 of column, the column lowest.
 */
public final class Event {
    /** The size of an event in memory. */
    public static final int BYTES = 4;
    /** The most channels that an event can tell apart. */
    public static final int MAX_CHANNELS = 1 << 12;
    /** The most rows or columns that an event can tell apart. */
    public static final int MAX_EXTENT = 1 << 10;

    private Event() {
    }

    /**
     * {@return the event of a neuron}
     *
     * @param channel below {@link #MAX_CHANNELS}
     * @param row below {@link #MAX_EXTENT}
     * @param column below {@link #MAX_EXTENT}
     */
    public static int of(int channel, int row, int column) {
        return channel << 20 | row << 10 | column;
    }

    /**
     * {@return the event of a neuron}
     *
     * @param index of the neuron in its layer
     * @param shape of the layer
     */
    public static int of(int index, Shape shape) {
        int position = index % (shape.height() * shape.width());
        return of(index / (shape.height() * shape.width()), position / shape.width(), position % shape.width());
    }

    /**
     * {@return the event of a higher channel; in 12 bits, without carry}
     *
     * @param event any
     * @param channels added to its channel
     */
    public static int raised(int event, int channels) {
        return event + (channels << 20);
    }

    /**
     * {@return the event of the neuron that announces itself by an event}
     *
     * @param event of any {@link EventKind kind}
     */
    public static int ofNeuron(int event) {
        return raised(event, EventKind.neuron(channel(event)) - channel(event));
    }

    /**
     * {@return the event of a kind by which a neuron announces itself}
     *
     * @param neuron its event
     * @param kind what it says
     */
    public static int ofKind(int neuron, EventKind kind) {
        return raised(neuron, kind.channel(channel(neuron)) - channel(neuron));
    }

    /**
     * {@return the channel}
     *
     * @param event any
     */
    public static int channel(int event) {
        return event >>> 20;
    }

    /**
     * {@return the row}
     *
     * @param event any
     */
    public static int row(int event) {
        return event >>> 10 & 0x3ff;
    }

    /**
     * {@return the column}
     *
     * @param event any
     */
    public static int column(int event) {
        return event & 0x3ff;
    }

    /**
     * {@return the index of the neuron in its layer}
     *
     * @param event of a neuron of that layer
     * @param shape of the layer
     * @throws DataException if the layer has no such neuron
     */
    public static int index(int event, Shape shape) {
        if (channel(event) >= shape.channels() || row(event) >= shape.height() || column(event) >= shape.width()) {
            throw new DataException("a layer of shape " + shape + " has no neuron (" + channel(event) + ", "
                    + row(event) + ", " + column(event) + "), but the program lets it fire");
        }
        return (channel(event) * shape.height() + row(event)) * shape.width() + column(event);
    }
}
