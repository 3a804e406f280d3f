package metronome.core.spiking;

import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;

/**
 * A spiking network in integers: the bit-exact model of what hardware computes.
 *
 * @param name what it is called in reports
 * @param code of every layer
 * @param readout how the class is read from the last layer
 * @param weightBits in [2, 16], signed
 * @param potentialBits in [16, 32], signed, saturating
 * @param leak lambda in unsigned Q0.16
 * @param input shape of the input spikes
 * @param layers from the input on; the last one has synapses
 */
public record FixedNetwork(String name, TemporalCode code, Readout readout, int weightBits, int potentialBits, int leak,
        Shape input, List<FixedLayer> layers) {
    /** Copies the list. */
    public FixedNetwork {
        layers = List.copyOf(layers);
    }
}
