package metronome.hwmodel.count;

import java.util.List;
import java.util.Optional;

/**
 * What one run counted, by layer: actions, the cycles of each layer, and what each unit did with its cycles.
 *
 * <p>Every cycle of a run belongs to exactly one layer; every cycle of a unit is busy, idle, or a stall of one cause.
 * Means over images are formed with {@link #add}. Not safe for use by several threads.
 */
public final class Counts {
    private static final int COUNTERS = Counter.values().length;
    private static final int STALLS = Stall.values().length;

    private final int layers;
    private int cores = 1;
    private final long[][] actions;
    private final long[] layerCycles;
    private final long[] busy = new long[Component.values().length];
    private final long[][] stalled = new long[Component.values().length][STALLS];

    /**
     * Creates counts of zero.
     *
     * @param layers how many layers the program has
     */
    public Counts(int layers) {
        this.layers = layers;
        this.actions = new long[layers][COUNTERS];
        this.layerCycles = new long[layers];
    }

    /**
     * {@return the counts of a chip: the actions, busy and stalled cycles of all its cores, the cycles of the run once}
     *
     * @param shared actions of what the cores share, and the cycles of the run
     * @param cores of each core; not empty
     */
    public static Counts together(Counts shared, List<Counts> cores) {
        Counts sum = new Counts(shared.layers);
        sum.add(shared);
        for (Counts core : cores) {
            sum.addActions(core);
        }
        sum.cores = cores.size();
        return sum;
    }

    /** {@return how many layers there are} */
    public int layers() {
        return layers;
    }

    /**
     * Counts actions.
     *
     * @param layer for which they were
     * @param counter which
     * @param times how many
     */
    public void count(int layer, Counter counter, long times) {
        actions[layer][counter.ordinal()] += times;
    }

    /**
     * Attributes cycles to a layer.
     *
     * @param layer which
     * @param cycles how many
     */
    public void spend(int layer, long cycles) {
        layerCycles[layer] += cycles;
    }

    /**
     * Counts busy cycles.
     *
     * @param unit which
     * @param cycles how many
     */
    public void busy(Component unit, long cycles) {
        busy[unit.ordinal()] += cycles;
    }

    /**
     * Counts stalled cycles.
     *
     * @param unit which
     * @param cause why
     * @param cycles how many
     */
    public void stall(Component unit, Stall cause, long cycles) {
        stalled[unit.ordinal()][cause.ordinal()] += cycles;
    }

    /**
     * Adds another run of the same program.
     *
     * @param other with as many layers
     */
    public void add(Counts other) {
        cores = Math.max(cores, other.cores);
        add(layerCycles, other.layerCycles);
        addActions(other);
    }

    private void addActions(Counts other) {
        for (int layer = 0; layer < layers; layer++) {
            add(actions[layer], other.actions[layer]);
        }
        add(busy, other.busy);
        for (int unit = 0; unit < stalled.length; unit++) {
            add(stalled[unit], other.stalled[unit]);
        }
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /**
     * {@return actions of one layer}
     *
     * @param layer which
     * @param counter which
     */
    public long of(int layer, Counter counter) {
        return actions[layer][counter.ordinal()];
    }

    /**
     * {@return actions of all layers}
     *
     * @param counter which
     */
    public long total(Counter counter) {
        long total = 0;
        for (long[] layer : actions) {
            total += layer[counter.ordinal()];
        }
        return total;
    }

    /**
     * {@return the cycles of one layer}
     *
     * @param layer which
     */
    public long cycles(int layer) {
        return layerCycles[layer];
    }

    /** {@return the cycles of the run: the sum over its layers} */
    public long cycles() {
        long total = 0;
        for (long cycles : layerCycles) {
            total += cycles;
        }
        return total;
    }

    /**
     * {@return cycles in which the unit worked}
     *
     * @param unit which
     */
    public long busyCycles(Component unit) {
        return busy[unit.ordinal()];
    }

    /**
     * {@return cycles in which the unit stalled}
     *
     * @param unit which
     * @param cause why
     */
    public long stallCycles(Component unit, Stall cause) {
        return stalled[unit.ordinal()][cause.ordinal()];
    }

    /**
     * {@return cycles in which the unit had nothing to do, over all cores}
     *
     * @param unit which
     */
    public long idleCycles(Component unit) {
        long used = busy[unit.ordinal()];
        for (long cycles : stalled[unit.ordinal()]) {
            used += cycles;
        }
        return cores * cycles() - used;
    }

    /**
     * {@return the first difference to another run of the same program, in words that begin with the component}
     *
     * @param other with as many layers
     */
    public Optional<String> difference(Counts other) {
        for (Component unit : Component.values()) {
            if (busyCycles(unit) != other.busyCycles(unit)) {
                return differs(unit, "busy cycles", busyCycles(unit), other.busyCycles(unit));
            }
            for (Stall cause : Stall.values()) {
                if (stallCycles(unit, cause) != other.stallCycles(unit, cause)) {
                    return differs(unit, "stalls for " + cause.label(), stallCycles(unit, cause),
                            other.stallCycles(unit, cause));
                }
            }
        }
        for (int layer = 0; layer < layers; layer++) {
            for (Counter counter : Counter.values()) {
                if (of(layer, counter) != other.of(layer, counter)) {
                    return differs(counter.component(), counter.label() + " of layer " + layer, of(layer, counter),
                            other.of(layer, counter));
                }
            }
            if (cycles(layer) != other.cycles(layer)) {
                return differs(Component.SEQUENCER, "cycles of layer " + layer, cycles(layer), other.cycles(layer));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differs(Component component, String what, long here, long there) {
        return Optional.of(component.label() + ": " + what + ": " + here + " against " + there);
    }
}
