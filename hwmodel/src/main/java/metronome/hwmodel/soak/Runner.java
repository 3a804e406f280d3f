package metronome.hwmodel.soak;

import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.program.Program;

/** Makes the machine that runs a case; two of them are compared. */
@FunctionalInterface
public interface Runner {
    /**
     * {@return a machine for the program of a case}
     *
     * @param program compiled for the case
     * @param c the case
     */
    Machine machine(Program program, SoakCase c);

    /**
     * {@return the way in which an engine runs, on one thread or on two as the size of the program has it}
     *
     * @param engine which
     */
    static Runner of(Engine engine) {
        return (program, c) -> new Machine(program, c.target(), engine).withThreads(1 + program.instructions() % 2);
    }
}
