package metronome.isa.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import metronome.core.code.ZeroPolicy;
import metronome.core.spiking.FixedLayer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;

/** Emits a layer of synapses. */
final class NeuronEmitter {
    private final SpikingJob job;
    private final LayerTiles tiles;
    private final FixedLayer.Synapses layer;

    NeuronEmitter(SpikingJob job, LayerTiles tiles, FixedLayer.Synapses layer) {
        this.job = job;
        this.tiles = tiles;
        this.layer = layer;
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
        return new Schedule.Weights(job.memory.add(bytes, () -> WeightBlock.of(layer, tile.firstChannel(), tile.channels(),
                job.weightBytes, job.alignment)), (int) bytes);
    }

    private void configure(Control first) {
        Control plain = tiles.plain();
        job.schedule.emit(first, Shapes.lif(layer.input(), layer.output(), layer.window()));
        if (!layer.window().plain()) {
            job.schedule.emit(plain, Shapes.lifGroups(layer.input(), layer.output(), layer.window()));
        }
        if (!job.isReadOut(layer)) {
            job.schedule.emit(plain, new Operation.LifGate(job.network.code().zeros() == ZeroPolicy.SILENT,
                    layer.firstTick(), layer.silentFrom()));
        }
        job.schedule.emit(plain, new Operation.LifNeuron(job.network.leak(), layer.threshold(), layer.tick()));
    }

    private void emit(Cut.Tile tile, Schedule.Place place) {
        Control plain = tiles.plain();
        int biases = job.schedule.base(place.half());
        job.schedule.emit(place.firstOfWeights() ? plain.waiting(Semaphores.READY + place.half()) : plain,
                tile(tile, 0, tile.rows()));
        job.schedule.emit(plain, new Operation.Clear());
        job.schedule.emit(tiles.reading(place, Semaphores.SPIKES_TO_LIF), new Operation.Integrate(tiles.source(place),
                layer.shift(), 0, job.steps(), biases + WeightBlock.weightOffset(tile.channels(), job.alignment),
                tiles.releases(tile, place)));
        job.schedule.emit(place.lastOfWeights() ? plain.signalling(Semaphores.FREE + place.half()) : plain,
                new Operation.Bias(biases));
        if (tiles.spill()) {
            fireRows(tile);
        } else {
            output(tiles.isLast(tile) ? tiles.ending(plain, Unit.LIF) : plain, tile);
        }
    }

    /** Some rows of a tile. */
    private Operation tile(Cut.Tile tile, int row, int rows) {
        return new Operation.LifTile(row * layer.output().width() * tile.channels(), tile.firstRow() + row, rows,
                tile.firstChannel(), tile.channels());
    }

    private void output(Control control, Cut.Tile tile) {
        job.schedule.emit(control, job.isReadOut(layer)
                ? new Operation.ReadOut(tiles.region, tile == tiles.all.getFirst(), tiles.isLast(tile))
                : new Operation.Fire(tiles.region, 0, job.steps(), true, tiles.raise));
    }

    private void fireRows(Cut.Tile tile) {
        Control plain = tiles.plain();
        for (int row = 0; row < tile.rows(); row++) {
            if (tile.rows() > 1) {
                job.schedule.emit(plain, tile(tile, row, 1));
            }
            boolean last = tiles.isLast(tile) && row == tile.rows() - 1;
            job.toDram.emit(last ? tiles.ending(plain, Unit.LIF) : plain, Unit.LIF,
                    region -> new Operation.Fire(region, 0, job.steps(), true, 0),
                    job.segments.address(tiles.l, tile.firstRow() + row, tile.firstChannel()), tiles.stored(last));
        }
    }
}
