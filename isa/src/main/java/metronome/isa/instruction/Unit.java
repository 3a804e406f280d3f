package metronome.isa.instruction;

/** Where an instruction is executed; every unit has a queue of its own and works in order. */
public enum Unit {
    /** Dispatches; executes only {@link Operation.End}. */
    SEQUENCER,
    /** Loads from DRAM. */
    LOAD,
    /** Stores to DRAM. */
    STORE,
    /** The LIF neuron array. */
    LIF,
    /** The unit that fires beside the LIF array, if the chip has one. */
    FIRE,
    /** The pooling unit. */
    POOL,
    /** The tensor core. */
    TENSOR,
    /** Sends and receives spikes over the mesh. */
    MESH
}
