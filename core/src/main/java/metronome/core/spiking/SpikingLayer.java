package metronome.core.spiking;

import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** A layer of a spiking network in double precision. */
public sealed interface SpikingLayer {
    /** {@return its name, that of the node it came from} */
    String name();

    /** {@return shape of the spikes that reach it} */
    Shape input();

    /** {@return shape of its neurons} */
    Shape output();

    /**
     * Synapses and the neurons behind them. A dense layer is a convolution whose window covers its input.
     *
     * @param name of the node
     * @param input shape of the spikes that reach it
     * @param output shape of its neurons
     * @param window kernel, stride, padding, dilation and groups
     * @param weights [out, in / groups, kernel height, kernel width], already negated
     * @param bias [out], already negated. The pulse that a ticked layer gets at the end of its integration window is this
     *     plus {@link metronome.core.code.Ticking#offset}, added in double precision so that no tick variant loses bits
     */
    record Synapses(String name, Shape input, Shape output, Window window, Tensor weights, Tensor bias)
            implements SpikingLayer {
    }

    /**
     * The maximum over each window.
     *
     * @param name of the node
     * @param input shape of the spikes that reach it
     * @param output shape of its neurons
     * @param window kernel, stride and padding
     * @param circuit how it is found
     */
    record Pool(String name, Shape input, Shape output, Window window, PoolCircuit circuit) implements SpikingLayer {
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
