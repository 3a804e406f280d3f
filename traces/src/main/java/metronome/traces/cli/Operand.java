package metronome.traces.cli;

/**
 * One thing that a command is given without an option.
 *
 * @param name in capitals, as help has it
 * @param meaning in a few words
 * @param required whether the command needs it
 * @param repeatable whether there may be several; only the last one of a command
 */
record Operand(String name, String meaning, boolean required, boolean repeatable) {
    static Operand of(String name, String meaning) {
        return new Operand(name, meaning, true, false);
    }

    static Operand optional(String name, String meaning) {
        return new Operand(name, meaning, false, false);
    }

    /** One or more. */
    static Operand several(String name, String meaning) {
        return new Operand(name, meaning, true, true);
    }

    String synopsis() {
        return (required ? name : "[" + name + "]") + (repeatable ? "..." : "");
    }
}
