package metronome.traces.export;

import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.traces.trace.TracedNetwork;

/**
 * What instructions are called: by the program's code where it is there, otherwise by their number alone.
 *
 * @param layers of the network
 * @param code of each core
 */
record InstructionNames(List<TracedNetwork.Layer> layers, Optional<List<List<Instruction>>> code) {
    /** A name in plain text: mnemonic or number, and layer. */
    String of(ChipEvent.Progress event) {
        return operation(event).map(o -> Codec.form(o.getClass()).mnemonic()).orElse("#" + event.number()) + " "
                + layers.get(event.layer()).name();
    }

    /** What it does, if the code is there. */
    Optional<Operation> operation(ChipEvent.Progress event) {
        return code.map(cores -> instruction(cores, event.core(), event.number()).operation());
    }

    private static Instruction instruction(List<List<Instruction>> cores, int core, int number) {
        if (core < 0 || core >= cores.size() || number < 0 || number >= cores.get(core).size()) {
            throw new DataException("the program has no instruction " + number + " of core " + core);
        }
        return cores.get(core).get(number);
    }
}
