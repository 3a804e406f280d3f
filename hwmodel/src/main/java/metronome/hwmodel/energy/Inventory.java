package metronome.hwmodel.energy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.dram.DramDevice;
import metronome.hwmodel.systolic.Counting;
import metronome.hwmodel.systolic.Dataflow;
import metronome.isa.instruction.Word;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** What each component is built of, as far as leakage and area are concerned; the table "Inventory" of docs/energy.md. */
final class Inventory {
    /** Width of an instruction. */
    static final int INSTRUCTION_BITS = 8 * Word.BYTES;
    /** Width of events, activation words, addresses and accumulators. */
    static final int WORD = 32;
    /** Width of the leak factor: unsigned Q0.16. */
    static final int LEAK_BITS = 16;
    /** Bits of a step, in a time stamp or beside an event: a window has 1001 steps at most. */
    private static final int STEP_BITS = 10;
    /** Width of a tensor core's operand. */
    static final int OPERAND_BITS = 8;

    /**
     * Logic and memories of one component.
     *
     * @param adderBits of all adders
     * @param multiplierProducts product of both widths, over all multipliers
     * @param comparatorBits of all comparators
     * @param registerBits of all registers and queues
     * @param memories its SRAMs
     */
    record Parts(double adderBits, double multiplierProducts, double comparatorBits, double registerBits,
            List<Memory> memories) {
        static Parts of(Memory... memories) {
            return new Parts(0, 0, 0, 0, List.of(memories));
        }

        Parts times(int cores) {
            return new Parts(adderBits * cores, multiplierProducts * cores, comparatorBits * cores, registerBits * cores,
                    memories.stream().map(m -> m.times(cores)).toList());
        }
    }

    private final Target target;
    private final int potentialBits;

    Inventory(Target target) {
        this.target = target;
        this.potentialBits = count(TargetField.POTENTIAL_BITS);
    }

    int count(TargetField field) {
        return target.count(field);
    }

    DramDevice device() {
        return DramDevice.preset(target.choice(TargetField.DRAM_KIND));
    }

    Memory instructions() {
        return Memory.ofWords("instructions", count(TargetField.BUFFER), INSTRUCTION_BITS, 1);
    }

    Memory potentials() {
        return Memory.ofWords("potentials", count(TargetField.POTENTIALS), potentialBits, potentialBanks())
                .withPorts(count(TargetField.POTENTIAL_PORTS));
    }

    /** Time stamps of the lazy leak: ten bits tell the steps of a window apart. */
    Memory stamps() {
        return Memory.ofWords("time stamps", count(TargetField.POTENTIALS), STEP_BITS, potentialBanks())
                .withPorts(count(TargetField.POTENTIAL_PORTS));
    }

    /** Each half has all banks. */
    private int potentialBanks() {
        return count(TargetField.BANKS) * (TargetRules.firesSeparately(target) ? 2 : 1);
    }

    private Parts potentialsAndStamps() {
        return lazy() ? Parts.of(potentials(), stamps())
                : Parts.of(potentials());
    }

    Memory weights() {
        int word = count(TargetField.WEIGHT_WORD);
        return Memory.ofWords("weights", Math.ceilDiv(count(TargetField.WEIGHT_BYTES), word), word * 8,
                count(TargetField.WEIGHT_BANKS)).withPorts(count(TargetField.WEIGHT_PORTS));
    }

    Memory spikes() {
        long words = (long) count(TargetField.SPIKE_BLOCKS) * count(TargetField.BLOCK_EVENTS);
        return Memory.ofWords("spikes", words, WORD, 1);
    }

    Memory poolStates() {
        return Memory.ofWords("pool states", count(TargetField.POOL_ENTRIES), potentialBits,
                Math.min(count(TargetField.POOL_LANES), count(TargetField.POOL_ENTRIES)));
    }

    /** Sums of the tensor core between folds: a bank behind each column. */
    Memory accumulators() {
        int columns = count(TargetField.TENSOR_COLUMNS);
        return Memory.ofWords("accumulators", (long) columns * count(TargetField.TENSOR_ACCUMULATORS), WORD, columns);
    }

