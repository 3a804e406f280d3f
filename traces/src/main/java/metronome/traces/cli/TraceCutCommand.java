package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.traces.edit.TraceCutter;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSummary;

/** Takes a part out of a trace. */
final class TraceCutCommand {
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "cut.mtt", Value.path(), "where the part goes");

    private TraceCutCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(Selecting.OPTIONS);
        options.add(OUT);
        return new Simple(new Synopsis("trace cut", "takes a part out of a trace", List.of(
                "What is not selected by an option stays whole. The part is a trace itself, with the numbers of images, layers and cycles that they "
                + "had; one without all cycles or layers says so in its header, so that what needs whole traces refuses it. Only blocks "
                + "that have selected events are read. How many cycles each layer took is kept as it was."),
                List.of(Operand.of("TRACE", "a trace; of one that was cut short, only images that are there to their end can be selected")), options,
                List.of("trace cut five.mtt --images 2 -o third.mtt", "trace cut five.mtt --cycles 0:499 --streams stalls,dram -o window.mtt",
                        "trace cut five.mtt --layers conv1,pool1 --cycles :999")), TraceCutCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path out = arguments.get(OUT);
        Shared.requireOtherTrace(arguments, out);
        try (TraceReader in = TraceReader.open(Path.of(arguments.operand(0)))) {
            TraceCutter.cut(in, Selecting.of(arguments), out);
        }
        try (TraceReader made = TraceReader.open(out)) {
            console.out().print(TraceSummary.of(made).text());
        }
    }
}
