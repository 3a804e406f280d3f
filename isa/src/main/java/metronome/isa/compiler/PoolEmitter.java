package metronome.isa.compiler;

import java.util.Optional;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.PoolCircuit;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.instruction.Unit;

/** Emits a pooling layer. */
final class PoolEmitter {
    private final SpikingJob job;
    private final LayerTiles tiles;
    private final FixedLayer.Pool layer;

    PoolEmitter(SpikingJob job, LayerTiles tiles, FixedLayer.Pool layer) {
        this.job = job;
        this.tiles = tiles;
        this.layer = layer;
    }

    /** Adds the stages; the first instruction has the control part given. */
    void add(Control first) {
        job.schedule.stage(tiles.number, () -> job.schedule.emit(first,
                Shapes.pool(layer.input(), layer.output(), layer.window())));
        for (Cut.Tile tile : tiles.all) {
            job.schedule.stage(tiles.number, Optional.empty(), tiles.spikes(tile, Semaphores.SPIKES_TO_POOL),
                    place -> emit(tile, place));
        }
    }

    private void emit(Cut.Tile tile, Schedule.Place place) {
        if (tile.channels() < layer.output().channels() || tile.rows() < layer.output().height()) {
            job.schedule.emit(tiles.plain(), new PoolOperation.PoolTile(tile.firstRow(), tile.rows(),
                    tile.firstChannel(), tile.channels()));
        }
        Control reading = tiles.reading(place, Semaphores.SPIKES_TO_POOL);
        boolean last = tiles.isLast(tile);
        if (tiles.spill()) {
            job.toDram.emit(reading, Unit.POOL, region -> pool(tile, place, region, 0),
                    job.segments.address(tiles.l, tile.firstRow(), tile), tiles.stored(last));
            if (last) {
                // pool.spikes signals two semaphores already; an instruction behind it says that the layer is done.
                job.schedule.emit(tiles.ending(tiles.plain(), Unit.POOL), new PoolOperation.PoolTile(
                        tile.firstRow(), tile.rows(), tile.firstChannel(), tile.channels()));
            }
        } else {
            job.schedule.emit(last ? tiles.ending(reading, Unit.POOL) : reading,
                    pool(tile, place, tiles.region, tiles.raise));
        }
    }

    private Operation pool(Cut.Tile tile, Schedule.Place place, int destination, int raise) {
        return new PoolOperation.PoolSpikes(tiles.source(place), destination, job.steps(),
                layer.circuit() == PoolCircuit.COUNTER, !tiles.releases(tile, place), raise);
    }
}
