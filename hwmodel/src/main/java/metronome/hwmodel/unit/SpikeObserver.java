package metronome.hwmodel.unit;

/** Told of every neuron that fires. */
@FunctionalInterface
public interface SpikeObserver {
    /**
     * A neuron has fired.
     *
     * @param layer of the program
     * @param event names the neuron
     * @param step of the layer's output window
     */
    void fired(int layer, int event, int step);
}
