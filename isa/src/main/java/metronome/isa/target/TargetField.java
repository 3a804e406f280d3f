package metronome.isa.target;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything about a chip that an architect may vary: key in the target file, range, default, unit and meaning. */
public enum TargetField {
    /** Technology node. */
    NODE(choice("technology.node_nm", "45", "nm", "technology node",
            "130", "90", "65", "45", "32", "20", "16", "14", "10", "7")),
    /** Kind of SRAM cell. */
    CELL(choice("technology.sram_cell", "itrs-lstp", "", "SRAM cell: high performance or low standby power",
            "itrs-hp", "itrs-lstp")),
    /** Supply voltage. */
    VOLTAGE(decimal("technology.voltage_V", 0.5, 1.5, 0.9, "V", "supply voltage of logic and SRAM")),
    /** Clock. */
    CLOCK(decimal("clock_MHz", 1, 5000, 500, "MHz", "clock of everything on the chip")),
    /** Queue of each unit. */
    QUEUE_DEPTH(count("sequencer.queue_depth", 1, 64, 8, "instructions", "length of the queue before each unit")),
    /** Instruction buffer. */
    BUFFER(count("sequencer.buffer", 8, 4096, 64, "instructions", "size of the buffer into which instructions are fetched")),
    /** Lanes. */
    LANES(count("lif.lanes", 1, 4096, 256, "", "potentials that the LIF array can update in a cycle")),
    /** Banks of the potential scratchpad. */
    BANKS(count("lif.banks", 1, 4096, 256, "", "banks of the potential scratchpad")),
    /** Ports of a bank of potentials. */
    POTENTIAL_PORTS(count("lif.potential_ports", 1, 8, 1, "", "potentials that a bank can read, and write, in a cycle")),
    /** Events between spike buffer and array. */
    EVENT_SLOTS(count("lif.event_slots", 1, 256, 1, "events", "that can wait between spike buffer and array; above 1 also of later steps")),
    /** Potentials held. */
    POTENTIALS(count("lif.potentials", 16, 1 << 22, 16384, "potentials", "size of the potential scratchpad")),
    /** Width of a potential. */
    POTENTIAL_BITS(count("lif.potential_bits", 16, 32, 24, "bit", "width of a potential, signed")),
    /** Width of a weight. */
    WEIGHT_BITS(count("lif.weight_bits", 2, 16, 8, "bit", "width of a weight, signed; above 8 it takes two bytes")),
    /** Stages of the update pipeline. */
    PIPELINE(count("lif.pipeline_stages", 1, 32, 4, "cycles", "read, add, write: drained before potentials are swept")),
    /** When potentials leak. */
    LEAK(choice("lif.leak", "eager", "", "leak while integrating: at each step, or at the next touch", "eager", "lazy")),
    /** Powers of lambda. */
    POWER_ENTRIES(count("lif.power_entries", 1, 1024, 16, "", "powers of lambda in the table of the lazy leak")),
    /** Cycles of an update. */
    UPDATE_CYCLES(count("lif.update_cycles", 1, 16, 1, "cycles", "that a bank takes for a potential, in events and sweeps")),
    /** Overhead of an event. */
    EVENT_OVERHEAD(count("lif.event_overhead", 0, 1024, 0, "cycles", "that pass before the first update of an event")),
    /** Overhead of a sweep. */
    SWEEP_OVERHEAD(count("lif.sweep_overhead", 0, 1024, 0, "cycles", "that pass before a leak or compare sweep")),
    /** Cycles of an output spike. */
    SPIKE_CYCLES(count("lif.spike_cycles", 0, 64, 0, "cycles", "that the array stands still for each neuron that fires")),
    /** Width of the arbiter. */
    ARBITER_WIDTH(count("lif.arbiter_width", 1, 4096, 8, "events", "fired neurons that become events in a cycle")),
    /** Queue before the arbiter. */
    FIRE_QUEUE(count("lif.fire_queue", 1, 65536, 256, "events", "fired neurons that may wait for the arbiter")),
    /** Who sweeps the output window. */
    FIRE_UNIT(choice("lif.fire_unit", "shared", "", "what fires: the LIF array itself, or a unit beside it, potentials in two halves",
            "shared", "separate")),
    /** Size of the weight scratchpad. */
    WEIGHT_BYTES(count("weights.bytes", 256, 1 << 28, 131072, "B", "size of the weight scratchpad, used as two halves")),
    /** Banks of the weight scratchpad. */
    WEIGHT_BANKS(count("weights.banks", 1, 1024, 32, "", "banks of the weight scratchpad")),
    /** Ports of a bank of weights. */
    WEIGHT_PORTS(count("weights.ports", 1, 8, 1, "", "words that a weight bank can read in a cycle")),
    /** Word of the weight scratchpad. */
    WEIGHT_WORD(count("weights.word_bytes", 1, 256, 16, "B", "word of a weight bank")),
    /** Blocks of the spike buffer. */
    SPIKE_BLOCKS(count("spikes.blocks", 4, 1 << 22, 8192, "blocks", "size of the spike buffer")),
    /** Events in a block. */
    BLOCK_EVENTS(count("spikes.block_events", 1, 256, 16, "events", "32-bit events in a block of the spike buffer")),
    /** Lanes of the pooling unit. */
    POOL_LANES(count("pool.lanes", 1, 4096, 64, "", "windows that the pooling unit can scan in a cycle")),
    /** Windows held by the pooling unit. */
    POOL_ENTRIES(count("pool.entries", 16, 1 << 22, 8192, "windows", "windows whose state the pooling unit can hold")),
    /** Rows of the tensor core. */
    TENSOR_ROWS(count("tensor.rows", 1, 1024, 16, "", "rows of the tensor core")),
    /** Columns of the tensor core. */
    TENSOR_COLUMNS(count("tensor.columns", 1, 1024, 16, "", "columns of the tensor core")),
    /** What stays in the cells of the tensor core. */
    TENSOR_DATAFLOW(choice("tensor.dataflow", "os", "", "what stays in the cells: outputs, weights or inputs",
            "os", "ws", "is")),
    /** Whether the cells of the tensor core have a second register. */
    TENSOR_SHADOW(choice("tensor.shadow_registers", "no", "",
            "a second register in each cell for what stays there: hides its load or drain", "no", "yes")),
    /** Accumulators behind a column. */
    TENSOR_ACCUMULATORS(count("tensor.accumulators", 1, 1 << 20, 4096, "sums",
            "sums of 32 bits kept behind each column between folds (ws, is)")),
    /** Outstanding loads. */
    LOAD_QUEUE(count("dma.load_queue", 1, 256, 8, "bursts", "bursts that the load engine may have outstanding")),
    /** Outstanding stores. */
    STORE_QUEUE(count("dma.store_queue", 1, 256, 8, "bursts", "bursts that the store engine may have outstanding")),
    /** Kind of DRAM. */
    DRAM_KIND(choice("dram.kind", "lpddr4-2400", "", "DRAM device",
            "lpddr4-2400", "ddr4-2400", "hbm2", "ddr4-3200", "lpddr3-1600")),
    /** Channels of DRAM. */
    DRAM_CHANNELS(count("dram.channels", 1, 64, 1, "", "independent channels")),
    /** Queue of the memory controller. */
    DRAM_QUEUE(count("dram.queue", 1, 256, 16, "requests", "requests that wait in each channel's controller")),
    /** Order of requests. */
    DRAM_SCHEDULER(choice("dram.scheduler", "fr-fcfs", "", "what goes first: the oldest request, or the one that is ready",
            "fcfs", "fr-fcfs")),
    /** Bound of the order of requests. */
    DRAM_OVERTAKES(count("dram.overtakes", 1, 4096, 16, "requests", "younger ones that fr-fcfs may serve before an older one")),
    /** Page policy. */
    DRAM_PAGES(choice("dram.pages", "open", "", "what becomes of a row that nobody waits for", "open", "closed")),
    /** Mapping of addresses. */
    DRAM_MAPPING(choice("dram.mapping", "row-bank-column-channel", "", "parts of an address, the most significant first",
            "row-bank-column-channel", "row-column-bank-channel", "row-bank-channel-column")),
    /** Columns of the mesh of cores. */
    MESH_COLUMNS(count("mesh.columns", 1, 8, 1, "", "columns of the mesh of cores")),
    /** Rows of the mesh of cores. */
    MESH_ROWS(count("mesh.rows", 1, 8, 1, "", "rows of the mesh of cores; columns times rows is the number of cores")),
    /** Width of a link between routers. */
    FLIT_BITS(count("mesh.flit_bits", 8, 1024, 64, "bit", "width of a flit and of the links of the mesh")),
    /** Input buffer of a router. */
    MESH_BUFFER(count("mesh.buffer_flits", 1, 256, 8, "flits", "size of the buffer before each input of a router")),
    /** Time through a router. */
    ROUTER_CYCLES(count("mesh.router_cycles", 1, 16, 2, "cycles", "from the entry of a flit into a buffer until it may leave")),
    /** Time along a link. */
    LINK_CYCLES(count("mesh.link_cycles", 1, 16, 1, "cycles", "from one router to the next; a credit takes as long back")),
    /** Who goes first. */
    ARBITRATION(choice("mesh.arbitration", "round-robin", "", "which of the inputs that want an output of a router gets it",
            "round-robin", "fixed")),
    /** Length of a link. */
    LINK_LENGTH(decimal("mesh.link_mm", 0.1, 50, 1, "mm", "length of a link between routers"));

