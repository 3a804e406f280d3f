package metronome.isa.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import metronome.core.code.ZeroPolicy;
import metronome.core.spiking.FixedLayer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.FiringOperation;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;

/** Emits a layer of synapses. */
final class NeuronEmitter {
    private final SpikingJob job;
    private final LayerTiles tiles;
    private final FixedLayer.Synapses layer;
    /** Whether it fires beside the LIF array. */
    private final boolean beside;

    NeuronEmitter(SpikingJob job, LayerTiles tiles, FixedLayer.Synapses layer) {
        this.job = job;
        this.tiles = tiles;
        this.layer = layer;
        this.beside = job.halves.separate() && !job.isReadOut(layer);
    }

    /** Adds the stages; the first instruction has the control part given. */
    void add(Control first) {
        job.schedule.stage(tiles.number, () -> configure(first));
        Map<Integer, Schedule.Weights> weights = new HashMap<>();
        for (Cut.Tile tile : tiles.all) {
            Schedule.Weights block = weights.computeIfAbsent(tile.firstChannel(), _ -> weights(tile));
            job.schedule.stage(tiles.number, Optional.of(block), tiles.spikes(tile, Semaphores.SPIKES_TO_LIF),
                    place -> emit(tile, place));
        }
    }

    private Schedule.Weights weights(Cut.Tile tile) {
        long bytes = WeightBlock.bytes(tile.channels(), layer.weights().size() / layer.output().channels(),
                job.weightBytes, job.alignment);
        return job.layout.weights(tiles.l, tile.firstChannel(), (int) bytes, () -> WeightBlock.of(layer, tile.firstChannel(),
                tile.channels(), job.weightBytes, job.alignment));
    }

    private void configure(Control first) {
        Control plain = tiles.plain();
        job.schedule.emit(first, Shapes.lif(layer.input(), layer.output(), layer.window()));
        if (!layer.window().plain()) {
            job.schedule.emit(plain, Shapes.lifGroups(layer.input(), layer.output(), layer.window()));
        }
        if (!beside && !job.isReadOut(layer)) {
            job.schedule.emit(plain, new LifOperation.LifGate(silent(), layer.firstTick(), layer.silentFrom()));
        }
        job.schedule.emit(plain, new LifOperation.LifNeuron(job.network.leak(), layer.threshold(), layer.tick()));
    }

    private boolean silent() {
        return job.network.code().zeros() == ZeroPolicy.SILENT;
    }

    private Operation fireNeuron() {
        return new FiringOperation.FireNeuron(job.network.leak(), layer.threshold(), layer.tick());
    }

    private void emit(Cut.Tile tile, Schedule.Place place) {
        Control plain = tiles.plain();
        int biases = job.schedule.base(place.half());
        job.schedule.emit(job.halves.next(place.firstOfWeights() ? plain.waiting(Semaphores.READY + place.half()) : plain),
                lifTile(tile, 0, tile.rows()));
        job.schedule.emit(plain, new LifOperation.Clear());
        job.schedule.emit(tiles.reading(place, Semaphores.SPIKES_TO_LIF), new LifOperation.Integrate(tiles.source(place),
                layer.shift(), 0, job.steps(), biases + WeightBlock.weightOffset(tile.channels(), job.alignment),
                tiles.releases(tile, place), job.fusion.follows(tiles.l)));
        Control adding = place.lastOfWeights() ? plain.signalling(Semaphores.FREE + place.half()) : plain;
        job.schedule.emit(beside ? job.halves.handOver(adding) : adding, new LifOperation.Bias(biases));
        if (beside && tile == tiles.all.getFirst()) {
            job.schedule.emit(plain, new FiringOperation.FireGate(silent(), layer.firstTick(), layer.silentFrom()));
            job.schedule.emit(plain, fireNeuron());
        }
        if (tiles.spill()) {
            fireRows(tile);
        } else if (beside) {
            job.schedule.emit(job.halves.taking(plain), fireTile(tile, 0, tile.rows()));
            job.schedule.emit(job.halves.givingBack(tiles.isLast(tile) ? tiles.ending(plain, Unit.FIRE) : plain),
                    fire(tiles.region, tiles.raise));
        } else {
            output(tiles.isLast(tile) ? tiles.ending(plain, Unit.LIF) : plain, tile);
        }
    }

    private int base(Cut.Tile tile, int row) {
        return job.halves.base() + row * tile.columns() * tile.channels();
    }

    /** Some rows of a tile. */
    private Operation lifTile(Cut.Tile tile, int row, int rows) {
        return new LifOperation.LifTile(base(tile, row), tile.firstRow() + row, rows, tile.firstChannel(), tile.channels(),
                tile.columns() == layer.output().width() ? 0 : tile.columns(), tile.firstColumn());
    }

    private Operation fireTile(Cut.Tile tile, int row, int rows) {
        return new FiringOperation.FireTile(base(tile, row), tile.firstRow() + row, rows, tile.firstChannel(), tile.channels(),
                tile.columns(), tile.firstColumn());
    }

    private Operation fire(int region, int raise) {
        return beside ? new FiringOperation.FireSweep(region, 0, job.steps(), true, raise)
                : new LifOperation.Fire(region, 0, job.steps(), true, raise);
    }

    private void output(Control control, Cut.Tile tile) {
        job.schedule.emit(control, job.isReadOut(layer)
                ? new LifOperation.ReadOut(tiles.region, tile == tiles.all.getFirst(), tiles.isLast(tile))
                : fire(tiles.region, tiles.raise));
    }

    private void fireRows(Cut.Tile tile) {
        Control plain = tiles.plain();
        Unit unit = beside ? Unit.FIRE : Unit.LIF;
        for (int row = 0; row < tile.rows(); row++) {
            if (beside) {
                job.schedule.emit(row == 0 ? job.halves.taking(plain) : plain, fireTile(tile, row, 1));
            } else if (tile.rows() > 1) {
                job.schedule.emit(plain, lifTile(tile, row, 1));
            }
            boolean last = tiles.isLast(tile) && row == tile.rows() - 1;
            job.toDram.emit(last ? tiles.ending(plain, unit) : plain, unit, region -> fire(region, 0),
                    job.segments.address(tiles.l, tile.firstRow() + row, tile), tiles.stored(last));
        }
        if (beside) {
            job.schedule.emit(job.halves.givingBack(plain), fireNeuron());
        }
    }
}
