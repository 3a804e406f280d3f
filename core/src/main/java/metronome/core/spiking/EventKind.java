package metronome.core.spiking;

import metronome.core.network.Shape;

/**
 * What an event says of a neuron that announces itself. A layer of such neurons sends {@link #KINDS} channels for each of its own: the
 * kinds of channel c are the channels {@code KINDS * c + ordinal()}.
 */
public enum EventKind {
    /** It fires. */
    SPIKE,
    /** From this step on it is driven: it has not fired, but what drives it is above 0. */
    ANNOUNCEMENT,
    /** It was driven, and is no longer, because it has fired or because nothing drives it. */
    WITHDRAWAL;

    /** How many kinds there are. */
    public static final int KINDS = 3;

    private static final EventKind[] ALL = values();

    /**
     * {@return the kind of an event}
     *
     * @param channel of the event
     */
    public static EventKind of(int channel) {
        return ALL[channel % KINDS];
    }

    /**
     * {@return the channel of the neuron that an event is of}
     *
     * @param channel of the event
     */
    public static int neuron(int channel) {
        return channel / KINDS;
    }

    /**
     * {@return the channel of an event of this kind}
     *
     * @param neuron the neuron's channel
     */
    public int channel(int neuron) {
        return KINDS * neuron + ordinal();
    }

    /**
     * {@return the shape of all kinds of events of neurons}
     *
     * @param neurons their shape
     */
    public static Shape all(Shape neurons) {
        return new Shape(KINDS * neurons.channels(), neurons.height(), neurons.width());
    }

    /** The shape of the neurons whose events have that shape. */
    static Shape neurons(Shape all) {
        return new Shape(all.channels() / KINDS, all.height(), all.width());
    }
}
