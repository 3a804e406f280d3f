package metronome.core.spiking;

import java.util.Optional;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * What of a spiking layer decides how many operations its spikes cause, in doubles or in integers.
 *
 * @param name of the layer
 * @param input shape of the spikes that reach it
 * @param output shape of its neurons
 * @param window kernel, stride, padding, dilation and groups
 * @param circuit of a max-pool; empty for synapses
 */
record LayerForm(String name, Shape input, Shape output, Window window, Optional<PoolCircuit> circuit) {
    static LayerForm of(SpikingLayer layer) {
        return switch (layer) {
            case SpikingLayer.Synapses s -> new LayerForm(s.name(), s.input(), s.output(), s.window(), Optional.empty());
            case SpikingLayer.Pool p -> new LayerForm(p.name(), p.input(), p.output(), p.window(), Optional.of(p.circuit()));
        };
    }

    static LayerForm of(FixedLayer layer) {
        return switch (layer) {
            case FixedLayer.Synapses s -> new LayerForm(s.name(), s.input(), s.output(), s.window(), Optional.empty());
            case FixedLayer.Pool p -> new LayerForm(p.name(), p.input(), p.output(), p.window(), Optional.of(p.circuit()));
        };
    }
}
