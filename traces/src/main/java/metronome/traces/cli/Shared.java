package metronome.traces.cli;

/** Options that several commands have. */
final class Shared {
    static final Option<Boolean> JSON = Option.flag("--json", "print the result as JSON");

    private Shared() {
    }
}
