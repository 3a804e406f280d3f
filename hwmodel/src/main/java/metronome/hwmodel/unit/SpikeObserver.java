package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;

/** Told of every neuron that fires. */
public interface SpikeObserver {
    /**
     * A neuron has fired.
     *
     * @param layer of the program
     * @param event names the neuron
     * @param step of the layer's output window
     */
    void fired(int layer, int event, int step);

    /**
     * Some neurons have fired.
     *
     * @param layer of the program
     * @param events name the neurons
     * @param step of the layer's output window
     */
    void fired(int layer, EventList events, int step);
}
