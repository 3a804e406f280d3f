package metronome.traces.record;

import java.util.List;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;

/**
 * The spikes of some images. The arrays are shared, not copied; nobody writes to them.
 *
 * @param header whose they are
 * @param images for each image and layer (the input is layer 0) the firing step of each neuron, in [0, T], or
 *     {@code TemporalCode.SILENT} for those that do not fire
 */
public record SpikeRecord(Header header, List<int[][]> images) {
    /** Copies the list. */
    public SpikeRecord {
        images = List.copyOf(images);
    }

    /**
     * Whose spikes a record holds.
     *
     * @param network its name
     * @param networkHash SHA-256 of the network in fixed point
     * @param dataset name of the data set whose test images these are, from the first on
     * @param steps T, in steps
     * @param timeConstant L, in steps
     * @param leak when potentials leak: the two ways round differently, so that spikes differ
     * @param layers the input first
     */
    public record Header(String network, String networkHash, String dataset, int steps, double timeConstant,
            LeakPolicy leak, List<Layer> layers) {
        /** Copies the list. */
        public Header {
            layers = List.copyOf(layers);
        }
    }

    /**
     * One layer.
     *
     * @param name of its node
     * @param shape of its neurons
     */
    public record Layer(String name, Shape shape) {
    }
}
