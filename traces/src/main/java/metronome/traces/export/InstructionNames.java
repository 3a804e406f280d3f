package metronome.traces.export;

import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.program.Program;
import metronome.traces.trace.TraceHeader;

/** What instructions are called: by the program where it is there, otherwise by their number alone. */
record InstructionNames(List<TraceHeader.Layer> layers, Optional<Program> program) {
    /** A name in plain text: mnemonic or number, and layer. */
    String of(ChipEvent.Progress event) {
        return operation(event).map(o -> Codec.form(o.getClass()).mnemonic()).orElse("#" + event.number()) + " "
                + layers.get(event.layer()).name();
    }

    /** What it does, if the program is there. */
    Optional<Operation> operation(ChipEvent.Progress event) {
        return program.map(p -> instruction(p, event.core(), event.number()).operation());
    }

    private static Instruction instruction(Program program, int core, int number) {
        if (core < 0 || core >= program.cores().size() || number < 0 || number >= program.cores().get(core).size()) {
            throw new DataException("the program has no instruction " + number + " of core " + core);
        }
        return program.cores().get(core).get(number);
    }
}
