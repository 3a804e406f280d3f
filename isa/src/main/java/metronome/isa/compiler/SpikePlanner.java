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
    /** Bytes that DRAM is taken to give in a cycle. */
    private static final int DRAM_BYTES = 16;

    private final FixedNetwork network;
    private final Target target;
    private final SpikePlacement placement;
    private final List<View> views;
    private final Set<View> shared;

    /** How a try is made: regions taken in turn, and whether tiles start from as many channels as fit, or from one. */
    private record Try(int inputRegions, int outputRegions, boolean manyChannels) {
    }

    private static final List<Try> TRIES =
            List.of(new Try(2, 2, true), new Try(2, 1, true), new Try(1, 1, true), new Try(1, 1, false));

    private SpikePlanner(FixedNetwork network, Target target, SpikePlacement placement) {
        this.network = network;
        this.target = target;
        this.placement = placement;
        this.views = View.of(network);
        this.shared = shared();
    }

    /**
     * {@return the plan}
     *
     * @throws DataException if a layer does not fit, with need and limit
     */
    static SpikePlan plan(FixedNetwork network, Target target, SpikePlacement placement) {
        SpikePlanner planner = new SpikePlanner(network, target, placement);
        for (Try each : TRIES) {
            Optional<SpikePlan> plan = planner.attempt(each, each == TRIES.getLast());
            if (plan.isPresent()) {
                return planner.cut(planner.withoutDearViews(plan.get()));
            }
        }
        throw new IllegalStateException("the last attempt refuses");
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
        return new SpikePlan(network, views, Set.copyOf(views), cuts, 1, 1);
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
        if (placement != SpikePlacement.DRAM) {
            views.stream().filter(v -> !shared.contains(v)).forEach(chip::add);
        }
        if (placement == SpikePlacement.CHIP && !shared.isEmpty()) {
            int source = shared.iterator().next().sources().getFirst();
            throw new DataException("spikes of " + (source < 0 ? "the input" : "layer " + network.layers().get(source).name())
                    + " are read alone and stacked with others, which the chip cannot keep; let them go to DRAM");
        }
        return chip;
    }

    private Optional<SpikePlan> attempt(Try how, boolean last) {
        List<Cut> least = network.layers().stream().map(l -> least(l, how.manyChannels)).toList();
        Set<View> chip = onChip();
        while (true) {
            SpikePlan plan = new SpikePlan(network, views, chip, least, how.inputRegions, how.outputRegions);
            SpikeRoom room = new SpikeRoom(plan, target.count(TargetField.BLOCK_EVENTS));
            OptionalInt tight = IntStream.range(0, least.size()).filter(l -> !fits(room, l)).findFirst();
            if (tight.isEmpty()) {
                return Optional.of(plan);
            }
            int layer = tight.getAsInt();
            Optional<View> largest = placement == SpikePlacement.CHIP ? Optional.empty() : chip.stream()
                    .filter(v -> v.livesAt(layer)).max(Comparator.<View>comparingInt(v -> v.shape().size())
                            .thenComparingInt(v -> v.readers().getFirst()));
            if (largest.isEmpty() && last) {
                throw refusal(network.layers().get(layer), room.need(layer));
            } else if (largest.isEmpty()) {
                return Optional.empty();
            }
            chip.remove(largest.get());
        }
    }

    private boolean fits(SpikeRoom room, int l) {
        return room.need(l) <= target.count(TargetField.SPIKE_BLOCKS);
    }

    private DataException refusal(FixedLayer layer, long need) {
        return new DataException("layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need " + need
                + " blocks of the spike buffer" + (placement == SpikePlacement.CHIP ? " to stay on the chip"
                : ", a tile at a time") + ", the target has " + target.count(TargetField.SPIKE_BLOCKS)
                + " (spikes.blocks)");
    }

    /** One row of as many channels as fit, or of one channel. */
    private Cut least(FixedLayer layer, boolean manyChannels) {
        TileLimits limits = TileLimits.of(layer, target);
        int channels = layer.output().channels();
        while (channels > 1 && (!manyChannels || limits.rows(channels) == 0)) {
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
        if (placement != SpikePlacement.AUTO || input.isEmpty()) {
            return plan;
        }
        Set<View> rest = new HashSet<>(plan.chip());
        rest.remove(input.get());
        SpikePlan other = new SpikePlan(plan.network(), plan.views(), rest, plan.cuts(), plan.inputRegions(),
                plan.outputRegions());
        return fits(new SpikeRoom(other, target.count(TargetField.BLOCK_EVENTS)))
                && readersCost(other, input.get()) < readersCost(plan, input.get()) ? other : plan;
    }

    private long readersCost(SpikePlan plan, View view) {
        SpikePlan cut = cut(plan);
        SpikeRoom room = new SpikeRoom(cut, target.count(TargetField.BLOCK_EVENTS));
        return view.readers().stream().mapToLong(l -> cost(cut, room, l, TileLimits.of(network.layers().get(l), target),
                cut.cuts().get(l))).sum();
    }

    private SpikePlan cut(SpikePlan plan) {
        List<Cut> cuts = new ArrayList<>(plan.cuts());
        for (int l = 0; l < cuts.size(); l++) {
            SpikePlan before = with(plan, cuts);
            FixedLayer layer = network.layers().get(l);
            cuts.set(l, plan.readsChip(l) && !plan.spills(l)
                    ? fewestTiles(layer, new Placement.Slice(0, layer.output().channels()), target) : cheapest(before, l));
        }
        return with(plan, cuts);
    }

    private static SpikePlan with(SpikePlan plan, List<Cut> cuts) {
        return new SpikePlan(plan.network(), plan.views(), plan.chip(), cuts, plan.inputRegions(), plan.outputRegions());
    }

    /** The cut of some channels of a layer into as few tiles as can be. */
    private static Cut fewestTiles(FixedLayer layer, Placement.Slice slice, Target target) {
        Shape part = new Shape(slice.channels(), layer.output().height(), layer.output().width());
        Tiling.Block block = Tiling.of(layer.name(), part, TileLimits.of(layer, target)).blocks().getFirst();
        return new Cut(slice.first(), part, block.channels(), block.rows().getFirst().count(), false);
    }

    private Cut cheapest(SpikePlan plan, int l) {
        FixedLayer layer = network.layers().get(l);
        Shape output = layer.output();
        TileLimits limits = TileLimits.of(layer, target);
        SpikeRoom room = new SpikeRoom(plan, target.count(TargetField.BLOCK_EVENTS));
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
                Optional<Cut> cut = largest(room, l, limits, channels, bandsOutside);
                long cost = cut.map(c -> cost(plan, room, l, limits, c)).orElse(Long.MAX_VALUE);
                if (cost < leastCost) {
                    leastCost = cost;
                    best = cut.orElseThrow();
                }
            }
        }
        return best;
    }

    /** The cut with the most rows a band for which there is room; of a pool that spills one row, which is one list. */
    private Optional<Cut> largest(SpikeRoom room, int l, TileLimits limits, int channels, boolean bandsOutside) {
        Shape output = network.layers().get(l).output();
        int last = 0;
        int most = network.layers().get(l) instanceof FixedLayer.Pool && room.spills(l) ? Math.min(1, limits.rows(channels))
                : limits.rows(channels);
        for (int bands = 1; bands <= output.height(); bands++) {
            int rows = Math.ceilDiv(output.height(), bands);
            if (rows == last || rows > most) {
                continue;
            }
            last = rows;
            Cut cut = new Cut(output, channels, rows, bandsOutside);
            room.measure(l, cut);
            if (fits(room)) {
                return Optional.of(cut);
            }
        }
        return Optional.empty();
    }

    private boolean fits(SpikeRoom room) {
        return IntStream.range(0, network.layers().size()).allMatch(l -> fits(room, l));
    }

    /** Cycles by a rough estimate, half of the neurons spiking; a tile more is a cycle more, so that fewer win. */
    private long cost(SpikePlan plan, SpikeRoom room, int l, TileLimits limits, Cut cut) {
        long events = room.offeredEvents(l, cut, plan.readsChip(l)) / 2;
        long array = events * Math.ceilDiv(limits.fanOut(cut.channels()), target.count(TargetField.LANES));
        long spikes = plan.readsChip(l) ? 0 : 4 * room.loadedEvents(l, cut) / 2;
        long weights = limits.blockBytes(cut.channels()) * cut.blocks() * (cut.bandsOutside() && cut.blocks() > 1
                ? cut.bands() : 1);
        return Math.max(array, (spikes + weights) / DRAM_BYTES) + (spikes + weights) / (16L * DRAM_BYTES)
                + (long) cut.blocks() * cut.bands();
    }
}