    /** {@return what every component is built of} */
    Map<Component, Parts> parts() {
        Map<Component, Parts> parts = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            parts.put(component, parts(component));
        }
        return parts;
    }

    /** Every core has its own of everything but the mesh and the DRAM's controller. */
    private Parts parts(Component component) {
        return switch (component) {
            case MESH -> mesh();
            case DRAM -> new Parts(0, 0, 0, controllerBits(), List.of());
            default -> ofCore(component).times(TargetRules.cores(target));
        };
    }

    private Parts ofCore(Component component) {
        return switch (component) {
            case SEQUENCER -> new Parts(WORD, 0, 0, INSTRUCTION_BITS * (1.0 + queues()), List.of(instructions()));
            case LIF -> lif();
            case FIRE -> fire();
            case POOL -> new Parts(pooled(), 0, pooled(), pooled(), List.of(poolStates()));
            case TENSOR -> tensor();
            case LOAD -> dma(count(TargetField.LOAD_QUEUE));
            case STORE -> dma(count(TargetField.STORE_QUEUE));
            case POTENTIALS -> potentialsAndStamps();
            case WEIGHTS -> Parts.of(weights());
            case SPIKES -> Parts.of(spikes());
            case MESH, DRAM -> throw new IllegalArgumentException("shared by the cores: " + component);
        };
    }

    /**
     * A buffer for every link, and one each way between core and router; registers along the links; for each router five
     * multiplexers of a flit's width, a bit of which is taken to be as large as a comparator's.
     */
    private Parts mesh() {
        int cores = TargetRules.cores(target);
        if (cores == 1) {
            return Parts.of();
        }
        double links = 2.0 * (2 * cores - count(TargetField.MESH_COLUMNS) - count(TargetField.MESH_ROWS));
        double flits = (links + 2 * cores) * count(TargetField.MESH_BUFFER) + links * count(TargetField.LINK_CYCLES);
        double bits = count(TargetField.FLIT_BITS);
        return new Parts(0, 0, 5.0 * cores * bits, flits * bits, List.of());
    }

    /** Queues before the five units that execute, or six. */
    private double queues() {
        return (TargetRules.firesSeparately(target) ? 6.0 : 5.0) * count(TargetField.QUEUE_DEPTH);
    }

    private Parts lif() {
        double lanes = count(TargetField.LANES);
        double pipeline = lanes * count(TargetField.PIPELINE) * (potentialBits + count(TargetField.WEIGHT_BITS));
        double events = (double) WORD * (count(TargetField.FIRE_QUEUE) + count(TargetField.ARBITER_WIDTH))
                + (double) (WORD + STEP_BITS) * (count(TargetField.EVENT_SLOTS) - 1);
        return new Parts(lanes * potentialBits, lanes * potentialBits * LEAK_BITS, lanes * potentialBits,
                pipeline + events + powerTableBits(), List.of());
    }

    /** What sweeps, beside an array that keeps its own. */
    private Parts fire() {
        if (!TargetRules.firesSeparately(target)) {
            return Parts.of();
        }
        double bits = (double) count(TargetField.LANES) * potentialBits;
        double events = (double) WORD * (count(TargetField.FIRE_QUEUE) + count(TargetField.ARBITER_WIDTH));
        return new Parts(bits, bits * LEAK_BITS, bits, bits * count(TargetField.PIPELINE) + events, List.of());
    }

    private double powerTableBits() {
        return lazy() ? (double) LEAK_BITS * count(TargetField.POWER_ENTRIES) : 0;
    }

    /** Whether potentials have time stamps. */
    boolean lazy() {
        return TargetRules.leakPolicy(target).lazy();
    }

    private double pooled() {
        return (double) count(TargetField.POOL_LANES) * potentialBits;
    }

    private Parts tensor() {
        double cells = (double) count(TargetField.TENSOR_ROWS) * count(TargetField.TENSOR_COLUMNS);
        double columns = count(TargetField.TENSOR_COLUMNS);
        return new Parts(cells * WORD + columns * 4 * WORD,
                cells * OPERAND_BITS * OPERAND_BITS + columns * WORD * WORD, columns * 2 * WORD,
                cells * (2 * OPERAND_BITS + WORD + shadowBits()),
                Dataflow.of(target) == Dataflow.OS ? List.of() : List.of(accumulators()));
    }

    /** A cell's second register is as wide as what stays in the cell. */
    private int shadowBits() {
        if (Counting.of(target) == Counting.CAUSAL) {
            return 0;
        }
        return Dataflow.of(target) == Dataflow.OS ? WORD : OPERAND_BITS;
    }

    private Parts dma(int outstanding) {
        return new Parts(2 * WORD, 0, 0, 8.0 * device().burstBytes() * outstanding, List.of());
    }

    private double controllerBits() {
        double entry = 8.0 * device().burstBytes() + 2 * WORD;
        return entry * count(TargetField.DRAM_QUEUE) * count(TargetField.DRAM_CHANNELS);
    }
}
