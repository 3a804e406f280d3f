package metronome.core.spiking;

import metronome.core.network.Shape;
import metronome.core.network.Window;

/** A layer as hardware computes it, in integers. */
public sealed interface FixedLayer {
    /** {@return its name} */
    String name();

    /** {@return shape of the spikes that reach it} */
    Shape input();

    /** {@return shape of its neurons} */
    Shape output();

    /**
     * Synapses and neurons. At the arrival of a spike {@code V <- sat(V + (weight << shift))}; between steps
     * {@code V <- (V * leak + 2^15) >> 16}; at the end of the integration window {@code V <- sat(V + bias)}.
     *
     * <p>A last layer that is read out by potential is not ticked; its threshold, ticks and {@code silentFrom} are 0.
     *
     * @param name of the node
     * @param input shape of the spikes that reach it
     * @param output shape of its neurons
     * @param window kernel, stride, padding, dilation and groups
     * @param weights [out, in / groups, kernel height, kernel width], negated, signed, of the network's weight bits
     * @param bias [out], in units of the potential
     * @param shift left shift that takes a weight to units of the potential
     * @param threshold at or above which a neuron fires
     * @param firstTick added at step 0 of the output window
     * @param tick added at each later step, after the leak
     * @param silentFrom under {@code ZeroPolicy.SILENT}, a neuron whose potential is at or above this before the first
     *     tick never fires
     * @param scale potential units that stand for 1.0
     */
    record Synapses(String name, Shape input, Shape output, Window window, FixedWeights weights, int[] bias, int shift,
            int threshold, int firstTick, int tick, int silentFrom, double scale) implements FixedLayer {
    }

    /**
     * The maximum over each window: the latest spike, at its own step. Both circuits give it exactly; under
     * {@link PoolCircuit#RESET} windows without a spike stay silent and the spike comes one window later.
     *
     * @param name of the node
     * @param input shape of the spikes that reach it
     * @param output shape of its neurons
     * @param window kernel, stride and padding
     * @param circuit how it is found
     */
    record Pool(String name, Shape input, Shape output, Window window, PoolCircuit circuit) implements FixedLayer {
        /**
         * Checks the window.
         *
         * @throws IllegalArgumentException if it has dilation or groups
         */
        public Pool {
            window.requirePlain();
        }
    }
}
