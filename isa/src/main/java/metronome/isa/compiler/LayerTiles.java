package metronome.isa.compiler;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import metronome.core.spiking.FixedLayer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Unit;

/** What the tiles of a layer have in common, whatever unit works on them. */
final class LayerTiles {
    final int l;
    final int number;
    final List<Cut.Tile> all;
    final int region;
    final int raise;
    private final SpikingJob job;
    private final View view;
    private final boolean readsChip;
    private Reach loaded = Reach.NONE;
    private Optional<Schedule.Spikes> spikes = Optional.empty();

    /**
     * Prepares a layer.
     *
     * @param job what all layers share
     * @param l number of the layer
     * @param region that it writes, if it writes one on the chip
     * @param raise first channel of its spikes there
     */
    LayerTiles(SpikingJob job, int l, int region, int raise) {
        this.job = job;
        this.l = l;
        this.number = l + 1;
        this.view = job.plan.read(l);
        this.readsChip = job.plan.readsChip(l);
        this.all = job.share.tiles(l);
        this.region = region;
        this.raise = raise;
    }

    /** A control part without semaphores. */
    Control plain() {
        return Control.of(number);
    }

    /** Whether the layer's spikes go to DRAM. */
    boolean spill() {
        return job.plan.spills(l);
    }

    /** The spikes of a tile, the same object as for the tile before it where they are the same. */
    Optional<Schedule.Spikes> spikes(Cut.Tile tile, int ready) {
        Reach reach = Reach.of(job.network.layers().get(l), tile);
        if (!readsChip && !reach.equals(loaded)) {
            boolean first = spikes.isEmpty();
            loaded = reach;
            spikes = Optional.of(new Schedule.Spikes(into -> job.segments.loads(view, reach, into), ready,
                    first && job.share.order().waiting().contains(l)));
        }
        return spikes;
    }

    boolean isLast(Cut.Tile tile) {
        return tile == all.getLast();
    }

    int source(Schedule.Place place) {
        return readsChip ? job.region(view, l) : place.region();
    }

    /** Whether a tile is the last to read its region. */
    boolean releases(Cut.Tile tile, Schedule.Place place) {
        return readsChip ? isLast(tile) && view.readers().getLast() == l : place.lastOfSpikes();
    }

    /** The instruction that reads the spikes: waits for them, and says when they are taken. */
    Control reading(Schedule.Place place, int ready) {
        Control control = plain();
        if (place.firstOfSpikes()) {
            control = control.waiting(ready + place.turn());
        }
        return place.lastOfSpikes() ? control.signalling(Semaphores.SPIKES_TAKEN + place.turn()) : control;
    }

    /** The last instruction of the layer, with what the next layer or the result waits for. */
    Control ending(Control control, Unit unit) {
        if (job.share instanceof ExchangeShare exchange && !exchange.stays(l)) {
            return control.signalling(Semaphores.TO_MESH);
        }
        if (number == job.network.layers().size()) {
            return control.signalling(Semaphores.RESULT);
        }
        OptionalInt reader = job.share.next(l);
        if (reader.isEmpty() || job.fusion.follows(number)) {
            return control;
        }
        Unit next = job.network.layers().get(reader.getAsInt()) instanceof FixedLayer.Pool ? Unit.POOL : Unit.LIF;
        if (unit == next) {
            return control;
        }
        return control.signalling(next == Unit.POOL ? Semaphores.TO_POOL
                : unit == Unit.FIRE ? Semaphores.FIRED_FOR_LIF : Semaphores.FROM_POOL);
    }

    boolean stored(boolean last) {
        return last && job.share.storesAlone() && job.share.order().signalling().contains(l);
    }
}
