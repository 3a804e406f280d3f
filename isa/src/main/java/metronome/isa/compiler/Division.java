package metronome.isa.compiler;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * How a network is divided over the cores of a chip: its placement, with a plan of each core's own where spikes are exchanged
 * over the mesh, else one for all.
 *
 * @param plans one for each core, or one
 */
record Division(List<SpikePlan> plans) {
    /**
     * {@return the division}
     *
     * @throws DataException if something does not fit, with need and limit
     */
    static Division of(FixedNetwork network, Target target, SpikePlacement spikes, Partition partition) {
        int cores = TargetRules.cores(target);
        if (cores == 1) {
            return new Division(List.of(SpikePlanner.plan(network, target, spikes, Placement.onCore0(network))));
        }
        return switch (partition) {
            case CHANNEL -> asked(network, target, spikes, Placement.overMesh(network, cores, _ -> true),
                    Placement.byDram(network, cores, Placement.Way.BLOCKS));
            case LAYER -> asked(network, target, spikes, Placement.pipeline(network, cores, Placement.Way.MESH),
                    Placement.pipeline(network, cores, Placement.Way.TILES));
            case AUTO -> automatic(network, target, spikes, cores);
        };
    }

    /** Over the mesh if all spikes may stay on the chip and do, else by DRAM. */
    private static Division asked(FixedNetwork network, Target target, SpikePlacement spikes, Placement mesh, Placement dram) {
        boolean chain = network.wiring().isChain();
        Limits.check(chain || spikes != SpikePlacement.CHIP, "the network has branches, whose spikes go from core to core by DRAM "
                + "only; let them go to DRAM, or use one core (partition auto)");
        boolean stay = spikes == SpikePlacement.CHIP
                || spikes == SpikePlacement.AUTO && chain && ExchangeRoom.of(network, target).fits(mesh);
        return stay ? exchanging(network, target, mesh)
                : new Division(List.of(SpikePlanner.plan(network, target, SpikePlacement.DRAM, dram)));
    }

    private static Division exchanging(FixedNetwork network, Target target, Placement mesh) {
        return new Division(IntStream.range(0, mesh.cores())
                .mapToObj(core -> SpikePlanner.plan(network, target, mesh, core)).toList());
    }

    /** Over the mesh where that gains and fits; else by DRAM if that is estimated to take less time than one core. */
    private static Division automatic(FixedNetwork network, Target target, SpikePlacement spikes, int cores) {
        Placement mesh = Placement.overMesh(network, cores, layer -> gains(layer, target.count(TargetField.LANES), cores));
        if (network.wiring().isChain() && spikes != SpikePlacement.DRAM
                && mesh.layers().stream().anyMatch(Placement.Place::spread) && ExchangeRoom.of(network, target).fits(mesh)) {
            return exchanging(network, target, mesh);
        }
        Placement one = Placement.onCore0(network);
        Optional<SpikePlan> alone = SpikePlanner.find(network, target, spikes, one);
        Optional<SpikePlan> dealt = spikes == SpikePlacement.CHIP ? Optional.empty() : SpikePlanner.find(network, target,
                SpikePlacement.DRAM, Placement.byDram(network, cores, Placement.Way.TILES));
        return new Division(List.of(faster(alone, dealt, target)
                .orElseGet(() -> SpikePlanner.plan(network, target, spikes, one))));
    }

    private static Optional<SpikePlan> faster(Optional<SpikePlan> one, Optional<SpikePlan> other, Target target) {
        boolean both = one.isPresent() && other.isPresent();
        return both && new CutCost(other.orElseThrow(), target).all() < new CutCost(one.orElseThrow(), target).all() ? other
                : one.or(() -> other);
    }

    /** Whether the cycles saved are more than those in which the spikes of all cores arrive at each, one a cycle. */
    private static boolean gains(FixedLayer layer, int lanes, int cores) {
        return Placement.work(layer) / lanes * (cores - 1) / cores > layer.output().size();
    }

    int cores() {
        return placement().cores();
    }

    private Placement placement() {
        return plans.getFirst().placement();
    }

    /** What each core does. */
    List<? extends CoreShare> shares(Target target) {
        return placement().exchanges() ? IntStream.range(0, plans.size())
                .mapToObj(core -> ExchangeShare.of(plans.get(core), core, target)).toList()
                : DealtShare.of(plans.getFirst(), target);
    }

    /** What is overlapped; only layers of one core are. */
    Fusion fusion(Target target, LayerSchedule schedule) {
        if (cores() == 1) {
            return Fusion.of(plans.getFirst(), target, schedule);
        }
        Limits.check(schedule != LayerSchedule.FUSED, "no layer can begin while the one before it fires: the network is spread "
                + "over several cores, which hand on spikes of whole layers");
        return Fusion.NONE;
    }
}
