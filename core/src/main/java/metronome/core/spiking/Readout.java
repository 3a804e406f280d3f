package metronome.core.spiking;

/** How the class is read from the output layer. */
public enum Readout {
    /** The output neuron with the lowest potential at the end of its integration window; the layer is not ticked. */
    POTENTIAL,
    /** The output neuron that spikes last; among equals the first. */
    LAST_SPIKE
}
