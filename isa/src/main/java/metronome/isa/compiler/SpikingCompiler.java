package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.Wiring;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;

/**
 * Compiles a spiking network for the LIF array and the pooling unit.
 *
 * <p>A {@link SpikePlan} says where each layer's spikes wait for their readers and how each layer is cut. Spikes on the
 * chip have a region of the spike buffer, which the last tile that reads it releases. Spikes in DRAM are lists of a row
 * and a block of channels each; a tile's lists are loaded into one region while the tile before it is worked on. Layers
 * run one after the other. Layer 0 of the program is the input.
 */
public final class SpikingCompiler {
    /** Regions from here on take spikes from and to DRAM in turn, those below are for views on the chip. */
    private static final int FIRST_TURN = 24;

    private final FixedNetwork network;
    private final Target target;
    private final int weightBytes;
    private final int alignment;
    private final SpikePlan plan;
    private final StoredOrder order;
    private final MemoryImage memory = new MemoryImage();
    private final int outputAddress;
    private final Segments segments;
    private final Schedule schedule;
    private final SpikeOutput toDram;
    private final Map<View, Integer> regions = new HashMap<>();
    private Unit producer = Unit.LOAD;
    private int lastRegion = FIRST_TURN - 1;

    private SpikingCompiler(FixedNetwork network, Target target, SpikePlan plan) {
        this.network = network;
        this.target = target;
        this.weightBytes = TargetRules.weightBytes(target);
        this.alignment = target.count(TargetField.WEIGHT_WORD);
        this.plan = plan;
        this.order = StoredOrder.of(plan);
        this.outputAddress = memory.reserve(4L * (steps() + 1)
                + (long) Event.BYTES * network.layers().getLast().output().size());
        this.segments = new Segments(plan, memory);
        this.schedule = new Schedule(target.count(TargetField.WEIGHT_BYTES) / 2, FIRST_TURN, plan.inputRegions());
        this.toDram = new SpikeOutput(schedule, FIRST_TURN + plan.inputRegions(), plan.outputRegions(), steps());
    }

    /**
     * {@return the program that runs the network on the target, its spikes on the chip where they fit}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target) {
        return compile(network, target, SpikePlacement.AUTO);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @param placement of the spikes between layers; it changes no spike
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target, SpikePlacement placement) {
        Limits.checkSpiking(network, target);
        return new SpikingCompiler(network, target, SpikePlanner.plan(network, target, placement)).compile();
    }

    private int steps() {
        return network.code().steps();
    }

    private Program compile() {
        plan.chip().stream().filter(v -> v.sources().contains(Wiring.INPUT)).findFirst().ifPresent(this::loadInput);
        int result = 0;
        for (int l = 0; l < network.layers().size(); l++) {
            result = layer(l);
        }
        int last = network.layers().size();
        int region = result;
        schedule.stage(last, () -> {
            schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                    new Operation.StoreSpikes(region, steps(), outputAddress));
            schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
        });
        return new Program(map(), TargetWriter.hash(target), schedule.build(), memory.dataAddress(), memory.data());
    }

    private void loadInput(View view) {
        int region = newRegion(Wiring.INPUT);
        regions.put(view, region);
        schedule.stage(0, () -> schedule.emit(Control.of(0).signalling(Semaphores.INPUT),
                new Operation.LoadSpikes(region, steps(), segments.inputBands().getFirst().address(), 0)));
    }

    private ProgramMap map() {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        for (FixedLayer layer : network.layers()) {
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), !isReadOut(layer)));
        }
        ProgramMap.Kind kind = switch (network.readout()) {
            case POTENTIAL -> ProgramMap.Kind.SPIKING_POTENTIAL;
            case LAST_SPIKE -> ProgramMap.Kind.SPIKING_LAST_SPIKE;
        };
        return new ProgramMap(network.name(), kind, steps(), network.input(), segments.inputBands(), outputAddress, layers,
                memory.bytes());
    }

    private boolean isReadOut(FixedLayer layer) {
        return network.readout() == Readout.POTENTIAL && layer == network.layers().getLast();
    }

    /** The next region in turn that no view holds while a layer runs. */
    private int newRegion(int layer) {
        for (int i = 1; i <= FIRST_TURN; i++) {
            int region = (lastRegion + i) % FIRST_TURN;
            if (regions.entrySet().stream().noneMatch(e -> e.getValue() == region && e.getKey().livesAt(layer))) {
                lastRegion = region;
                return region;
            }
        }
        throw new DataException("layer " + network.layers().get(layer).name() + ": more than " + FIRST_TURN
                + " layers' spikes are on the chip at once; let them go to DRAM");
    }

