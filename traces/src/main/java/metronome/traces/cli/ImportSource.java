package metronome.traces.cli;

/** Where spikes of trace import come from. */
enum ImportSource {
    /** Lines image,layer,neuron,step. */
    CSV,
    /** Arrays of 0 and 1, one a layer. */
    NPZ,
    /** AEDAT 2.0 and 3.1. */
    AEDAT,
    /** N-MNIST. */
    NMNIST;

    /** {@return whether it is a recording of an event camera} */
    boolean sensor() {
        return this == AEDAT || this == NMNIST;
    }
}
