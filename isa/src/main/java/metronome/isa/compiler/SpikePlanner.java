package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Wiring;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * Decides where spikes wait. While a layer does not fit with the least cut there is, the largest view that is on the chip then
 * goes to DRAM; what room is left then is for the {@link LayerCuts}. Regions are taken in turn, two for each direction, so
 * that transfers overlap with work; where that does not fit, one.
 */
final class SpikePlanner {
    private final FixedNetwork network;
    private final Target target;
    private final SpikePlacement spikes;
    private final Placement placement;
    private final LayerCuts cuts;
    private final List<View> views;
    private final Set<View> shared;

    /**
     * How a try is made: regions taken in turn, whether tiles start from as many channels as fit, or from one, and whether layers
     * that do not fit are cut into strips.
     */
    private record Try(int inputRegions, int outputRegions, boolean manyChannels, boolean strips) {
    }

    private static final List<Try> TRIES = List.of(new Try(2, 2, true, false), new Try(2, 1, true, false),
            new Try(1, 1, true, false), new Try(1, 1, false, false), new Try(2, 2, true, true), new Try(1, 1, false, true));
    /** The greatest width of a layer that has strips: as far as instructions name their first columns. */
    private static final int MOST_STRIPED = 256;

    private SpikePlanner(FixedNetwork network, Target target, SpikePlacement spikes, Placement placement) {
        this.network = network;
        this.target = target;
        this.spikes = spikes;
        this.placement = placement;
        this.cuts = new LayerCuts(target);
        this.views = View.of(network);
        this.shared = View.shared(views);
    }

    /**
     * {@return the plan for one core, or for several whose spikes all go by DRAM}
     *
     * @throws DataException if a layer does not fit, with need and limit
     */
    static SpikePlan plan(FixedNetwork network, Target target, SpikePlacement spikes, Placement placement) {
        SpikePlanner planner = new SpikePlanner(network, target, spikes, placement);
        return planner.find().orElseThrow(planner::refusal);
    }

    /**
     * {@return the same, if the spike buffer has room}
     *
     * @throws DataException if a layer does not fit for another reason, with need and limit
     */
    static Optional<SpikePlan> find(FixedNetwork network, Target target, SpikePlacement spikes, Placement placement) {
        return new SpikePlanner(network, target, spikes, placement).find();
    }

    private Optional<SpikePlan> find() {
        return TRIES.stream().map(this::attempt).filter(plan -> tight(plan).isEmpty()).findFirst()
                .map(plan -> cuts.cheapest(withoutDearViews(plan)));
    }

    /**
     * {@return the plan of one of several cores, on which all spikes stay; layers in which it has no part have whole cuts}
     *
     * @throws DataException if a part does not fit, with need and limit
     */
    static SpikePlan plan(FixedNetwork network, Target target, Placement placement, int core) {
        List<View> views = View.of(network);
        LayerCuts choice = new LayerCuts(target);
        List<Cut> cuts = new ArrayList<>();
        for (int l = 0; l < network.layers().size(); l++) {
            FixedLayer layer = network.layers().get(l);
            Placement.Slice slice = placement.slice(l, core, layer.output());
            ExchangeRoom.of(network, target).check(placement, l, core);
            cuts.add(choice.fewestTiles(layer, slice.channels() > 0 ? slice : new Placement.Slice(0, layer.output().channels())));
        }
        return new SpikePlan(network, placement, views, Set.copyOf(views), cuts, 1, 1);
    }

    private Set<View> onChip() {
        Set<View> chip = new HashSet<>();
        if (spikes != SpikePlacement.DRAM) {
            views.stream().filter(v -> !shared.contains(v)).forEach(chip::add);
        }
        if (spikes == SpikePlacement.CHIP && !shared.isEmpty()) {
            int source = shared.iterator().next().sources().getFirst();
            throw new DataException("spikes of " + (source < 0 ? "the input" : "layer " + network.layers().get(source).name())
                    + " are read alone and stacked with others, which the chip cannot keep; let them go to DRAM");
        }
        return chip;
    }

