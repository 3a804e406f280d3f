package metronome.traces.workload;

import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;

/**
 * The spikes that reach a layer.
 *
 * @param name of the layer
 * @param shape of what reaches it
 * @param train its spikes, those of a step by neuron
 */
public record LayerSpikes(String name, Shape shape, SpikeTrain train) {
    /** {@return which share of the neurons spikes at a step, on average} */
    public double density() {
        return (double) train.spikes() / shape.size() / (train.lastStep() + 1);
    }
}
