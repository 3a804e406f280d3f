package metronome.hwmodel.energy;

import static metronome.hwmodel.energy.Inventory.INSTRUCTION_BITS;
import static metronome.hwmodel.energy.Inventory.LEAK_BITS;
import static metronome.hwmodel.energy.Inventory.OPERAND_BITS;
import static metronome.hwmodel.energy.Inventory.WORD;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import metronome.core.json.Json;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * The energy of every action and the static power of every component of one target: what counts are multiplied by.
 *
 * <p>No action's energy is part of another's: a load's word costs the DRAM a burst, the load engine a pass through its
 * queue, and the scratchpad a write, each counted by its own counter.
 */
public final class EnergyTable {
    private static final String PICOJOULES = "pJ";
    private static final String MILLIWATTS = "mW";

    private final Target target;
    private final Technology technology;
    private final Inventory inventory;
    private final int potentialBits;
    private final Map<Counter, Estimate> actions = new EnumMap<>(Counter.class);
    private final Map<Component, Estimate> statics = new EnumMap<>(Component.class);

    private EnergyTable(Target target) {
        this.target = target;
        technology = new Technology(target);
        inventory = new Inventory(target);
        potentialBits = target.count(TargetField.POTENTIAL_BITS);
        for (Counter counter : Counter.values()) {
            actions.put(counter, compute(counter));
        }
        inventory.parts().forEach((component, parts) -> statics.put(component, leakage(component, parts)));
    }

    /**
     * {@return the table of one target}
     *
     * @param target a complete configuration
     */
    public static EnergyTable of(Target target) {
        return new EnergyTable(target);
    }

    /**
     * {@return the energy of one action, in pJ}
     *
     * @param counter which action
     */
    public Estimate action(Counter counter) {
        return actions.get(counter);
    }

    /**
     * {@return the power that a component takes whether it acts or not, in mW}
     *
     * @param component which
     */
    public Estimate statics(Component component) {
        return statics.get(component);
    }

    private Estimate compute(Counter counter) {
        return switch (counter) {
            case INSTRUCTIONS -> technology.write(inventory.instructions())
                    .plus(technology.read(inventory.instructions())).plus(register(INSTRUCTION_BITS))
                    .plus(technology.energy("decode", 1));
            case EVENTS -> register(WORD).plus(adder(WORD));
            case UPDATES -> adder(potentialBits).plus(register(potentialBits + target.count(TargetField.WEIGHT_BITS)));
            case LEAKS -> multiplier(potentialBits, LEAK_BITS).plus(adder(potentialBits))
                    .plus(register(potentialBits + (inventory.lazy() ? LEAK_BITS : 0)));
            case TICKS -> adder(potentialBits).plus(register(potentialBits));
            case COMPARES -> comparator(potentialBits);
            case FIRED -> register(2 * WORD).plus(technology.energy("counter", 1));
            case POTENTIAL_READS -> technology.read(inventory.potentials());
            case POTENTIAL_WRITES -> technology.write(inventory.potentials());
            case STAMP_READS -> technology.read(inventory.stamps());
            case STAMP_WRITES -> technology.write(inventory.stamps());
            case WEIGHT_READS -> technology.read(inventory.weights());
            case WEIGHT_WRITES -> technology.write(inventory.weights());
            case SPIKE_READS -> technology.read(inventory.spikes());
            case SPIKE_WRITES -> technology.write(inventory.spikes());
            case POOL_UPDATES -> technology.read(inventory.poolStates()).plus(technology.write(inventory.poolStates()))
                    .plus(adder(potentialBits)).plus(comparator(potentialBits));
            case POOL_SCANS -> technology.read(inventory.poolStates()).plus(comparator(potentialBits));
            case MACS -> multiplier(OPERAND_BITS, OPERAND_BITS).plus(adder(WORD)).plus(register(2 * OPERAND_BITS + WORD));
            case PARTIAL_READS -> technology.read(inventory.accumulators());
            case PARTIAL_WRITES -> technology.write(inventory.accumulators());
            case RESCALES -> multiplier(WORD, WORD).plus(adder(4 * WORD)).plus(comparator(2 * WORD));
            case LOAD_WORDS, STORE_WORDS -> register(2 * WORD).plus(technology.energy("counter", 1));
            case FLITS -> register(flitBits());
            case HOPS -> register(flitBits() * target.count(TargetField.LINK_CYCLES))
                    .plus(technology.energy("wire", flitBits() * target.number(TargetField.LINK_LENGTH)));
            case REPLICATIONS -> comparator(TargetRules.cores(target));
            case BUFFER_WRITES -> register(flitBits());
            case BUFFER_READS -> comparator(flitBits()).plus(technology.energy("counter", 1));
            case ACTIVATES -> dram("activate", 1);
            case READ_BURSTS -> dram("read", burstBits()).plus(register(burstBits()));
            case WRITE_BURSTS -> dram("write", burstBits()).plus(register(burstBits()));
            case REFRESHES -> dram("refresh", 1);
        };
    }

    private Estimate adder(int bits) {
        return technology.energy("adder_32", bits / 32.0);
    }

    private Estimate comparator(int bits) {
        return technology.energy("comparator_32", bits / 32.0);
    }

    private Estimate register(int bits) {
        return technology.energy("register_bit", bits);
    }

    private Estimate multiplier(int bits, int otherBits) {
        return technology.energy("multiplier_32x32", bits * otherBits / 1024.0);
    }

    private int flitBits() {
        return target.count(TargetField.FLIT_BITS);
    }

    private int burstBits() {
        return 8 * inventory.device().burstBytes();
    }

    private Estimate dram(String what, double times) {
        return technology.dram(inventory.device().name() + "." + what, times, PICOJOULES);
    }

    private Estimate leakage(Component component, Inventory.Parts parts) {
        Estimate sum = Estimate.none(MILLIWATTS);
        if (component == Component.DRAM) {
            sum = sum.plus(technology.dram(inventory.device().name() + ".background",
                    target.count(TargetField.DRAM_CHANNELS), MILLIWATTS));
        }
        for (Logic logic : Logic.of(parts)) {
            sum = sum.plus(technology.leakage(logic.part(), logic.times()));
        }
        for (Memory memory : parts.memories()) {
            sum = sum.plus(technology.leakage(memory));
        }
        return sum;
    }

    /** {@return the table as an object: technology, actions in pJ, static power in mW, each with formula and sources} */
    public Json toJson() {
        List<Json> actionRows = new ArrayList<>();
        actions.forEach((counter, estimate) -> actionRows.add(estimate.toJson("energy").put("action", counter.label())
                .put("per", counter.unit()).build()));
        List<Json> staticRows = new ArrayList<>();
        statics.forEach((component, estimate) -> staticRows.add(
                estimate.toJson("power").put("component", component.label()).build()));
        return Json.object().put("target", target.name()).put("technology_node_nm", target.choice(TargetField.NODE))
                .put("voltage_V", target.number(TargetField.VOLTAGE)).put("sram_cell", target.choice(TargetField.CELL))
                .put("logic_scale", technology.logicScale()).put("actions", Json.array(actionRows))
                .put("static", Json.array(staticRows)).build();
    }

    /** {@return the table as CSV: one line for each action and for each static power} */
    public String toCsv() {
        StringBuilder out = new StringBuilder("component,action,unit,low,nominal,high,how,formula,sources\n");
        actions.forEach((counter, e) -> out.append(Csv.line(counter.component().label(), counter.label(), "pJ", e)));
        statics.forEach((component, e) -> out.append(Csv.line(component.label(), "static", "mW", e)));
        return out.toString();
    }
}
