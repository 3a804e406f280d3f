package metronome.traces.cli;

import java.util.List;
import metronome.traces.run.Conversion;

/** What commands take that do not ask. */
final class Defaults {
    /** The conversion that {@code run} makes without options. */
    static final Conversion CONVERSION = Shared.conversion(Arguments.parse(
            new Synopsis("defaults", "", List.of(), List.of(), Shared.CONVERSION, List.of()), List.of()));

    private Defaults() {
    }
}