    /** Adds the stages of a layer and returns the region that it writes, if it writes one on the chip. */
    private int layer(int l) {
        FixedLayer layer = network.layers().get(l);
        Optional<View> view = plan.chipView(l);
        int region = plan.spills(l) ? 0 : view.map(regions::get).orElseGet(() -> newRegion(l));
        view.ifPresent(v -> regions.put(v, region));
        int raise = view.map(v -> v.offsets().get(v.sources().indexOf(l))).orElse(0);
        Limits.checkLayer(layer.name(), layer.input(), layer.output(), switch (layer) {
            case FixedLayer.Synapses s -> s.window();
            case FixedLayer.Pool p -> p.window();
        });
        Tiles tiles = new Tiles(l, region, raise);
        switch (layer) {
            case FixedLayer.Synapses synapses -> new Neurons(tiles, synapses).add();
            case FixedLayer.Pool pool -> new Windows(tiles, pool).add();
        }
        return region;
    }

    private Control waitingForInput(int number, Unit consumer) {
        Control control = Control.of(number);
        Unit before = producer;
        producer = consumer;
        if (before == consumer) {
            return control;
        }
        return switch (before) {
            case LOAD -> plan.readsChip(0) ? control.waiting(Semaphores.INPUT) : control;
            case LIF -> control.waiting(Semaphores.TO_POOL);
            default -> control.waiting(Semaphores.FROM_POOL);
        };
    }

    /** What the tiles of a layer have in common, whatever unit works on them. */
    private final class Tiles {
        private final int l;
        private final int number;
        private final View view;
        private final Cut cut;
        private final List<Cut.Tile> all;
        private final int region;
        private final int raise;
        private Reach loaded = new Reach(0, 0, 0, 0);
        private Optional<Schedule.Spikes> spikes = Optional.empty();

        Tiles(int l, int region, int raise) {
            this.l = l;
            this.number = l + 1;
            this.view = plan.read(l);
            this.cut = plan.cuts().get(l);
            this.all = cut.tiles();
            this.region = region;
            this.raise = raise;
        }

        /** The spikes of a tile, the same object as for the tile before it where they are the same. */
        Optional<Schedule.Spikes> spikes(Cut.Tile tile, int ready) {
            Reach reach = Reach.of(network.layers().get(l), tile);
            if (!plan.readsChip(l) && !reach.equals(loaded)) {
                boolean first = spikes.isEmpty();
                loaded = reach;
                spikes = Optional.of(new Schedule.Spikes(into -> segments.loads(view, reach, into), ready,
                        first && order.waiting().contains(l)));
            }
            return spikes;
        }

        boolean isLast(Cut.Tile tile) {
            return tile == all.getLast();
        }

        int source(Schedule.Place place) {
            return plan.readsChip(l) ? regions.get(view) : place.region();
        }

        /** Whether a tile is the last to read its region. */
        boolean releases(Cut.Tile tile, Schedule.Place place) {
            return plan.readsChip(l) ? isLast(tile) && view.readers().getLast() == l : place.lastOfSpikes();
        }

        /** The instruction that reads the spikes: waits for them, and says when they are taken. */
        Control reading(Schedule.Place place, int ready) {
            Control control = Control.of(number);
            if (place.firstOfSpikes()) {
                control = control.waiting(ready + place.turn());
            }
            return place.lastOfSpikes() ? control.signalling(Semaphores.SPIKES_TAKEN + place.turn()) : control;
        }

        /** The last instruction of the layer, with what the next layer or the result waits for. */
        Control ending(Control control, Unit unit) {
            if (number == network.layers().size()) {
                return control.signalling(Semaphores.RESULT);
            }
            boolean poolNext = network.layers().get(number) instanceof FixedLayer.Pool;
            return unit == Unit.LIF && poolNext ? control.signalling(Semaphores.TO_POOL)
                    : unit == Unit.POOL && !poolNext ? control.signalling(Semaphores.FROM_POOL) : control;
        }

        boolean stored(boolean last) {
            return last && order.signalling().contains(l);
        }
    }

    /** Emits a layer of synapses. */
    private final class Neurons {
        private final Tiles tiles;
        private final FixedLayer.Synapses layer;

        Neurons(Tiles tiles, FixedLayer.Synapses layer) {
            this.tiles = tiles;
            this.layer = layer;
        }

        void add() {
            Control first = waitingForInput(tiles.number, Unit.LIF);
            schedule.stage(tiles.number, () -> configure(first));
            Map<Integer, Schedule.Weights> weights = new HashMap<>();
            for (Cut.Tile tile : tiles.all) {
                Schedule.Weights block = weights.computeIfAbsent(tile.firstChannel(), _ -> weights(tile));
                schedule.stage(tiles.number, Optional.of(block), tiles.spikes(tile, Semaphores.SPIKES_TO_LIF),
                        place -> emit(tile, place));
            }
        }

