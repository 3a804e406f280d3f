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
 * @param layers each after those that it reads; the last one has synapses
 * @param wiring which layers each layer reads
 */
public record FixedNetwork(String name, TemporalCode code, Readout readout, int weightBits, int potentialBits, int leak,
        Shape input, List<FixedLayer> layers, Wiring wiring) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException naming a layer whose input is not what it reads
     */
    public FixedNetwork {
        layers = List.copyOf(layers);
        wiring.require(input, layers.stream().map(FixedLayer::name).toList(), layers.stream().map(FixedLayer::input).toList(),
                layers.stream().map(FixedLayer::output).toList());
    }

    /**
     * A chain: each layer reads the one before it.
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
    public FixedNetwork(String name, TemporalCode code, Readout readout, int weightBits, int potentialBits, int leak,
            Shape input, List<FixedLayer> layers) {
        this(name, code, readout, weightBits, potentialBits, leak, input, layers, Wiring.chain(layers.size()));
    }
}
