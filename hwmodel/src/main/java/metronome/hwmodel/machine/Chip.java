package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.dram.DramDevice;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.unit.Clocked;
import metronome.hwmodel.unit.DramPort;
import metronome.hwmodel.unit.ExecutionUnit;
import metronome.hwmodel.unit.LifArray;
import metronome.hwmodel.unit.LoadEngine;
import metronome.hwmodel.unit.Memories;
import metronome.hwmodel.unit.Neurons;
import metronome.hwmodel.unit.PoolingUnit;
import metronome.hwmodel.unit.SemaphoreFile;
import metronome.hwmodel.unit.Sequencer;
import metronome.hwmodel.unit.StoreEngine;
import metronome.hwmodel.unit.TensorCore;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Unit;
import metronome.isa.program.Event;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** The parts of a chip with a program in its memory, at rest. An engine moves them. */
final class Chip {
    private final Program program;
    private final Counts counts;
    private final int[] instructionsLeft;
    private final Storage dramBytes;
    private final Storage weights;
    private final Neurons neurons;
    private final Dram dram;
    private final DramPort dramPort;
    private final SpikeBuffer buffer;
    private final SemaphoreFile semaphores = new SemaphoreFile();
    private final LoadEngine load;
    private final StoreEngine store;
    private final Map<Unit, ExecutionUnit> units = new EnumMap<>(Unit.class);
    private final Sequencer sequencer;
    private final List<Clocked> components = new ArrayList<>();
    private final SpikeRecorder recorder;
    private int layer;

    Chip(Program program, Target target, DataPath dataPath) {
        this.program = program;
        ProgramMap map = program.map();
        recorder = new SpikeRecorder(map);
        counts = new Counts(map.layers().size());
        instructionsLeft = new int[map.layers().size()];
        for (Instruction instruction : program.code()) {
            instructionsLeft[instruction.control().layer()]++;
        }
        dramBytes = new Storage(Math.ceilDiv(map.memoryBytes(), 256) * 256);
        System.arraycopy(program.data(), 0, dramBytes.bytes(), program.dataAddress(), program.data().length);
        dram = new Dram(DramDevice.preset(target.choice(TargetField.DRAM_KIND)), target.number(TargetField.CLOCK),
                target.count(TargetField.DRAM_CHANNELS), target.count(TargetField.DRAM_QUEUE), counts::count);
        dramPort = new DramPort(dram);
        int blocks = target.count(TargetField.SPIKE_BLOCKS);
        int perBlock = target.count(TargetField.BLOCK_EVENTS);
        buffer = new SpikeBuffer(blocks, perBlock, map.steps());
        weights = new Storage(target.count(TargetField.WEIGHT_BYTES));
        neurons = dataPath.neurons(target, weights);
        Memories memories = new Memories(dramBytes, weights,
                new Storage(map.kind().spiking() ? 0 : blocks * perBlock * Event.BYTES));
        var surroundings = new ExecutionUnit.Surroundings(semaphores, counts, done -> instructionsLeft[done]--,
                recorder, target.count(TargetField.QUEUE_DEPTH));
        load = new LoadEngine(target, surroundings, dramPort, buffer, memories);
        store = new StoreEngine(target, surroundings, dramPort, buffer, memories);
        units.put(Unit.LOAD, load);
        units.put(Unit.STORE, store);
        units.put(Unit.LIF, new LifArray(target, surroundings, neurons, buffer, dataPath.remembering()));
        units.put(Unit.POOL, new PoolingUnit(target, surroundings, buffer, memories.activations()));
        units.put(Unit.TENSOR, new TensorCore(target, surroundings, memories));
        sequencer = new Sequencer(program.code(), units, semaphores, counts);
        components.addAll(units.values());
        components.add(sequencer);
    }

    /** What the DRAM holds. */
    Storage memory() {
        return dramBytes;
    }

    Dram dram() {
        return dram;
    }

    /** All parts but the DRAM, in the order in which they are moved; any order gives the same run. */
    List<Clocked> components() {
        return components;
    }

    boolean ended() {
        return sequencer.ended();
    }

    /** Lets the DRAM go through the cycle that the components go through; between their second and third phase. */
    void tickDram() {
        dram.tick(layer);
        for (int token = dram.completed(); token >= 0; token = dram.completed()) {
            if (DramPort.user(token) == SharedPort.User.LOAD) {
                load.completed(token);
            } else {
                store.completed(token);
            }
        }
    }

    /** The third phase of what the components share. */
    void commitShared() {
        semaphores.commit();
        buffer.commit();
        dramPort.commit();
    }

    /** For how many cycles the DRAM sends no command for a request and completes none. */
    long quietDram() {
        return dram.idle() ? Clocked.FOREVER : 0;
    }

    /** Lets the DRAM go through cycles in which it sends no command for a request and completes none. */
    void skipDram(long cycles) {
        for (long i = 0; i < cycles; i++) {
            dram.tick(layer);
        }
    }

    /** TIME-3: gives cycles to the layer to which they belong. */
    void spend(long cycles) {
        counts.spend(layer, cycles);
        while (layer + 1 < instructionsLeft.length && instructionsLeft[layer] == 0) {
            layer++;
        }
    }

    /** What the run gave, after its end. */
    MachineRun result(int[] inputSteps) {
        recorder.input(inputSteps);
        int[] output = HostMemory.output(dramBytes, program.map());
        return new MachineRun(counts, recorder.steps(), output,
                HostMemory.result(program.map().kind(), output));
    }

    /** The checksums of what the memories hold. */
    Map<Component, Long> contents() {
        Map<Component, Long> contents = new EnumMap<>(Component.class);
        contents.put(Component.POTENTIALS, sum(neurons::digest));
        contents.put(Component.WEIGHTS, sum(sum -> sum.update(weights.bytes())));
        contents.put(Component.SPIKES, sum(buffer::digest));
        contents.put(Component.DRAM, sum(sum -> sum.update(dramBytes.bytes())));
        return contents;
    }

    private static long sum(Consumer<Checksum> memory) {
        Checksum sum = new CRC32C();
        memory.accept(sum);
        return sum.getValue();
    }

    /** What can be seen of the chip now. */
    ChipState state() {
        return new ChipState(ended(), counts, recorder.steps(), contents());
    }

    /** The error for a program in which everybody waits for somebody. */
    DataException deadlock() {
        StringBuilder message = new StringBuilder("the program cannot go on after " + counts.cycles() + " cycles: "
                + sequencer.waiting());
        units.values().forEach(unit -> message.append("; ").append(unit.waiting()));
        return new DataException(message.toString());
    }
}
