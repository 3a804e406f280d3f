package metronome.core.spiking;

import java.util.List;
import metronome.core.network.Shape;

/**
 * A DNN in 8-bit integers: unsigned activations (input x in [0, 1] as round(255 x)), signed weights, 32-bit
 * accumulators.
 *
 * @param name what it is called in reports
 * @param input shape of the input
 * @param layers from the input on; the last one is a product whose accumulators are the output
 */
public record IntegerNetwork(String name, Shape input, List<IntegerLayer> layers) {
    /** Copies the list. */
    public IntegerNetwork {
        layers = List.copyOf(layers);
    }
}
