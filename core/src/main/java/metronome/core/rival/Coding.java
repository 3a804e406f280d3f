package metronome.core.rival;

/** What a spike of a rival stands for. */
public enum Coding {
    /** Activations are spikes a step; a neuron that fires has the threshold subtracted. */
    RATE,
    /** Activations are inverse times of the only spike; from its arrival on a synapse drives its neuron at every step. */
    FIRST_SPIKE,
    /** As first spike, but a neuron waits for inputs that are driven and have not fired: its threshold is raised by their weights. */
    FIRST_SPIKE_DYNAMIC
}
