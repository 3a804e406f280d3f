package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * The halves of the potential scratchpad where a unit fires beside the LIF array: each has ports for one of them, and is
 * used by one at a time (rule FIRE-2). Where there is no such unit, all potentials are one half. A program that breaks the
 * rule ends with both instructions named.
 */
public final class PotentialHalves {
    private final int size;
    private final boolean[] firing = new boolean[2];
    private final List<Use> uses = new ArrayList<>();
    private final List<Use> begun = new ArrayList<>();
    private final List<ExecutionUnit> ended = new ArrayList<>();

    private record Use(ExecutionUnit unit, int half, String instruction, int layer) {
        boolean meets(Use other) {
            return unit != other.unit && half == other.half;
        }
    }

    /**
     * Creates halves that nobody uses.
     *
     * @param target says how many there are
     */
    public PotentialHalves(Target target) {
        this.size = TargetRules.tilePotentials(target);
    }

    /** {@return the half of a tile; those of its potentials that lie elsewhere make it none} */
    int of(Tile tile, String instruction) {
        return of(tile, tile.size(), instruction);
    }

    /** {@return the half of so many potentials from the first of a tile on} */
    int of(Tile tile, int count, String instruction) {
        int half = tile.base() / size;
        if (half > 1 || tile.base() + (long) count > (half + 1L) * size) {
            throw new DataException(instruction + ": " + count + " potentials from " + tile.base()
                    + " do not lie within a half of the potentials, " + size + " each (lif.potentials, lif.fire_unit)");
        }
        return half;
    }

    /** Says that a tile was chosen by the firing unit, or by the LIF array. */
    void choose(int half, boolean toFire) {
        firing[half] = toFire;
    }

    /** An instruction begins that uses a half until it ends. */
    void begin(ExecutionUnit unit, int half, String instruction) {
        begun.add(new Use(unit, half, instruction, unit.layer()));
    }

    /** Refuses an instruction for a tile of a half in which the other unit has chosen one since. */
    void requireChosen(int half, boolean toFire, String instruction) {
        if (firing[half] != toFire) {
            throw new DataException(instruction + ": " + (toFire ? "lif.tile" : "fire.tile") + " has chosen a tile in the same "
                    + "half of the potentials since; choose this one again");
        }
    }

    void end(ExecutionUnit unit) {
        ended.add(unit);
    }

    /**
     * Ends the cycle.
     *
     * @throws DataException if both units use the same half
     */
    public void commit() {
        if (begun.isEmpty() && ended.isEmpty()) {
            return;
        }
        uses.addAll(begun);
        for (Use use : begun) {
            uses.stream().filter(use::meets).findFirst().ifPresent(other -> {
                throw new DataException(use.instruction + " of layer " + use.layer + " begins while " + other.instruction
                        + " of layer " + other.layer + " works in the same half of the potentials, half " + use.half);
            });
        }
        uses.removeIf(use -> ended.contains(use.unit));
        begun.clear();
        ended.clear();
    }
}
