package metronome.traces.cli;

import java.util.List;
import metronome.core.data.DataFetch;

/** Downloads, the only thing here that uses the network. */
final class DataCommand {
    private DataCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("data fetch", "downloads a data set into the user's cache, with checksums",
                List.of("Nothing else in Metronome uses the network. What is downloaded is kept only if its content has the "
                        + "expected SHA-256."),
                List.of(Operand.of("NAME", "mnist or fashion-mnist")), List.of(), List.of("data fetch fashion-mnist")),
                (arguments, console) -> console.out().println(
                        DataFetch.fetch(arguments.operand(0), console::remark)));
    }
}
