package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.dram.Controller;
import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.dram.DramDevice;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.mesh.Mesh;
import metronome.hwmodel.mesh.MeshParameters;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.unit.Clocked;
import metronome.hwmodel.unit.DramBus;
import metronome.hwmodel.unit.DramPort;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** The cores of a chip with a program in its memory, and what they share, at rest. An engine moves them. */
final class Chip {
    private final Program program;
    private final Counts shared;
    private final int[] instructionsLeft;
    private final Storage dramBytes;
    private final Dram dram;
    private final DramBus bus;
    private final List<Core> cores = new ArrayList<>();
    private final List<Clocked> components = new ArrayList<>();
    private final SpikeRecorder recorder;
    private final RunLog log;
    private final boolean logging;
    /** Cycles of the layer under way that were not yet given to it. */
    private long unspent;
    private int layer;

    /** A chip whose DRAM holds the program, as {@link ProgramImage#memory} has it. */
    Chip(ProgramImage image, Target target, DataPath dataPath, Storage dramBytes) {
        this(image, target, dataPath, dramBytes, Optional.empty());
    }

    /** The same chip with a probe, if there is one. */
    Chip(ProgramImage image, Target target, DataPath dataPath, Storage dramBytes, Optional<Probe> probe) {
        this.program = image.program();
        this.dramBytes = dramBytes;
        ProgramMap map = program.map();
        recorder = dataPath.known().map(known -> SpikeRecorder.ofKnown(map, known)).orElseGet(() -> SpikeRecorder.of(map));
        log = RunLog.of(probe, map);
        logging = log.on();
        shared = new Counts(map.layers().size());
        instructionsLeft = new int[map.layers().size()];
        for (List<Instruction> code : program.cores()) {
            code.forEach(instruction -> instructionsLeft[instruction.control().layer()]++);
        }
        dram = new Dram(DramDevice.preset(target.choice(TargetField.DRAM_KIND)), target.number(TargetField.CLOCK),
                Controller.of(target), shared::count, log.commands());
        bus = new DramBus(dram);
        build(target, dataPath);
    }

    private void build(Target target, DataPath dataPath) {
        int most = TargetRules.cores(target);
        if (program.cores().size() > most) {
            throw new DataException("the program is for " + program.cores().size() + " cores, the target has " + most
                    + " (mesh.columns, mesh.rows)");
        }
        Optional<Mesh> mesh = most == 1 ? Optional.empty() : Optional.of(new Mesh(MeshParameters.of(target), shared));
        Core.Shared common = new Core.Shared(program, target, dramBytes, bus, mesh, done -> instructionsLeft[done]--,
                recorder, log);
        for (int core = 0; core < program.cores().size(); core++) {
            cores.add(new Core(core, common, dataPath));
            components.addAll(cores.get(core).components());
        }
        mesh.ifPresent(components::add);
    }

    /** What the DRAM holds. */
    Storage memory() {
        return dramBytes;
    }

    Dram dram() {
        return dram;
    }

    /** Lets a mover go on, window by window if there is a probe that wants to know of it. */
    void move(Mover mover, long cycles) {
        long end = 0;
        while (logging && end < cycles && !ended()) {
            end = Math.min(cycles, end + log.windowCycles());
            mover.run(end);
            log.endWindow(counts());
        }
        mover.run(cycles);
        if (logging) {
            log.end(counts());
        }
    }

    /** Tells the probe, if there is one, of the spikes that were put into the memory. */
    void tellInput(SpikeTrain train) {
        log.input(train);
    }

    /** All parts but the DRAM, in the order in which they are moved; any order gives the same run. */
    List<Clocked> components() {
        return components;
    }

    boolean ended() {
        for (int core = 0; core < cores.size(); core++) {
            if (!cores.get(core).ended()) {
                return false;
            }
        }
        return true;
    }

    /** Lets the DRAM go through the cycle that the components go through; between their second and third phase. */
    void tickDram() {
        dram.tick(layer);
        logDram(1);
        for (long token = dram.completed(); token >= 0; token = dram.completed()) {
            completed(token);
        }
        bus.announceRoom();
    }