        private Schedule.Weights weights(Cut.Tile tile) {
            long bytes = WeightBlock.bytes(tile.channels(), layer.weights().size() / layer.output().channels(),
                    weightBytes, alignment);
            return new Schedule.Weights(memory.add(bytes, () -> WeightBlock.of(layer, tile.firstChannel(), tile.channels(),
                    weightBytes, alignment)), (int) bytes);
        }

        private void configure(Control first) {
            Control plain = Control.of(tiles.number);
            schedule.emit(first, Shapes.lif(layer.input(), layer.output(), layer.window()));
            if (!layer.window().plain()) {
                schedule.emit(plain, Shapes.lifGroups(layer.input(), layer.output(), layer.window()));
            }
            if (!isReadOut(layer)) {
                schedule.emit(plain, new Operation.LifGate(network.code().zeros() == ZeroPolicy.SILENT,
                        layer.firstTick(), layer.silentFrom()));
            }
            schedule.emit(plain, new Operation.LifNeuron(network.leak(), layer.threshold(), layer.tick()));
        }

        private void emit(Cut.Tile tile, Schedule.Place place) {
            Control plain = Control.of(tiles.number);
            int biases = schedule.base(place.half());
            schedule.emit(place.firstOfWeights() ? plain.waiting(Semaphores.READY + place.half()) : plain,
                    tile(tile, 0, tile.rows()));
            schedule.emit(plain, new Operation.Clear());
            schedule.emit(tiles.reading(place, Semaphores.SPIKES_TO_LIF), new Operation.Integrate(tiles.source(place),
                    layer.shift(), 0, steps(), biases + WeightBlock.weightOffset(tile.channels(), alignment),
                    tiles.releases(tile, place)));
            schedule.emit(place.lastOfWeights() ? plain.signalling(Semaphores.FREE + place.half()) : plain,
                    new Operation.Bias(biases));
            if (plan.spills(tiles.l)) {
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
            schedule.emit(control, isReadOut(layer)
                    ? new Operation.ReadOut(tiles.region, tile == tiles.all.getFirst(), tiles.isLast(tile))
                    : new Operation.Fire(tiles.region, 0, steps(), true, tiles.raise));
        }

        private void fireRows(Cut.Tile tile) {
            Control plain = Control.of(tiles.number);
            for (int row = 0; row < tile.rows(); row++) {
                if (tile.rows() > 1) {
                    schedule.emit(plain, tile(tile, row, 1));
                }
                boolean last = tiles.isLast(tile) && row == tile.rows() - 1;
                toDram.emit(last ? tiles.ending(plain, Unit.LIF) : plain, Unit.LIF,
                        region -> new Operation.Fire(region, 0, steps(), true, 0),
                        segments.address(tiles.l, tile.firstRow() + row, tile.firstChannel()), tiles.stored(last));
            }
        }
    }

    /** Emits a pooling layer. */
    private final class Windows {
        private final Tiles tiles;
        private final FixedLayer.Pool layer;

        Windows(Tiles tiles, FixedLayer.Pool layer) {
            this.tiles = tiles;
            this.layer = layer;
        }

        void add() {
            Control first = waitingForInput(tiles.number, Unit.POOL);
            schedule.stage(tiles.number, () -> schedule.emit(first,
                    Shapes.pool(layer.input(), layer.output(), layer.window())));
            for (Cut.Tile tile : tiles.all) {
                schedule.stage(tiles.number, Optional.empty(), tiles.spikes(tile, Semaphores.SPIKES_TO_POOL),
                        place -> emit(tile, place));
            }
        }

        private void emit(Cut.Tile tile, Schedule.Place place) {
            if (tiles.all.size() > 1) {
                schedule.emit(Control.of(tiles.number), new Operation.PoolTile(tile.firstRow(), tile.rows(),
                        tile.firstChannel(), tile.channels()));
            }
            Control reading = tiles.reading(place, Semaphores.SPIKES_TO_POOL);
            boolean last = tiles.isLast(tile);
            if (plan.spills(tiles.l)) {
                toDram.emit(reading, Unit.POOL, region -> pool(tile, place, region, 0),
                        segments.address(tiles.l, tile.firstRow(), tile.firstChannel()), tiles.stored(last));
                if (last) {
                    // pool.spikes signals two semaphores already; an instruction behind it says that the layer is done.
                    schedule.emit(tiles.ending(Control.of(tiles.number), Unit.POOL), new Operation.PoolTile(
                            tile.firstRow(), tile.rows(), tile.firstChannel(), tile.channels()));
                }
            } else {
                schedule.emit(last ? tiles.ending(reading, Unit.POOL) : reading,
                        pool(tile, place, tiles.region, tiles.raise));
            }
        }

        private Operation pool(Cut.Tile tile, Schedule.Place place, int destination, int raise) {
            return new Operation.PoolSpikes(tiles.source(place), destination, steps(),
                    layer.circuit() == PoolCircuit.COUNTER, !tiles.releases(tile, place), raise);
        }
    }
}
