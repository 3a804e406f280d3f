package metronome.isa.compiler;

import java.util.HashMap;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** What the emitters of all layers of a core's code share: the plan, DRAM, the schedule and the regions of views. */
final class SpikingJob {
    /** Regions from here on take spikes from and to DRAM in turn, those below are for views on the chip. */
    private static final int FIRST_TURN = 24;

    final FixedNetwork network;
    final SpikePlan plan;
    final CoreShare share;
    final DramLayout layout;
    final int outputAddress;
    final Segments segments;
    final Schedule schedule;
    final SpikeOutput toDram;
    final int weightBytes;
    final PotentialTurns halves;
    final Fusion fusion;
    final int alignment;
    private final Map<View, Integer> regions = new HashMap<>();
    private int lastRegion = FIRST_TURN - 1;

    SpikingJob(Target target, SpikePlan plan, Fusion fusion, CoreShare share, DramLayout layout) {
        this.network = plan.network();
        this.plan = plan;
        this.fusion = fusion;
        this.share = share;
        this.layout = layout;
        this.outputAddress = layout.outputAddress();
        this.segments = layout.segments();
        this.schedule = new Schedule(target.count(TargetField.WEIGHT_BYTES) / 2, FIRST_TURN, plan.inputRegions());
        this.toDram = new SpikeOutput(schedule, FIRST_TURN + plan.inputRegions(), plan.outputRegions(), steps());
        this.halves = new PotentialTurns(TargetRules.firesSeparately(target), TargetRules.tilePotentials(target));
        this.weightBytes = TargetRules.weightBytes(target);
        this.alignment = target.count(TargetField.WEIGHT_WORD);
    }

    int steps() {
        return network.code().steps();
    }

    boolean isReadOut(FixedLayer layer) {
        return network.readout() == Readout.POTENTIAL && layer == network.layers().getLast();
    }

    /** The region of a view on the chip, from the first layer that writes it on. */
    int region(View view, int layer) {
        return regions.computeIfAbsent(view, v -> switch (share) {
            case ExchangeShare exchange -> exchange.read(v.readers().getFirst());
            case DealtShare _ -> newRegion(layer);
        });
    }

    /** The region on the chip that a layer writes; any if its spikes go to DRAM. */
    int written(int layer) {
        return switch (share) {
            case ExchangeShare exchange -> exchange.written(layer);
            case DealtShare _ when plan.spills(layer) -> 0;
            case DealtShare _ -> plan.chipView(layer).map(v -> region(v, layer)).orElseGet(() -> newRegion(layer));
        };
    }

    /** The next region in turn that no view holds while a layer runs. */
    int newRegion(int layer) {
        for (int i = 1; i <= FIRST_TURN; i++) {
            int region = (lastRegion + i) % FIRST_TURN;
            if (regions.entrySet().stream().noneMatch(e -> e.getValue() == region && e.getKey().livesAt(layer))) {
                lastRegion = region;
                return region;
            }
        }
        throw new DataException("layer " + network.layers().get(layer).name() + ": more than " + FIRST_TURN
                + " layers' spikes are on the chip at once; let them go to DRAM");
    }
}
