package metronome.core.spiking;

/** What the output of a plain network is. */
public enum PlainReadout {
    /** The spikes of the last layer. */
    SPIKES,
    /**
     * Those, and at step 0 a further spike of the neuron whose potential is lowest after the last step, among equals the first:
     * of a layer that never fires, its decision.
     */
    LOWEST_POTENTIAL
}
