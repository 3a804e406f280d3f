package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Wiring;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * Decides where spikes wait and how layers are cut. While a layer does not fit, the largest view that is on the chip then
 * goes to DRAM. Then each layer, in order, gets the cut that costs least by a rough estimate of cycles: of the array for
 * the events of all tiles, or of DRAM for its traffic, whichever is more. Regions are taken in turn, two for each
 * direction, so that transfers overlap with work; where that does not fit, one.
 */
final class SpikePlanner {
    private final FixedNetwork network;
    private final Target target;
    private final SpikePlacement spikes;
    private final Placement placement;
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
        this.views = View.of(network);
        this.shared = shared();
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
                .map(plan -> cut(withoutDearViews(plan)));
    }

    /**
     * {@return the plan of one of several cores, on which all spikes stay; layers in which it has no part have whole cuts}
     *
     * @throws DataException if a part does not fit, with need and limit
     */
    static SpikePlan plan(FixedNetwork network, Target target, Placement placement, int core) {
        List<View> views = View.of(network);
        List<Cut> cuts = new ArrayList<>();
        for (int l = 0; l < network.layers().size(); l++) {
            FixedLayer layer = network.layers().get(l);
            Placement.Slice slice = placement.slice(l, core, layer.output());
            ExchangeRoom.of(network, target).check(placement, l, core);
            cuts.add(fewestTiles(layer, slice.channels() > 0 ? slice : new Placement.Slice(0, layer.output().channels()), target));
        }
        return new SpikePlan(network, placement, views, Set.copyOf(views), cuts, 1, 1);
    }

    /** Views with a layer that is in another view too; they cannot be written as one region. */
    private Set<View> shared() {
        Set<View> found = new HashSet<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (View view : views) {
                boolean meets = views.stream().anyMatch(other -> other != view
                        && other.sources().stream().anyMatch(view.sources()::contains));
                boolean twice = view.sources().stream().distinct().count() < view.sources().size();
                grew |= (meets || twice) && found.add(view);
            }
        }
        return found;
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
        List<Cut> least = network.layers().stream().map(l -> least(l, how.manyChannels)).toList();
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

    private OptionalInt tight(SpikePlan plan) {
        SpikeRoom room = room(plan);
        return IntStream.range(0, network.layers().size()).filter(l -> !fits(room, l)).findFirst();
    }

    private SpikeRoom room(SpikePlan plan) {
        return new SpikeRoom(plan, target.count(TargetField.BLOCK_EVENTS));
    }

    private boolean fits(SpikeRoom room, int l) {
        return room.need(l) <= target.count(TargetField.SPIKE_BLOCKS);
    }

    /** What is wrong with the last attempt. */
    private DataException refusal() {
        SpikePlan plan = attempt(TRIES.getLast());
        int l = tight(plan).orElseThrow();
        FixedLayer layer = network.layers().get(l);
        return new DataException("layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need "
                + room(plan).need(l) + " blocks of the spike buffer" + (spikes == SpikePlacement.CHIP ? " to stay on the chip"
                : ", a tile at a time") + ", the target has " + target.count(TargetField.SPIKE_BLOCKS)
                + " (spikes.blocks)");
    }

    /** One row of as many channels as fit, or of one channel. */
    private Cut least(FixedLayer layer, boolean manyChannels) {
        TileLimits limits = TileLimits.of(layer, target);
        int channels = layer.output().channels();
        while (channels > 1 && (!manyChannels || limits.rows(channels, layer.output().width()) == 0)) {
            channels = manyChannels ? channels - 1 : 1;
        }
        return new Cut(layer.output(), channels, 1, false);
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
        SpikePlan cut = cut(plan);
        CutCost cost = new CutCost(cut, target);
        return view.readers().stream().mapToLong(l -> cost.of(room(cut), l, cut.cuts().get(l))).sum();
    }

    private SpikePlan cut(SpikePlan plan) {
        List<Cut> cuts = new ArrayList<>(plan.cuts());
        for (int l = 0; l < cuts.size(); l++) {
            SpikePlan before = plan.with(cuts);
            FixedLayer layer = network.layers().get(l);
            cuts.set(l, plan.readsChip(l) && !plan.spills(l)
                    ? fewestTiles(layer, new Placement.Slice(0, layer.output().channels()), target) : cheapest(before, l));
        }
        return plan.with(cuts);
    }

    /** The cut of some channels of a layer into as few tiles as can be. */
    private static Cut fewestTiles(FixedLayer layer, Placement.Slice slice, Target target) {
        Shape part = new Shape(slice.channels(), layer.output().height(), layer.output().width());
        Tiling.Block block = Tiling.of(layer.name(), part, TileLimits.of(layer, target)).blocks().getFirst();
        return new Cut(slice.first(), part, block.channels(), block.rows().getFirst().count(), part.width(), false);
    }

    private Cut cheapest(SpikePlan plan, int l) {
        FixedLayer layer = network.layers().get(l);
        Shape output = layer.output();
        TileLimits limits = TileLimits.of(layer, target);
        SpikeRoom room = room(plan);
        CutCost costs = new CutCost(plan, target);
        Cut best = plan.cuts().get(l);
        long leastCost = Long.MAX_VALUE;
        int last = 0;
        for (int blocks = 1; blocks <= output.channels(); blocks++) {
            int channels = Math.ceilDiv(output.channels(), blocks);
            if (channels == last) {
                continue;
            }
            last = channels;
            for (boolean bandsOutside : new boolean[] {false, true}) {
                for (Cut cut : candidates(room, l, limits, plan.cuts().get(l).columns(), channels, bandsOutside)) {
                    long cost = costs.of(room, l, cut);
                    if (cost < leastCost) {
                        leastCost = cost;
                        best = cut;
                    }
                }
            }
        }
        return best;
    }

    /**
     * The cut with the most rows a band for which there is room; of a pool that spills one row, which is one list. For several
     * cores some more with fewer rows, so that all can have as many.
     */
    private List<Cut> candidates(SpikeRoom room, int l, TileLimits limits, int columns, int channels, boolean bandsOutside) {
        Shape output = network.layers().get(l).output();
        List<Cut> found = new ArrayList<>();
        int last = 0;
        int most = network.layers().get(l) instanceof FixedLayer.Pool && room.spills(l) ? Math.min(1, limits.rows(channels, columns))
                : limits.rows(channels, columns);
        for (int bands = 1; bands <= output.height() && found.size() < placement.senders(l); bands++) {
            int rows = Math.ceilDiv(output.height(), bands);
            if (rows == last || rows > most) {
                continue;
            }
            last = rows;
            Cut cut = new Cut(output, channels, rows, bandsOutside).narrowed(columns);
            room.measure(l, cut);
            if (fits(room)) {
                found.add(cut);
            }
        }
        return found;
    }

    private boolean fits(SpikeRoom room) {
        return IntStream.range(0, network.layers().size()).allMatch(l -> fits(room, l));
    }
}
