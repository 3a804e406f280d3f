package metronome.isa.compiler;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;

/**
 * Which layers integrate step by step what the layer before them is firing (rule FIRE-5). Both must be one tile each, in
 * one half of the potentials each, with their weights in one half of the scratchpad each; the spikes must stay on the chip
 * and be read by nobody else.
 *
 * @param followers layers that begin while the one before them fires
 */
record Fusion(Set<Integer> followers) {
    static final Fusion NONE = new Fusion(Set.of());

    /**
     * {@return what is fused}
     *
     * @throws DataException if it must be and nothing can
     */
    static Fusion of(SpikePlan plan, Target target, LayerSchedule schedule) {
        Set<Integer> followers = new TreeSet<>();
        if (schedule != LayerSchedule.LAYERED && TargetRules.firesSeparately(target)) {
            for (int l = 1; l < plan.cuts().size(); l++) {
                if (follows(plan, target, l)) {
                    followers.add(l);
                }
            }
        }
        if (schedule == LayerSchedule.FUSED && followers.isEmpty()) {
            throw new DataException("no layer can begin while the one before it fires: " + reason(plan, target));
        }
        return new Fusion(followers);
    }

    private static boolean follows(SpikePlan plan, Target target, int l) {
        View view = plan.read(l);
        return plan.readsChip(l) && !plan.spills(l - 1) && view.sources().equals(List.of(l - 1))
                && view.readers().equals(List.of(l)) && oneTile(plan, target, l - 1)
                && oneTile(plan, target, l);
    }

    private static boolean oneTile(SpikePlan plan, Target target, int l) {
        FixedLayer layer = plan.network().layers().get(l);
        TileLimits limits = TileLimits.of(layer, target);
        return layer instanceof FixedLayer.Synapses && plan.cuts().get(l).tiles().size() == 1
                && limits.roomBytes() == limits.halfBytes();
    }

    private static String reason(SpikePlan plan, Target target) {
        if (!TargetRules.firesSeparately(target)) {
            return "the target has no firing unit (lif.fire_unit)";
        }
        String tiles = plan.network().layers().stream().map(layer -> layer.name() + " " + (layer instanceof FixedLayer.Pool
                ? "is a pool" : "has " + plan.cuts().get(plan.network().layers().indexOf(layer)).tiles().size() + " tiles"))
                .collect(Collectors.joining(", "));
        return "it takes two layers of synapses, one after the other, of one tile each, with spikes on the chip that only the "
                + "second one reads; " + tiles;
    }

    boolean follows(int l) {
        return followers.contains(l);
    }
}
