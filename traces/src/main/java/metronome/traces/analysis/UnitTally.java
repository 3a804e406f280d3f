package metronome.traces.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.probe.ChipEvent;

/**
 * What units did: every instruction is under way from the cycle in which its unit takes it to its last, and busy in those
 * of them that are no stalls; the sequencer is busy for a cycle with each instruction that it dispatches (SEQ-1, UNIT-1). An instruction
 * whose beginning the trace lacks counts for nothing.
 */
final class UnitTally {
    /** Of more cores, all units of a kind share a lane. */
    private static final int MOST_CORES_APART = 4;
    private static final int UNITS = Component.values().length;
    private static final int NOT_ISSUED = -1;
    private static final Set<Component> COMPUTING = EnumSet.of(Component.LIF, Component.FIRE, Component.POOL, Component.TENSOR);

    private final int layers;
    private final Counts[] cores;
    private final long[][] active;
    private final long[][] issued;
    private final long[][] busyOfLayer;
    /** By core and unit, made when they are needed. */
    private final Lane[] lanes;
    private final SortedMap<Integer, LayerSpan> spans = new TreeMap<>();
    private final long cycles;
    private final long width;
    private boolean drawn;

    UnitTally(int layers, int cores, long cycles, long width) {
        this.layers = layers;
        this.cores = new Counts[cores];
        Arrays.setAll(this.cores, _ -> new Counts(layers));
        this.active = new long[cores][UNITS];
        this.issued = new long[cores][UNITS];
        this.busyOfLayer = new long[layers][UNITS];
        this.lanes = new Lane[apart(cores) * UNITS];
        this.cycles = cycles;
        this.width = width;
    }

    /** Whether a unit that stalls for a cause has an instruction under way. */
    static boolean underWay(Component unit, Stall cause) {
        return unit != Component.SEQUENCER && cause != Stall.SEMAPHORE;
    }

    /** How many cores of a chip have lanes of their own. */
    static int apart(int cores) {
        return cores > MOST_CORES_APART ? 1 : cores;
    }

    /** An image begins. */
    void begin(boolean first) {
        drawn = first;
        for (long[] core : issued) {
            Arrays.fill(core, NOT_ISSUED);
        }
    }

    void accept(ChipEvent.Progress event) {
        int core = checked(event.core());
        int unit = event.unit().ordinal();
        switch (event.phase()) {
            case DISPATCHED -> active(core, Component.SEQUENCER, event.layer(), event.cycle(), 1);
            case ISSUED -> issued[core][unit] = event.cycle();
            case RETIRED -> {
                if (issued[core][unit] != NOT_ISSUED) {
                    active(core, event.unit(), event.layer(), issued[core][unit], event.cycle() + 1 - issued[core][unit]);
                }
                issued[core][unit] = NOT_ISSUED;
            }
        }
    }

    private void active(int core, Component unit, int layer, long from, long count) {
        active[core][unit.ordinal()] += count;
        busyOfLayer[layer][unit.ordinal()] += count;
        if (drawn) {
            lane(core, unit).active(from, count);
            if (COMPUTING.contains(unit)) {
                spans.merge(layer, new LayerSpan(layer, from, from + count), LayerSpan::with);
            }
        }
    }

    void accept(ChipEvent.StallRun run) {
        int core = checked(run.core());
        cores[core].stall(run.unit(), run.cause(), run.cycles());
        if (underWay(run.unit(), run.cause())) {
            active[core][run.unit().ordinal()] -= run.cycles();
            busyOfLayer[run.layer()][run.unit().ordinal()] -= run.cycles();
        }
        if (drawn) {
            lane(core, run.unit()).stalled(run.cause(), run.cycle(), run.cycles());
        }
    }

    private int checked(int core) {
        if (core < 0 || core >= cores.length) {
            throw new DataException("an event is of core " + core + " of " + cores.length);
        }
        return core;
    }

    private Lane lane(int core, Component unit) {
        int of = together() ? 0 : core;
        int number = of * UNITS + unit.ordinal();
        if (lanes[number] == null) {
            lanes[number] = new Lane(of, unit, cycles, width);
        }
        return lanes[number];
    }

    /** Whether a lane is of the units of all cores. */
    boolean together() {
        return apart(cores.length) < cores.length;
    }

    /** The counts of the chip, with those that its cores share. */
    Counts counts(Counts shared) {
        List<Counts> all = new ArrayList<>();
        for (int core = 0; core < cores.length; core++) {
            Counts one = new Counts(layers);
            one.add(cores[core]);
            for (Component unit : Component.values()) {
                one.busy(unit, active[core][unit.ordinal()]);
            }
            all.add(one);
        }
        return Counts.together(shared, all);
    }

    /** Busy cycles by layer and unit. */
    long busy(int layer, Component unit) {
        return busyOfLayer[layer][unit.ordinal()];
    }

    List<LayerSpan> spans() {
        return List.copyOf(spans.values());
    }

    List<Lane> lanes() {
        return Arrays.stream(lanes).filter(Objects::nonNull).toList();
    }
}
