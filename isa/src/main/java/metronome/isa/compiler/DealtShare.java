package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * A share of tiles, whose spikes the core finds in DRAM, where every core stores what its tiles fire; if there is one core,
 * all tiles, whose spikes may stay on the chip too. Nobody reads what is not stored yet: behind a layer that is waited for,
 * each core that has stored its part says so to all over the mesh, by sending a region without events, and each waits for as
 * many such messages as there are cores. One that is ahead may say so of the next layer before another has heard of all for
 * this one, and be counted for one of them: no harm, since who is ahead has heard of all, so that all have stored.
 *
 * @param plan of the whole network
 * @param core whose share it is
 * @param tiles of each layer
 * @param order in which the core itself waits for layers
 * @param barriers layers behind which all cores wait for each other
 * @param columns of the mesh
 * @param rows of the mesh
 */
record DealtShare(SpikePlan plan, int core, List<List<Cut.Tile>> tiles, StoredOrder order, Set<Integer> barriers, int columns,
        int rows) implements CoreShare {
    /** A region in which there is never an event. */
    private static final int EMPTY = 31;

    /** Copies the collections. */
    DealtShare {
        tiles = List.copyOf(tiles);
        barriers = Set.copyOf(barriers);
    }

    /** The shares of all cores. */
    static List<DealtShare> of(SpikePlan plan, Target target) {
        List<List<List<Cut.Tile>>> tiles = new ArrayList<>();
        List<StoredOrder> orders = new ArrayList<>();
        Set<Integer> barriers = new TreeSet<>();
        for (int core = 0; core < plan.placement().cores(); core++) {
            int c = core;
            List<List<Cut.Tile>> own = IntStream.range(0, plan.cuts().size())
                    .mapToObj(l -> plan.placement().tiles(l, c, plan.cuts().get(l))).toList();
            IntPredicate takesPart = l -> !own.get(l).isEmpty();
            tiles.add(own);
            orders.add(StoredOrder.of(plan, takesPart));
            barriers.addAll(orders.getLast().signalling());
        }
        return IntStream.range(0, tiles.size()).mapToObj(c -> new DealtShare(plan, c, tiles.get(c), orders.get(c), barriers,
                target.count(TargetField.MESH_COLUMNS), target.count(TargetField.MESH_ROWS))).toList();
    }

    @Override
    public List<Cut.Tile> tiles(int l) {
        return tiles.get(l);
    }

    @Override
    public boolean storesAlone() {
        return plan.placement().cores() == 1;
    }

    @Override
    public OptionalInt next(int l) {
        return IntStream.range(l + 1, tiles.size()).filter(this::takesPart).findFirst();
    }

    @Override
    public boolean hasResult() {
        return takesPart(tiles.size() - 1);
    }

    /** Waits behind a layer until every core has stored its part, if somebody must know. */
    void meet(SpikingJob job, int l) {
        if (storesAlone() || !barriers.contains(l)) {
            return;
        }
        Control control = Control.of(l + 1);
        job.schedule.stage(l + 1, () -> {
            boolean waits = job.toDram.signalLast(Semaphores.TO_MESH);
            job.schedule.emit(waits ? control.waiting(Semaphores.TO_MESH) : control,
                    new MeshOperation.SendSpikes(EMPTY, EMPTY, 0, columns, 0, rows));
            job.schedule.emit(order.signalling().contains(l) ? control.signalling(Semaphores.STORED) : control,
                    new MeshOperation.ReceiveSpikes(EMPTY, plan.placement().cores()));
        });
    }
}
