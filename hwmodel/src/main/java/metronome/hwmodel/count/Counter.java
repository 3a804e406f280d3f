package metronome.hwmodel.count;

/** An action that is counted and has an energy: component, name, unit and meaning. */
public enum Counter {
    /** Instructions dispatched. */
    INSTRUCTIONS(Component.SEQUENCER, "instructions", "instructions", "fetched, decoded and dispatched"),
    /** Input events. */
    EVENTS(Component.LIF, "events", "events", "input events taken by the array"),
    /** Synaptic additions. */
    UPDATES(Component.LIF, "updates", "additions", "synaptic additions to a potential"),
    /** Leak multiplications. */
    LEAKS(Component.LIF, "leaks", "multiplications", "potentials multiplied by lambda"),
    /** Tick additions. */
    TICKS(Component.LIF, "ticks", "additions", "ticks and biases added to a potential"),
    /** Threshold comparisons. */
    COMPARES(Component.LIF, "compares", "comparisons", "potentials compared with the threshold or with each other"),
    /** Fired neurons. */
    FIRED(Component.LIF, "fired", "events", "neurons encoded by the arbiter"),
    /** Potential reads. */
    POTENTIAL_READS(Component.POTENTIALS, "reads", "potentials", "potentials read"),
    /** Potential writes. */
    POTENTIAL_WRITES(Component.POTENTIALS, "writes", "potentials", "potentials written"),
    /** Time stamps read. */
    STAMP_READS(Component.POTENTIALS, "stamp_reads", "time stamps", "time stamps of potentials read (lazy leak)"),
    /** Time stamps written. */
    STAMP_WRITES(Component.POTENTIALS, "stamp_writes", "time stamps", "time stamps of potentials written (lazy leak)"),
    /** Weight words read. */
    WEIGHT_READS(Component.WEIGHTS, "reads", "words", "words of a weight bank read"),
    /** Weight words written. */
    WEIGHT_WRITES(Component.WEIGHTS, "writes", "words", "words of a weight bank written"),
    /** Words read from the spike buffer. */
    SPIKE_READS(Component.SPIKES, "reads", "32-bit words", "events or activation words read"),
    /** Words written to the spike buffer. */
    SPIKE_WRITES(Component.SPIKES, "writes", "32-bit words", "events or activation words written"),
    /** State updates of the pooling unit. */
    POOL_UPDATES(Component.POOL, "updates", "windows", "states of a window read, changed and written"),
    /** State scans of the pooling unit. */
    POOL_SCANS(Component.POOL, "scans", "windows", "states of a window read and compared"),
    /** Multiply-accumulates. */
    MACS(Component.TENSOR, "macs", "multiply-accumulates", "8-bit products added to a 32-bit accumulator"),
    /** Sums read back for the next fold. */
    PARTIAL_READS(Component.TENSOR, "partial_reads", "32-bit words", "sums of earlier folds read to be added to"),
    /** Sums kept for the next fold. */
    PARTIAL_WRITES(Component.TENSOR, "partial_writes", "32-bit words", "sums of a fold kept for later folds"),
    /** Rescaled accumulators. */
    RESCALES(Component.TENSOR, "rescales", "accumulators", "accumulators multiplied, shifted and clamped"),
    /** Words moved in. */
    LOAD_WORDS(Component.LOAD, "words", "32-bit words", "words moved from DRAM to the chip"),
    /** Words moved out. */
    STORE_WORDS(Component.STORE, "words", "32-bit words", "words moved from the chip to DRAM"),
    /** Flits that entered the mesh. */
    FLITS(Component.MESH, "flits", "flits", "flits that a core sent into the mesh"),
    /** Flits over links. */
    HOPS(Component.MESH, "hops", "flits", "flits that went over a link from router to router"),
    /** Copies at forks. */
    REPLICATIONS(Component.MESH, "replications", "flits", "copies of a flit that a router made, the first not counted"),
    /** Flits written to buffers. */
    BUFFER_WRITES(Component.MESH, "buffer_writes", "flits", "flits written to the buffer of a router or a receiver"),
    /** Flits read from buffers. */
    BUFFER_READS(Component.MESH, "buffer_reads", "flits", "flits read from the buffer of a router or a receiver"),
    /** Rows activated. */
    ACTIVATES(Component.DRAM, "activates", "rows", "rows activated (and later precharged)"),
    /** Read bursts. */
    READ_BURSTS(Component.DRAM, "read_bursts", "bursts", "bursts read"),
    /** Write bursts. */
    WRITE_BURSTS(Component.DRAM, "write_bursts", "bursts", "bursts written"),
    /** Refreshes. */
    REFRESHES(Component.DRAM, "refreshes", "refreshes", "all-bank refreshes of a channel");

    private final Component component;
    private final String label;
    private final String unit;
    private final String meaning;

    Counter(Component component, String label, String unit, String meaning) {
        this.component = component;
        this.label = label;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** {@return the part that acts} */
    public Component component() {
        return component;
    }

    /** {@return its name in artefacts, after that of the component: {@code lif.updates}} */
    public String label() {
        return component.label() + "." + label;
    }

    /** {@return what is counted} */
    public String unit() {
        return unit;
    }

    /** {@return what it means} */
    public String meaning() {
        return meaning;
    }
}
