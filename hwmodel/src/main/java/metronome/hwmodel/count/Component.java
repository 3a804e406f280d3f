package metronome.hwmodel.count;

/** The parts of the chip to which time, energy and area are attributed; together they are all of it. */
public enum Component {
    /** Dispatches instructions. */
    SEQUENCER("sequencer", true),
    /** The LIF neuron array with its arbiter. */
    LIF("lif", true),
    /** The unit that fires beside the LIF array, with an arbiter of its own; few chips have one. */
    FIRE("fire", true),
    /** The pooling unit. */
    POOL("pool", true),
    /** The tensor core. */
    TENSOR("tensor", true),
    /** The DMA engine for loads. */
    LOAD("load", true),
    /** The DMA engine for stores. */
    STORE("store", true),
    /** The scratchpad of membrane potentials. */
    POTENTIALS("potentials", false),
    /** The scratchpad of weights. */
    WEIGHTS("weights", false),
    /** The spike buffer, which also holds activations when the tensor core runs. */
    SPIKES("spikes", false),
    /** The mesh unit with routers and links between the cores; a chip of one core has none. */
    MESH("mesh", true),
    /** The DRAM behind the chip, with its controller. */
    DRAM("dram", false);

    private final String label;
    private final boolean unit;

    Component(String label, boolean unit) {
        this.label = label;
        this.unit = unit;
    }

    /** {@return its name in artefacts} */
    public String label() {
        return label;
    }

    /** {@return whether it executes instructions, so that each of its cycles is busy, stalled or idle} */
    public boolean unit() {
        return unit;
    }
}
