package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.target.Target;

/**
 * Chooses the cuts of layers: the least that can be, those of fewest tiles, or those that cost least by {@link CutCost} among all for
 * which the spike buffer has room.
 *
 * @param target the chip
 */
record LayerCuts(Target target) {
    /** One row of as many channels as fit, or of one channel. */
    List<Cut> least(FixedNetwork network, boolean manyChannels) {
        return network.layers().stream().map(l -> least(l, manyChannels)).toList();
    }

    private Cut least(FixedLayer layer, boolean manyChannels) {
        TileLimits limits = TileLimits.of(layer, target);
        int channels = layer.output().channels();
        while (channels > 1 && (!manyChannels || limits.rows(channels, layer.output().width()) == 0)) {
            channels = manyChannels ? channels - 1 : 1;
        }
        return new Cut(layer.output(), channels, 1, false);
    }

    /** The cut of some channels of a layer into as few tiles as can be. */
    Cut fewestTiles(FixedLayer layer, Placement.Slice slice) {
        Shape part = new Shape(slice.channels(), layer.output().height(), layer.output().width());
        Tiling.Block block = Tiling.of(layer.name(), part, TileLimits.of(layer, target)).blocks().getFirst();
        return new Cut(slice.first(), part, block.channels(), block.rows().getFirst().count(), part.width(), false);
    }

    /** A plan in which each layer, in order, has the cut that costs least; as few tiles as can be where all its spikes are on the chip. */
    SpikePlan cheapest(SpikePlan plan) {
        List<Cut> cuts = new ArrayList<>(plan.cuts());
        for (int l = 0; l < cuts.size(); l++) {
            SpikePlan before = plan.with(cuts);
            FixedLayer layer = plan.network().layers().get(l);
            cuts.set(l, plan.readsChip(l) && !plan.spills(l)
                    ? fewestTiles(layer, new Placement.Slice(0, layer.output().channels())) : cheapest(before, l));
        }
        return plan.with(cuts);
    }

    private Cut cheapest(SpikePlan plan, int l) {
        Shape output = plan.network().layers().get(l).output();
        SpikeRoom room = new SpikeRoom(plan, target);
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
                for (Cut cut : candidates(plan, room, l, channels, bandsOutside)) {
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
     * The cut with the most rows a band for which there is room. For several cores some more with fewer rows, so that all can have
     * as many.
     */
    private List<Cut> candidates(SpikePlan plan, SpikeRoom room, int l, int channels, boolean bandsOutside) {
        FixedLayer layer = plan.network().layers().get(l);
        Shape output = layer.output();
        int columns = plan.cuts().get(l).columns();
        int most = mostRows(layer, room.spills(l), channels, columns);
        List<Cut> found = new ArrayList<>();
        int last = 0;
        for (int bands = 1; bands <= output.height() && found.size() < plan.placement().senders(l); bands++) {
            int rows = Math.ceilDiv(output.height(), bands);
            if (rows == last || rows > most) {
                continue;
            }
            last = rows;
            Cut cut = new Cut(output, channels, rows, bandsOutside).narrowed(columns);
            room.measure(l, cut);
            if (room.tight().isEmpty()) {
                found.add(cut);
            }
        }
        return found;
    }

    /** As many as fit; of a pool that spills one row, which is one list. */
    private int mostRows(FixedLayer layer, boolean spills, int channels, int columns) {
        int rows = TileLimits.of(layer, target).rows(channels, columns);
        return layer instanceof FixedLayer.Pool && spills ? Math.min(1, rows) : rows;
    }
}
