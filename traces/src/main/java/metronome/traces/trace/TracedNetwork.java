package metronome.traces.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.PlainNetwork;
import metronome.traces.run.Hashes;

/**
 * A network, for how many steps it ran, and what its inputs were.
 *
 * @param network its name
 * @param networkHash SHA-256 of the network in fixed point; empty if none is known
 * @param dataset of the inputs, by name
 * @param once whether each neuron spikes at most once in an image
 * @param steps T: the steps are 0 to T; 0 of a dense program, which has no spikes
 * @param timeConstant L, in steps; 0 where there is none
 * @param leak when potentials leak
 * @param layers the input first
 */
public record TracedNetwork(String network, Optional<String> networkHash, String dataset, boolean once, int steps, double timeConstant,
        LeakPolicy leak, List<Layer> layers) {
    /** Copies the list. */
    public TracedNetwork {
        layers = List.copyOf(layers);
    }

    /**
     * {@return a network whose neurons spike once}
     *
     * @param network in fixed point
     * @param dataset of the inputs, by name
     * @param leak when potentials leak
     */
    public static TracedNetwork of(FixedNetwork network, String dataset, LeakPolicy leak) {
        List<Layer> layers = new ArrayList<>(List.of(new Layer("input", network.input())));
        network.layers().forEach(l -> layers.add(new Layer(l.name(), l.output())));
        return new TracedNetwork(network.name(), Optional.of(Hashes.of(network)), dataset, true, network.code().steps(),
                network.code().timeConstant(), leak, layers);
    }

    /**
     * {@return a plain network}
     *
     * @param network which
     * @param input of what its input is, by name
     */
    public static TracedNetwork of(PlainNetwork network, String input) {
        List<Layer> layers = new ArrayList<>(List.of(new Layer("input", network.input())));
        network.layers().forEach(l -> layers.add(new Layer(l.name(), l.output())));
        return new TracedNetwork(network.name(), Optional.of(Hashes.of(network)), input, false, network.lastStep(), 0,
                LeakPolicy.EAGER, layers);
    }

    /**
     * {@return the last step of a layer}
     *
     * @param layer its number
     */
    public int lastStep(int layer) {
        return layers.get(layer).steps().orElse(steps + 1) - 1;
    }

    /**
     * One layer.
     *
     * @param name of its node
     * @param shape of its neurons, at most {@link #MOST_NEURONS}
     * @param steps how many steps it has, where they are fewer than T + 1; it has the first ones
     */
    public record Layer(String name, Shape shape, OptionalInt steps) {
        /** The most neurons that there may be. */
        public static final int MOST_NEURONS = 1 << 24;

        /**
         * Checks the size.
         *
         * @throws DataException naming layer, shape and limit
         */
        public Layer {
            if (shape.size() > MOST_NEURONS) {
                throw new DataException("layer " + name + " of " + shape + " has " + shape.size() + " neurons, in a trace it may have at most "
                        + MOST_NEURONS);
            }
        }

        /**
         * A layer that has all steps.
         *
         * @param name of its node
         * @param shape of its neurons
         */
        public Layer(String name, Shape shape) {
            this(name, shape, OptionalInt.empty());
        }

        /** {@return name and shape, as messages list layers} */
        @Override
        public String toString() {
            return name + " " + shape;
        }
    }
}
