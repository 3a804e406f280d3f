package metronome.isa.target;

import java.util.ArrayList;
import java.util.List;
import metronome.core.spiking.LeakPolicy;

/** What must hold between the fields of a target for there to be such a chip at all. */
public final class TargetRules {
    private TargetRules() {
    }

    /**
     * One rule that a target breaks.
     *
     * @param field the field to which the complaint is put
     * @param message what must hold, and the values that do not
     */
    public record Breach(TargetField field, String message) {
    }

    /**
     * {@return the rules that the target breaks; empty if there is such a chip}
     *
     * @param target every field within its own range
     */
    public static List<Breach> breaches(Target target) {
        List<Breach> breaches = new ArrayList<>();
        int halves = potentialHalves(target);
        String each = halves == 1 ? "" : ", in each half";
        atLeast(breaches, target, TargetField.POTENTIALS, (long) halves * target.count(TargetField.BANKS),
                "one potential in each of lif.banks" + each);
        atLeast(breaches, target, TargetField.POTENTIALS, (long) halves * target.count(TargetField.LANES),
                "one potential for each of lif.lanes" + each);
        atLeast(breaches, target, TargetField.WEIGHT_WORD, weightBytes(target),
                "one weight of lif.weight_bits");
        atLeast(breaches, target, TargetField.WEIGHT_BYTES,
                2L * target.count(TargetField.WEIGHT_BANKS) * target.count(TargetField.WEIGHT_WORD),
                "two halves of one word in each of weights.banks");
        atLeast(breaches, target, TargetField.MESH_BUFFER, messageFlits(target),
                "one message, whose " + messageBits(target) + " bits are cut into flits of mesh.flit_bits");
        return breaches;
    }

    /**
     * {@return bytes that a weight takes in the scratchpad and in DRAM}
     *
     * @param target any
     */
    public static int weightBytes(Target target) {
        return target.count(TargetField.WEIGHT_BITS) > 8 ? 2 : 1;
    }

    /**
     * {@return whether the chip has a unit that fires beside the LIF array (rule FIRE-1)}
     *
     * @param target any
     */
    public static boolean firesSeparately(Target target) {
        return target.choice(TargetField.FIRE_UNIT).equals("separate");
    }

    private static int potentialHalves(Target target) {
        return firesSeparately(target) ? 2 : 1;
    }

    /**
     * {@return how many potentials a tile can have: those of a half where there are two, else all}
     *
     * @param target any
     */
    public static int tilePotentials(Target target) {
        return target.count(TargetField.POTENTIALS) / potentialHalves(target);
    }

    /**
     * {@return how many cores the chip has}
     *
     * @param target any
     */
    public static int cores(Target target) {
        return target.count(TargetField.MESH_COLUMNS) * target.count(TargetField.MESH_ROWS);
    }

    /**
     * {@return flits of a message on the mesh (rule NOC-2)}
     *
     * @param target any
     */
    public static int messageFlits(Target target) {
        return Math.ceilDiv(messageBits(target), target.count(TargetField.FLIT_BITS));
    }

    /** A bit for each core to which it goes, a tag of 16 bits, an event of 32. */
    private static int messageBits(Target target) {
        return cores(target) + 16 + 32;
    }

    /**
     * {@return when the target's potentials leak}
     *
     * @param target any
     */
    public static LeakPolicy leakPolicy(Target target) {
        return target.choice(TargetField.LEAK).equals("lazy") ? new LeakPolicy(target.count(TargetField.POWER_ENTRIES))
                : LeakPolicy.EAGER;
    }

    private static void atLeast(List<Breach> breaches, Target target, TargetField field, long least, String what) {
        if (target.count(field) < least) {
            breaches.add(new Breach(field, "must be at least " + least + " (" + what + "): " + field.key() + "="
                    + target.text(field)));
        }
    }
}
