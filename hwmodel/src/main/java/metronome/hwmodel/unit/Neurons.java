package metronome.hwmodel.unit;

import java.util.zip.Checksum;
import metronome.hwmodel.memory.EventList;

/**
 * The data path of the LIF array: what happens to potentials, apart from when. One implementation computes it; the other
 * replays recorded firing steps without potentials.
 */
public sealed interface Neurons permits ComputedNeurons, VectorNeurons, ReplayedNeurons, HalvedNeurons {
    /** Chooses the tile; all its neurons are unfired. */
    void tile(Tile tile, int layer);

    /** Sets the parameters of the neurons. */
    void parameters(NeuronParameters parameters);

    /** Clears so many potentials, from the first of the tile on; slopes lie behind them. */
    void clear(int count);

    /** Multiplies the potentials of the tile by lambda. */
    void leak();

    /** Multiplies one potential by a power of lambda; the exponent is at least 1. */
    void decay(int potential, int exponent);

    /** Tells of a window just before its first step, so that its arithmetic can begin; none of what follows may be left out for it. */
    default void foresee(UpcomingWindow window) {
    }

    /**
     * Tells of a window long before its first step, when all its events and weights are there; its potentials will be zero. It is told
     * again just before that.
     */
    default void foreseeCleared(UpcomingWindow window) {
    }

    /** Whether it is worth while to tell of a window long before its first step. */
    default boolean foresees() {
        return false;
    }

    /**
     * Adds the weights of the fan-outs of the first so many events of a list, all of which lie within the input, to the
     * potentials of the tile or to its slopes.
     */
    void integrate(Tile into, EventList events, int count, int firstWeight, int shift);

    /**
     * The same for neurons that wait (rule DATA-10): spikes add to the slopes, announcements and withdrawals lower and raise the potentials of
     * the tile.
     */
    void integrateWaiting(Tile slopes, EventList events, int count, int firstWeight, int shift);

    /** The window is over: what was put off until all its steps are known must be done. */
    default void endWindow() {
    }

    /** Adds the biases to the potentials of the tile or to its slopes. */
    void bias(Tile into, int firstBias);

    /** Adds its slope to each potential of the tile. */
    void drive(Tile slopes);

    /** Neurons of the tile that have not fired and may still. */
    int live();

    /**
     * Lets the neurons live through a step of an output window, whose steps come in order, and lists the offsets of those
     * that fire, ascending.
     */
    void fire(FireWindow window, int step, EventList fired);

    /**
     * Compares all neurons of the tile at the end of a step, resets those that fire, and lists what they {@link FiredSpikes#found send},
     * their offsets ascending, of each the spike first; their spikes belong to the given step.
     */
    void compare(int spikeStep, EventList fired);

    /** Adds the weights of one event's fan-out, then compares it as {@link #compare} does. */
    void arrive(int event, int firstWeight, int shift, EventList fired);

    /** Takes the tile into account for the lowest potential. */
    void lowest(boolean first);

    /** The lowest potential so far. */
    int lowestPotential();

    /** The event of the neuron with the lowest potential so far. */
    int lowestEvent();

    /** Adds the potentials to a checksum. */
    void digest(Checksum sum);
}