    /** With as few views in DRAM as it takes, which may not be enough. */
    private SpikePlan attempt(Try how) {
        List<Cut> least = cuts.least(network, how.manyChannels);
        SpikePlan plan = new SpikePlan(network, placement, views, onChip(), least, how.inputRegions, how.outputRegions);
        Optional<SpikePlan> next = relieved(plan, how);
        while (next.isPresent()) {
            plan = next.get();
            next = relieved(plan, how);
        }
        return plan;
    }

    /** A plan in which the first layer that does not fit needs less; none if there is no such layer, or nothing to be done. */
    private Optional<SpikePlan> relieved(SpikePlan plan, Try how) {
        OptionalInt tight = tight(plan);
        if (tight.isEmpty() || spikes == SpikePlacement.CHIP) {
            return Optional.empty();
        }
        return toDram(plan, tight.getAsInt()).map(view -> without(plan, view))
                .or(() -> how.strips ? narrowed(plan, tight.getAsInt()) : Optional.empty());
    }

    /** With strips half as wide. */
    private static Optional<SpikePlan> narrowed(SpikePlan plan, int l) {
        Cut cut = plan.cuts().get(l);
        boolean can = plan.network().layers().get(l) instanceof FixedLayer.Synapses && cut.columns() > 1
                && cut.output().width() <= MOST_STRIPED;
        if (!can) {
            return Optional.empty();
        }
        List<Cut> cuts = new ArrayList<>(plan.cuts());
        cuts.set(l, cut.narrowed(Math.ceilDiv(cut.columns(), 2)));
        return Optional.of(plan.with(cuts));
    }

    /** The largest view that is on the chip while a layer runs. */
    private static Optional<View> toDram(SpikePlan plan, int l) {
        return plan.chip().stream().filter(v -> v.livesAt(l)).max(Comparator.<View>comparingInt(v -> v.shape().size())
                        .thenComparingInt(v -> v.readers().getFirst()));
    }

    private static SpikePlan without(SpikePlan plan, View view) {
        Set<View> rest = new HashSet<>(plan.chip());
        rest.remove(view);
        return plan.with(rest);
    }

    /** The first layer that does not fit. */
    private OptionalInt tight(SpikePlan plan) {
        return new SpikeRoom(plan, target).tight();
    }

    /** What is wrong with the last attempt. */
    private DataException refusal() {
        SpikePlan plan = attempt(TRIES.getLast());
        SpikeRoom room = new SpikeRoom(plan, target);
        int l = room.tight().orElseThrow();
        FixedLayer layer = network.layers().get(l);
        return new DataException("layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need "
                + room.need(l) + " blocks of the spike buffer" + (spikes == SpikePlacement.CHIP ? " to stay on the chip"
                : ", a tile at a time") + ", the target has " + target.count(TargetField.SPIKE_BLOCKS)
                + " (spikes.blocks)");
    }

    /**
     * Lets the input go to DRAM though it fits on the chip, if its readers then take fewer cycles: from DRAM a tile is
     * offered only the rows that it can see, on the chip all of them.
     */
    private SpikePlan withoutDearViews(SpikePlan plan) {
        Optional<View> input = plan.chip().stream().filter(v -> v.sources().equals(List.of(Wiring.INPUT))).findFirst();
        if (spikes != SpikePlacement.AUTO || input.isEmpty()) {
            return plan;
        }
        SpikePlan other = without(plan, input.get());
        return tight(other).isEmpty() && readersCost(other, input.get()) < readersCost(plan, input.get()) ? other : plan;
    }

    private long readersCost(SpikePlan plan, View view) {
        SpikePlan cut = cuts.cheapest(plan);
        SpikeRoom room = new SpikeRoom(cut, target);
        CutCost cost = new CutCost(cut, target);
        return view.readers().stream().mapToLong(l -> cost.of(room, l, cut.cuts().get(l))).sum();
    }
}
