package metronome.core.spiking;

import metronome.core.network.Shape;
import metronome.core.network.Window;

/** A layer of an 8-bit integer DNN, the baseline that the tensor core runs. */
public sealed interface IntegerLayer {
    /** {@return its name} */
    String name();

    /** {@return shape of its input} */
    Shape input();

    /** {@return shape of its output} */
    Shape output();

    /**
     * A convolution or, with a window that covers its input, a dense layer:
     * {@code acc = sum weight * activation + bias}, then, unless it is the last layer,
     * {@code activation = clamp((acc * multiplier + 2^(shift-1)) >> shift, 0, 255)} in 64 bits.
     *
     * @param name of the node
     * @param input shape of its input
     * @param output shape of its output
     * @param window kernel, stride, padding, dilation and groups
     * @param weights [out, in / groups, kernel height, kernel width], signed 8 bits
     * @param bias [out], 32 bits, in units of the accumulator
     * @param multiplier not negative, below 2^31
     * @param shift in [1, 62]
     * @param last whether the accumulators themselves are the output
     */
    record Product(String name, Shape input, Shape output, Window window, byte[] weights, int[] bias, int multiplier,
            int shift, boolean last) implements IntegerLayer {
    }

    /**
     * The maximum over each window; cells outside the input do not count.
     *
     * @param name of the node
     * @param input shape of its input
     * @param output shape of its output
     * @param window kernel, stride and padding
     */
    record Pool(String name, Shape input, Shape output, Window window) implements IntegerLayer {
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
