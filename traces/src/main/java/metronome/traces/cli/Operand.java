package metronome.traces.cli;

/**
 * One thing that a command is given without an option.
 *
 * @param name in capitals, as help has it
 * @param meaning in a few words
 * @param required whether the command needs it
 */
record Operand(String name, String meaning, boolean required) {
    static Operand of(String name, String meaning) {
        return new Operand(name, meaning, true);
    }

    String synopsis() {
        return required ? name : "[" + name + "]";
    }
}
