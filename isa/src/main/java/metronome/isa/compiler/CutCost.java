package metronome.isa.compiler;

import java.util.List;
import java.util.stream.IntStream;
import metronome.core.spiking.FixedLayer;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * Cycles by a rough estimate, half of the neurons spiking: of the array for the events of all tiles, or of a DMA engine for
 * their spikes and weights, whichever is more; of several cores, the one that has most tiles. A tile more is a cycle more,
 * so that fewer win.
 *
 * @param plan by which spikes wait and layers are placed
 * @param target the chip
 */
record CutCost(SpikePlan plan, Target target) {
    /** Bytes that a DMA engine is taken to move in a cycle. */
    private static final int DMA_BYTES = 16;
    /** Cycles in which cores are taken to wait for each other behind a layer. */
    private static final int MEETING = 200;

    /** Those of a whole plan. */
    long all() {
        SpikeRoom room = new SpikeRoom(plan, target);
        int layers = plan.cuts().size();
        long meetings = plan.placement().cores() == 1 ? 0 : (long) MEETING * layers;
        return meetings + IntStream.range(0, layers).mapToLong(l -> of(room, l, plan.cuts().get(l))).sum();
    }

    /** Those of a layer with some cut. */
    long of(SpikeRoom room, int l, Cut cut) {
        FixedLayer layer = plan.network().layers().get(l);
        TileLimits limits = TileLimits.of(layer, target);
        long events = room.offeredEvents(l, cut, plan.readsChip(l)) / 2;
        long array = events * Math.ceilDiv(limits.fanOut(cut.channels()), target.count(TargetField.LANES));
        List<List<Cut.Tile>> shares = IntStream.range(0, plan.placement().cores())
                .mapToObj(core -> plan.placement().tiles(l, core, cut)).toList();
        long spikes = plan.readsChip(l) ? 0 : 4 * loadedEvents(room, l, cut, shares) / 2;
        long weights = limits.blockBytes(cut.channels()) * weightLoads(shares);
        long tiles = (long) cut.blocks() * cut.places();
        long cycles = Math.max(array, (spikes + weights) / DMA_BYTES) + (spikes + weights) / (16L * DMA_BYTES) + tiles;
        return cycles * plan.placement().most(l, cut) / tiles;
    }

    /** Events that are loaded for all tiles if every neuron spikes; tiles of a band that follow each other share them. */
    private long loadedEvents(SpikeRoom room, int l, Cut cut, List<List<Cut.Tile>> shares) {
        if (SpikeRoom.byChannel(plan.network().layers().get(l))) {
            return room.loadedEvents(l, cut);
        }
        long loads = shares.stream().mapToLong(tiles -> IntStream.range(0, tiles.size()).filter(i -> i == 0
                || !tiles.get(i).sees(tiles.get(i - 1))).count()).sum();
        return room.loadedEvents(l, cut) * loads / cut.places();
    }

    private static long weightLoads(List<List<Cut.Tile>> shares) {
        return shares.stream().mapToLong(tiles -> IntStream.range(0, tiles.size()).filter(i -> i == 0
                || tiles.get(i).firstChannel() != tiles.get(i - 1).firstChannel()).count()).sum();
    }
}
