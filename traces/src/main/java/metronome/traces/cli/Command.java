package metronome.traces.cli;

/** One thing that the command line can do. */
interface Command {
    /** {@return its declaration, from which parsing, help and manual follow} */
    Synopsis synopsis();

    /**
     * Does it.
     *
     * @param arguments checked against the synopsis
     * @param console where results and remarks go
     * @throws UsageException if options do not go together
     * @throws metronome.core.io.DataException if input cannot be used or output not written
     */
    void run(Arguments arguments, Console console);
}
