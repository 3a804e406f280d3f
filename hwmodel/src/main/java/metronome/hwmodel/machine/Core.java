package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.Checksum;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.mesh.Mesh;
import metronome.hwmodel.unit.Bell;
import metronome.hwmodel.unit.Clocked;
import metronome.hwmodel.unit.DramBus;
import metronome.hwmodel.unit.DramPort;
import metronome.hwmodel.unit.ExecutionUnit;
import metronome.hwmodel.unit.FireUnit;
import metronome.hwmodel.unit.HalvedNeurons;
import metronome.hwmodel.unit.LifArray;
import metronome.hwmodel.unit.LoadEngine;
import metronome.hwmodel.unit.Memories;
import metronome.hwmodel.unit.MeshArrivals;
import metronome.hwmodel.unit.MeshUnit;
import metronome.hwmodel.unit.Neurons;
import metronome.hwmodel.unit.PoolingUnit;
import metronome.hwmodel.unit.PotentialHalves;
import metronome.hwmodel.unit.SemaphoreFile;
import metronome.hwmodel.unit.Sequencer;
import metronome.hwmodel.unit.SpikeObserver;
import metronome.hwmodel.unit.StoreEngine;
import metronome.hwmodel.unit.TensorCore;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** One core with its code: sequencer, units, semaphores and memories of its own. */
final class Core {
    private final Counts counts;
    private final Storage weights;
    private final Neurons neurons;
    private final PotentialHalves halves;
    private final SpikeBuffer buffer;
    private final SemaphoreFile semaphores = new SemaphoreFile();
    private final LoadEngine load;
    private final StoreEngine store;
    private final Map<Unit, ExecutionUnit> units = new EnumMap<>(Unit.class);
    private final Sequencer sequencer;
    private final Bell progress = new Bell();
    private final List<Clocked> components = new ArrayList<>();

    /**
     * What the cores of a chip share.
     *
     * @param program for all of them
     * @param target the chip
     * @param dramBytes what the DRAM holds
     * @param bus to the DRAM
     * @param mesh between the cores, if there is more than one
     * @param completed told the layer of each instruction that is complete
     * @param spikes told of every neuron that fires
     * @param log told what each unit does, if anybody listens
     */
    record Shared(Program program, Target target, Storage dramBytes, DramBus bus, Optional<Mesh> mesh,
            IntConsumer completed, SpikeObserver spikes, RunLog log) {
    }

    Core(int number, Shared shared, DataPath dataPath) {
        Target target = shared.target();
        counts = new Counts(shared.program().map().layers().size());
        int blocks = target.count(TargetField.SPIKE_BLOCKS);
        int perBlock = target.count(TargetField.BLOCK_EVENTS);
        buffer = new SpikeBuffer(blocks, perBlock, shared.program().map().steps());
        weights = new Storage(target.count(TargetField.WEIGHT_BYTES), dataPath.known().isEmpty());
        halves = new PotentialHalves(target);
        Memories memories = new Memories(shared.dramBytes(), weights,
                new Storage(shared.program().map().kind().spiking() ? 0 : blocks * perBlock * Event.BYTES));
        var surroundings = new ExecutionUnit.Surroundings(semaphores, counts, shared.completed(), shared.spikes(),
                target.count(TargetField.QUEUE_DEPTH), progress, shared.log().units(number));
        DramPort port = new DramPort(shared.bus(), number);
        load = new LoadEngine(target, surroundings, port, buffer, memories);
        store = new StoreEngine(target, surroundings, port, buffer, memories);
        units.put(Unit.LOAD, load);
        units.put(Unit.STORE, store);
        neurons = neurons(target, dataPath, surroundings);
        List<Instruction> code = shared.program().cores().get(number);
        units.put(Unit.LIF, new LifArray(target, surroundings, neurons, halves, buffer, dataPath.remembering(), code));
        units.put(Unit.POOL, new PoolingUnit(target, surroundings, buffer, memories.activations()));
        units.put(Unit.TENSOR, new TensorCore(target, surroundings, memories));
        shared.mesh().ifPresent(mesh -> join(mesh, number, shared.program().cores().size(), surroundings));
        checkUnits(number, code);
        sequencer = new Sequencer(code, shared.program().map().codeAddresses().get(number), target, units, semaphores,
                counts, port, progress, surroundings.logs().apply(Component.SEQUENCER));
        components.addAll(units.values());
        components.add(sequencer);
        units.values().forEach(unit -> semaphores.ringOnSignal(unit.bell()));
        List.of(sequencer, load, store).forEach(user -> shared.bus().ringOnRoom(user.bell()));
        semaphores.ringOnSignal(sequencer.bell());
    }

    /** The data path of the LIF array; makes the firing unit if there is one. */
    private Neurons neurons(Target target, DataPath dataPath, ExecutionUnit.Surroundings surroundings) {
        if (!TargetRules.firesSeparately(target)) {
            return dataPath.neurons(target, weights);
        }
        HalvedNeurons both = new HalvedNeurons(dataPath.neurons(target, weights), dataPath.neurons(target, weights),
                TargetRules.tilePotentials(target));
        units.put(Unit.FIRE, new FireUnit(target, surroundings, both, halves, buffer));
        return both;
    }

    private void join(Mesh mesh, int number, int cores, ExecutionUnit.Surroundings surroundings) {
        MeshArrivals arrivals = new MeshArrivals(mesh, number, buffer, counts);
        components.add(arrivals);
        units.put(Unit.MESH, new MeshUnit(surroundings, arrivals, buffer, mesh, number, -1L >>> Long.SIZE - cores));
    }

    private void checkUnits(int number, List<Instruction> code) {
        for (int i = 0; i < code.size(); i++) {
            Unit unit = code.get(i).unit();
            if (unit != Unit.SEQUENCER && !units.containsKey(unit)) {
                throw new DataException("core " + number + ", instruction " + i + ": " + (unit == Unit.FIRE
                        ? "the chip has no firing unit (lif.fire_unit)" : "a chip of one core has no mesh"));
            }
        }
    }

    Counts counts() {
        return counts;
    }

    List<Clocked> components() {
        return components;
    }

    boolean ended() {
        return sequencer.ended();
    }

    /** Tells who requested a burst that it has ended. */
    void completed(long token) {
        switch (DramPort.user(token)) {
            case FETCH -> sequencer.completed(token);
            case LOAD -> load.completed(token);
            default -> store.completed(token);
        }
    }

    /** The third phase of what the units share. */
    void commitShared() {
        semaphores.commit();
        halves.commit();
        buffer.commit();
    }

    /** Whether the use of the spike buffer has changed since it {@link #settled}. */
    boolean stirred() {
        return buffer.stirred();
    }

    /** Says that the use of the spike buffer has been looked at. */
    void settled() {
        buffer.settled();
    }

    /** Lets cycles pass in which nothing happens in what the units share. */
    void skipShared(long cycles) {
        buffer.skip(cycles);
    }

    void digestPotentials(Checksum sum) {
        neurons.digest(sum);
    }

    void digestWeights(Checksum sum) {
        sum.update(weights.bytes());
    }

    void digestSpikes(Checksum sum) {
        buffer.digest(sum);
    }

    /** What everybody waits for, in words. */
    String waiting() {
        StringBuilder message = new StringBuilder(sequencer.waiting());
        units.values().forEach(unit -> message.append("; ").append(unit.waiting()));
        return message.toString();
    }
}
