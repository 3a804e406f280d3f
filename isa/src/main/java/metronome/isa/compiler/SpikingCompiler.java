package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;
import metronome.core.spiking.Wiring;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
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
 * run one after the other. Layer 0 of the program is the input. On a chip of several cores a {@link Division} says how
 * the network is spread, and a {@link CoreShare} what each core does; every core that has a part in the first layer loads the
 * input.
 */
public final class SpikingCompiler {
    private final FixedNetwork network;
    private final SpikePlan plan;
    private final CoreShare share;
    private final SpikingJob job;
    private Unit producer = Unit.LOAD;

    private SpikingCompiler(Fusion fusion, Target target, CoreShare share, DramLayout layout) {
        this.plan = share.plan();
        this.network = plan.network();
        this.share = share;
        this.job = new SpikingJob(target, plan, fusion, share, layout);
    }

    /**
     * {@return the program that runs the network on the target, its spikes on the chip where they fit, spread over the
     * target's cores by {@link Partition#AUTO}}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target) {
        return compile(network, target, SpikePlacement.AUTO, Partition.AUTO, LayerSchedule.AUTO);
    }

    /**
     * {@return the program that runs the network on the target}
     *
     * @param network in integers, of at most the target's weight bits and exactly its potential bits
     * @param target the chip
     * @param spikes where those between layers wait; it changes no spike
     * @param partition how the network is spread over the cores, if there is more than one; it changes no spike
     * @param schedule whether layers overlap; it changes no spike
     * @throws DataException if the network cannot be mapped, with layer, need and limit
     */
    public static Program compile(FixedNetwork network, Target target, SpikePlacement spikes, Partition partition,
            LayerSchedule schedule) {
        Limits.checkSpiking(network, target);
        Division division = Division.of(network, target, spikes, partition);
        Fusion fusion = division.fusion(target, schedule);
        DramLayout layout = new DramLayout(division.plans().getFirst());
        List<List<Instruction>> cores = new ArrayList<>();
        division.shares(target).forEach(share -> cores.add(new SpikingCompiler(fusion, target, share, layout).code()));
        List<Integer> addresses = cores.stream().map(code -> layout.memory().reserveCode(code.size())).toList();
        return new Program(map(network, layout, addresses), TargetWriter.hash(target), cores, layout.memory().dataAddress(),
                layout.memory().data());
    }

    private List<Instruction> code() {
        if (share.takesPart(0)) {
            plan.chip().stream().filter(v -> v.sources().contains(Wiring.INPUT)).findFirst().ifPresent(this::loadInput);
        }
        int result = 0;
        for (int l = 0; l < network.layers().size(); l++) {
            if (share.takesPart(l)) {
                result = layer(l);
            }
            if (share instanceof DealtShare dealt) {
                dealt.meet(job, l);
            } else if (share instanceof ExchangeShare exchange && !exchange.stays(l)) {
                exchange.exchange(job.schedule, l);
                producer = Unit.MESH;
                result = exchange.read(l + 1);
            }
        }
        int last = network.layers().size();
        int region = result;
        job.schedule.stage(last, () -> end(last, region));
        return job.schedule.build();
    }

    private void end(int last, int region) {
        if (!share.hasResult()) {
            job.schedule.emit(Control.of(last), new Operation.End());
            return;
        }
        job.schedule.emit(Control.of(last).waiting(Semaphores.RESULT).signalling(Semaphores.DONE),
                new StoreOperation.StoreSpikes(region, job.steps(), job.outputAddress));
        job.schedule.emit(Control.of(last).waiting(Semaphores.DONE), new Operation.End());
    }

    private void loadInput(View view) {
        int region = job.region(view, 0);
        job.schedule.stage(0, () -> job.schedule.emit(Control.of(0).signalling(Semaphores.INPUT), new LoadOperation.LoadSpikes(
                region, job.steps(), job.segments.inputBands().getFirst().address(), 0, 0, 0)));
    }

    private static ProgramMap map(FixedNetwork network, DramLayout layout, List<Integer> codeAddresses) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        for (FixedLayer layer : network.layers()) {
            boolean fires = network.readout() != Readout.POTENTIAL || layer != network.layers().getLast();
            layers.add(new ProgramMap.Layer(layer.name(), layer.output(), fires));
        }
        ProgramMap.Kind kind = switch (network.readout()) {
            case POTENTIAL -> ProgramMap.Kind.SPIKING_POTENTIAL;
            case LAST_SPIKE -> ProgramMap.Kind.SPIKING_LAST_SPIKE;
        };
        return new ProgramMap(network.name(), kind, network.code().steps(), network.input(), layout.segments().inputBands(),
                layout.outputAddress(), codeAddresses, layers, layout.memory().bytes());
    }

    /** Adds the stages of a layer and returns the region that it writes, if it writes one on the chip. */
    private int layer(int l) {
        FixedLayer layer = network.layers().get(l);
        Optional<View> view = plan.chipView(l);
        int region = job.written(l);
        int raise = view.map(v -> v.offsets().get(v.sources().indexOf(l))).orElse(0);
        LayerTiles tiles = new LayerTiles(job, l, region, raise);
        switch (layer) {
            case FixedLayer.Synapses s -> {
                Limits.checkLayer(s.name(), s.input(), s.output(), s.window());
                Control first = waitingForInput(tiles.number, Unit.LIF);
                new NeuronEmitter(job, tiles, s).add(job.fusion.follows(l) ? tiles.plain() : first);
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
        producer = consumer == Unit.LIF && job.halves.separate() ? Unit.FIRE : consumer;
        if (before == consumer) {
            return control;
        }
        return switch (before) {
            case LOAD -> plan.readsChip(0) ? control.waiting(Semaphores.INPUT) : control;
            case LIF -> control.waiting(Semaphores.TO_POOL);
            case FIRE -> control.waiting(consumer == Unit.POOL ? Semaphores.TO_POOL : Semaphores.FIRED_FOR_LIF);
            case MESH -> control.waiting(consumer == Unit.POOL ? Semaphores.ARRIVED_FOR_POOL : Semaphores.ARRIVED_FOR_LIF);
            default -> control.waiting(Semaphores.FROM_POOL);
        };
    }
}
