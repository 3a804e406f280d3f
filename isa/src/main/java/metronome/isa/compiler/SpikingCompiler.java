package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Wiring;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
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
    private final FixedNetwork network;
    private final Target target;
    private final SpikePlan plan;
    private final SpikingJob job;
    private Unit producer = Unit.LOAD;

    private SpikingCompiler(FixedNetwork network, Target target, SpikePlan plan) {
        this.network = network;
        this.target = target;
        this.plan = plan;
        this.job = new SpikingJob(network, target, plan);
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

    private Program compile() {
        plan.chip().stream().filter(v -> v.sources().contains(Wiring.INPUT)).findFirst().ifPresent(this::loadInput);
        int result = 0;
        for (int l = 0; l < network.layers().size(); l++) {
            result = layer(l);
        }
        int last = network.layers().size();
        int region = result;
        job.schedule.stage(last, () -> {
            job.schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                    new Operation.StoreSpikes(region, job.steps(), job.outputAddress));
            job.schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
        });
        List<Instruction> code = job.schedule.build();
        int codeAddress = job.memory.reserveCode(code.size());
        return new Program(map(codeAddress), TargetWriter.hash(target), code, job.memory.dataAddress(), job.memory.data());
    }

    private void loadInput(View view) {
        int region = job.region(view, 0);
        job.schedule.stage(0, () -> job.schedule.emit(Control.of(0).signalling(Semaphores.INPUT), new Operation.LoadSpikes(
                region, job.steps(), job.segments.inputBands().getFirst().address(), 0)));
    }

    private ProgramMap map(int codeAddress) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        for (FixedLayer layer : network.layers()) {
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), !job.isReadOut(layer)));
        }
        ProgramMap.Kind kind = switch (network.readout()) {
            case POTENTIAL -> ProgramMap.Kind.SPIKING_POTENTIAL;
            case LAST_SPIKE -> ProgramMap.Kind.SPIKING_LAST_SPIKE;
        };
        return new ProgramMap(network.name(), kind, job.steps(), network.input(), job.segments.inputBands(),
                job.outputAddress, codeAddress, layers, job.memory.bytes());
    }

    /** Adds the stages of a layer and returns the region that it writes, if it writes one on the chip. */
    private int layer(int l) {
        FixedLayer layer = network.layers().get(l);
        Optional<View> view = plan.chipView(l);
        int region = plan.spills(l) ? 0 : view.map(v -> job.region(v, l)).orElseGet(() -> job.newRegion(l));
        int raise = view.map(v -> v.offsets().get(v.sources().indexOf(l))).orElse(0);
        LayerTiles tiles = new LayerTiles(job, l, region, raise);
        switch (layer) {
            case FixedLayer.Synapses s -> {
                Limits.checkLayer(s.name(), s.input(), s.output(), s.window());
                new NeuronEmitter(job, tiles, s).add(waitingForInput(tiles.number, Unit.LIF));
            }
            case FixedLayer.Pool p -> {
                Limits.checkLayer(p.name(), p.input(), p.output(), p.window());
                new PoolEmitter(job, tiles, p).add(waitingForInput(tiles.number, Unit.POOL));
            }
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
}
