package metronome.isa.instruction;

/**
 * One instruction.
 *
 * @param control layer and semaphores
 * @param operation what is done
 */
public record Instruction(Control control, Operation operation) {
    /** {@return the unit that executes it} */
    public Unit unit() {
        return Codec.form(operation.getClass()).unit();
    }
}
