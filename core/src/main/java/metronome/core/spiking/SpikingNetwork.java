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
     * {@return how many windows of T steps lie between the first input spike and the answer, on the longest way: one for
     * each layer, save that a counting max-pool fires in the window that it reads}
     */
    public int windows() {
        int[] after = new int[layers.size()];
        for (int l = 0; l < after.length; l++) {
            int before = wiring.sources().get(l).stream().mapToInt(s -> s == Wiring.INPUT ? 0 : after[s]).max().orElseThrow();
            boolean counts = layers.get(l) instanceof SpikingLayer.Pool p && p.circuit() == PoolCircuit.COUNTER;
            after[l] = before + (counts ? 0 : 1);
        }
        return after[after.length - 1] + (readout == Readout.LAST_SPIKE ? 1 : 0);
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
