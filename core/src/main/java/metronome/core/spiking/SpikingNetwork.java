package metronome.core.spiking;

import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.network.Shape;

/**
 * A TDSNN: a chain of layers of reverse-coded, ticking, spike-once LIF neurons.
 *
 * @param name what it is called in reports
 * @param code of every layer
 * @param ticking drive of every layer's output window
 * @param readout how the class is read from the last layer
 * @param input shape of the input spikes
 * @param layers from the input on; the last one has synapses
 */
public record SpikingNetwork(String name, TemporalCode code, Ticking ticking, Readout readout, Shape input,
        List<SpikingLayer> layers) {
    /** Copies the list. */
    public SpikingNetwork {
        layers = List.copyOf(layers);
    }
}
