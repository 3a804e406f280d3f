package metronome.core.spiking;

import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.network.Shape;

/**
 * A TDSNN: layers of reverse-coded, ticking, spike-once LIF neurons.
 *
 * @param name what it is called in reports
 * @param code of every layer
 * @param ticking drive of every layer's output window
 * @param readout how the class is read from the last layer
 * @param input shape of the input spikes
 * @param layers each after those that it reads; the last one has synapses
 * @param wiring which layers each layer reads
 */
public record SpikingNetwork(String name, TemporalCode code, Ticking ticking, Readout readout, Shape input,
        List<SpikingLayer> layers, Wiring wiring) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException naming a layer whose input is not what it reads
     */
    public SpikingNetwork {
        layers = List.copyOf(layers);
        wiring.require(input, layers.stream().map(SpikingLayer::name).toList(),
                layers.stream().map(SpikingLayer::input).toList(), layers.stream().map(SpikingLayer::output).toList());
    }

    /**
     * A chain: each layer reads the one before it.
     *
     * @param name what it is called in reports
     * @param code of every layer
     * @param ticking drive of every layer's output window
     * @param readout how the class is read from the last layer
     * @param input shape of the input spikes
     * @param layers from the input on; the last one has synapses
     */
    public SpikingNetwork(String name, TemporalCode code, Ticking ticking, Readout readout, Shape input,
            List<SpikingLayer> layers) {
        this(name, code, ticking, readout, input, layers, Wiring.chain(layers.size()));
    }
}
