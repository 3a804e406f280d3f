package metronome.traces.workload;

import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * The shape of a layer of synapses.
 *
 * @param name of the layer
 * @param input what reaches it
 * @param window its kernel; of a dense layer one that covers the input
 * @param output its neurons
 */
public record LayerRow(String name, Shape input, Window window, Shape output) {
    /** The most weights of a layer. */
    public static final long MOST_WEIGHTS = 1 << 28;

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if the window does not make the output of the input, or there are more than 2^28 weights
     */
    public LayerRow {
        Shape made = window.output(input, output.channels());
        if (!made.equals(output)) {
            throw new IllegalArgumentException("a window of " + window.height() + " x " + window.width() + ", stride " + window.stride()
                    + ", padding " + window.padding() + " makes " + made + " of " + input + ", not " + output);
        }
        if (weights(input, window, output) > MOST_WEIGHTS) {
            throw new IllegalArgumentException(weights(input, window, output) + " weights, expected at most " + MOST_WEIGHTS);
        }
    }

    private static long weights(Shape input, Window window, Shape output) {
        return (long) output.channels() * (input.channels() / window.groups()) * window.height() * window.width();
    }

    /** {@return how many weights it has} */
    public int weights() {
        return (int) weights(input, window, output);
    }
}
