package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.network.Shape;
import metronome.isa.assembly.Assembler;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;

/**
 * Programs written in the test that runs them: one layer, its weights at {@link #DATA}, its input list at
 * {@link #INPUT}; all instructions but that for the input belong to layer 1.
 */
final class SmallPrograms {
    static final int INPUT = 0x4000;
    static final int DATA = 0x8000;

    private SmallPrograms() {
    }

    static MachineRun run(Target target, int steps, Shape input, Shape output, int[] spikes, byte[] data,
            String... lines) {
        return new Machine(program(target, steps, input, output, data, lines), target, Engine.all()).run(spikes);
    }

    static Program program(Target target, int steps, Shape input, Shape output, byte[] data, String... lines) {
        List<Instruction> code = new ArrayList<>();
        Arrays.stream(lines).flatMap(String::lines).map(line -> line.replaceFirst(";.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.startsWith("load.spikes") ? line : line + " layer=1").map(Assembler::instruction).forEach(code::add);
        int codeAddress = Math.ceilDiv(DATA + data.length, 256) * 256;
        ProgramMap map = new ProgramMap("small", ProgramMap.Kind.SPIKING_LAST_SPIKE, steps, input,
                List.of(new ProgramMap.Band(0, input.height(), INPUT)), 0, List.of(codeAddress),
                List.of(new ProgramMap.Layer("input", input, true), new ProgramMap.Layer("layer", output, true)),
                codeAddress + 16 * code.size());
        return Program.ofOneCore(map, TargetWriter.hash(target), code, DATA, data);
    }
}
