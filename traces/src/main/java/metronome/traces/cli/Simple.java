package metronome.traces.cli;

/**
 * A command whose body is a function.
 *
 * @param synopsis its declaration
 * @param body what it does
 */
record Simple(Synopsis synopsis, Body body) implements Command {
    /** What a command does. */
    @FunctionalInterface
    interface Body {
        void run(Arguments arguments, Console console);
    }

    @Override
    public void run(Arguments arguments, Console console) {
        body.run(arguments, console);
    }
}
