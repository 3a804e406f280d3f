package metronome.isa.compiler;

import java.util.List;
import java.util.OptionalInt;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * A share whose spikes stay on the chip and are exchanged over the mesh. Those that are needed elsewhere go to a region of
 * the core's own first, and from there to the region that the next layer reads.
 *
 * @param plan of what the core has of the network
 * @param core whose share it is
 * @param columns of the mesh
 * @param rows of the mesh
 */
record ExchangeShare(SpikePlan plan, int core, int columns, int rows) implements CoreShare {
    /** Regions that layers read; as many are for what is sent. */
    private static final int READ = 16;

    static ExchangeShare of(SpikePlan plan, int core, Target target) {
        return new ExchangeShare(plan, core, target.count(TargetField.MESH_COLUMNS),
                target.count(TargetField.MESH_ROWS));
    }

    private FixedNetwork network() {
        return plan.network();
    }

    private Placement placement() {
        return plan.placement();
    }

    @Override
    public List<Cut.Tile> tiles(int l) {
        boolean some = placement().slice(l, core, network().layers().get(l).output()).channels() > 0;
        return some ? plan.cuts().get(l).tiles() : List.of();
    }

    @Override
    public StoredOrder order() {
        return StoredOrder.NONE;
    }

    @Override
    public boolean storesAlone() {
        return false;
    }

    @Override
    public OptionalInt next(int l) {
        return stays(l) && l + 1 < network().layers().size() ? OptionalInt.of(l + 1) : OptionalInt.empty();
    }

    @Override
    public boolean hasResult() {
        return core == 0;
    }

    boolean stays(int l) {
        return placement().stays(l);
    }

    /** The region that a layer reads where spikes are exchanged; the result's of the layer behind the last. */
    int read(int l) {
        return l % READ;
    }

    /** The region that a layer writes: that which the next one reads, or one from which they are sent there. */
    int written(int l) {
        return stays(l) ? read(l + 1) : READ + l % READ;
    }

    /** Sends the spikes of a layer to where they are read, and waits for those of others if that is here. */
    void exchange(Schedule schedule, int l) {
        Placement.Place to = placement().next(l);
        Control control = Control.of(l + 1);
        schedule.stage(l + 1, () -> {
            if (takesPart(l)) {
                schedule.emit(control.waiting(Semaphores.TO_MESH), send(l, to));
            }
            if (to.spread() || to.core() == core) {
                schedule.emit(control.signalling(arrived(l + 1)),
                        new MeshOperation.ReceiveSpikes(read(l + 1), placement().senders(l)));
            }
        });
    }

    private Operation send(int l, Placement.Place to) {
        return to.spread() ? new MeshOperation.SendSpikes(written(l), read(l + 1), 0, columns, 0, rows)
                : new MeshOperation.SendSpikes(written(l), read(l + 1), to.core() % columns, 1, to.core() / columns, 1);
    }

    private int arrived(int reader) {
        if (reader == network().layers().size()) {
            return Semaphores.RESULT;
        }
        return network().layers().get(reader) instanceof FixedLayer.Pool ? Semaphores.ARRIVED_FOR_POOL
                : Semaphores.ARRIVED_FOR_LIF;
    }
}
