package metronome.hwmodel.soak;

import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.program.Program;

/** Runs a case; two of them are compared. */
@FunctionalInterface
public interface Runner {
    /**
     * {@return what can be seen of the chip after so many cycles, or at the end of the program if that is sooner}
     *
     * @param program compiled for the case
     * @param c the case
     * @param cycles at least 0
     */
    ChipState stateAfter(Program program, SoakCase c, long cycles);

    /**
     * {@return the way in which an engine runs}
     *
     * @param engine which
     */
    static Runner of(Engine engine) {
        return (program, c, cycles) -> c.stateAfter(new Machine(program, c.target(), engine), cycles);
    }
}