    private final Spec spec;

    TargetField(Spec spec) {
        this.spec = spec;
    }

    private record Spec(String key, String unit, String meaning, double least, double most, double preset,
            boolean whole, List<String> choices) {
    }

    private static Spec count(String key, int least, int most, int preset, String unit, String meaning) {
        return new Spec(key, unit, meaning, least, most, preset, true, List.of());
    }

    private static Spec decimal(String key, double least, double most, double preset, String unit, String meaning) {
        return new Spec(key, unit, meaning, least, most, preset, false, List.of());
    }

    private static Spec choice(String key, String preset, String unit, String meaning, String... choices) {
        List<String> all = List.of(choices);
        return new Spec(key, unit, meaning, 0, all.size() - 1, all.indexOf(preset), true, all);
    }

    /** {@return the dotted path of the field in a target file} */
    public String key() {
        return spec.key;
    }

    /** {@return its unit; empty for a plain number} */
    public String unit() {
        return spec.unit;
    }

    /** {@return what it is, in a few words} */
    public String meaning() {
        return spec.meaning;
    }

    /** {@return the least value} */
    public double least() {
        return spec.least;
    }

    /** {@return the greatest value} */
    public double most() {
        return spec.most;
    }

    /** {@return the value of the preset {@code default}; of a choice, its index} */
    public double preset() {
        return spec.preset;
    }

    /** {@return whether only whole numbers are values} */
    public boolean whole() {
        return spec.whole;
    }

    /** {@return the words among which a choice is made; empty for a number} */
    public List<String> choices() {
        return spec.choices;
    }

    /** {@return which values there are, in words: a range, or the choices} */
    public String range() {
        if (!choices().isEmpty()) {
            return String.join(", ", choices());
        }
        return whole() ? (long) least() + " to " + (long) most() : least() + " to " + most();
    }

    /**
     * {@return the field of that key}
     *
     * @param key a dotted path
     */
    public static Optional<TargetField> of(String key) {
        return Arrays.stream(values()).filter(f -> f.key().equals(key)).findFirst();
    }
}