    /** Tells who requested a burst that it has ended. */
    private void completed(long token) {
        cores.get(DramPort.core(token)).completed(token);
    }

    /** Takes note that the DRAM has gone through so many cycles. */
    void logDram(long cycles) {
        if (logging) {
            log.dramPassed(cycles);
        }
    }

    /** The third phase of what the components share. */
    void commitShared() {
        for (int core = 0; core < cores.size(); core++) {
            cores.get(core).commitShared();
        }
        bus.commit();
    }

    /** Whether something has happened since it {@link #settled} that may disturb one who sleeps. */
    boolean stirred() {
        for (int core = 0; core < cores.size(); core++) {
            if (cores.get(core).stirred()) {
                return true;
            }
        }
        return false;
    }

    /** Says that those who sleep have been asked. */
    void settled() {
        cores.forEach(Core::settled);
    }

    /** Lets cycles pass in which nobody who is awake does anything. */
    void skip(long cycles) {
        skipShared(cycles);
        spend(cycles);
    }

    /** Lets such cycles pass without giving them to a layer. */
    void skipShared(long cycles) {
        dram.skip(cycles);
        logDram(cycles);
        passShared(cycles);
    }

    /** The third phase of cycles in which nobody uses what the units of a core share. */
    void passShared(long cycles) {
        for (int core = 0; core < cores.size(); core++) {
            cores.get(core).skipShared(cycles);
        }
    }

    /** TIME-3: gives cycles to the layer to which they belong. */
    void spend(long cycles) {
        unspent += cycles;
        while (layer + 1 < instructionsLeft.length && instructionsLeft[layer] == 0) {
            giveToLayer();
            layer++;
        }
    }

    private void giveToLayer() {
        shared.spend(layer, unspent);
        cores.forEach(core -> core.counts().spend(layer, unspent));
        unspent = 0;
    }

    private List<Counts> coreCounts() {
        return cores.stream().map(Core::counts).toList();
    }

    private Counts counts() {
        giveToLayer();
        return Counts.together(shared, coreCounts());
    }

    /** What the run of neurons gave that may fire several times, after its end. */
    TrainRun trains(SpikeTrain input) {
        return new TrainRun(counts(), recorder.trains(input), HostMemory.train(dramBytes, program.map()));
    }

    /** What the run gave, after its end. */
    MachineRun result(int[] inputSteps) {
        recorder.input(inputSteps);
        int[] output = HostMemory.output(dramBytes, program.map());
        return new MachineRun(counts(), coreCounts(), recorder.steps(), output,
                HostMemory.result(program.map().kind(), output));
    }

    /** The checksums of what the memories hold. */
    Map<Component, Long> contents() {
        Map<Component, Long> contents = new EnumMap<>(Component.class);
        contents.put(Component.POTENTIALS, sum(Core::digestPotentials));
        contents.put(Component.WEIGHTS, sum(Core::digestWeights));
        contents.put(Component.SPIKES, sum(Core::digestSpikes));
        Checksum bytes = new CRC32C();
        bytes.update(dramBytes.bytes());
        contents.put(Component.DRAM, bytes.getValue());
        return contents;
    }

    private long sum(BiConsumer<Core, Checksum> memory) {
        Checksum sum = new CRC32C();
        cores.forEach(core -> memory.accept(core, sum));
        return sum.getValue();
    }

    /** What can be seen of the chip now. */
    ChipState state() {
        return new ChipState(ended(), counts(), recorder.steps(), contents());
    }

    /** The error for a program in which everybody waits for somebody. */
    DataException deadlock() {
        giveToLayer();
        StringBuilder message = new StringBuilder("the program cannot go on after " + shared.cycles() + " cycles: ");
        for (int core = 0; core < cores.size(); core++) {
            message.append(core == 0 ? "" : "; core " + core + ": ").append(cores.get(core).waiting());
        }
        return new DataException(message.toString());
    }
}
