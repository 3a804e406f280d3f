package metronome.traces.cli;

/**
 * One thing that a command is given without an option.
 *
 * @param name in capitals, as help has it
 * @param meaning in a few words
 * @param required whether the command needs it
 * @param several whether there may be more than one; only of the last
 */
record Operand(String name, String meaning, boolean required, boolean several) {
    static Operand of(String name, String meaning) {
        return new Operand(name, meaning, true, false);
    }

    /** One or more. */
    static Operand several(String name, String meaning) {
        return new Operand(name, meaning, true, true);
    }

    String synopsis() {
        return (required ? name : "[" + name + "]") + (several ? "..." : "");
    }
}
