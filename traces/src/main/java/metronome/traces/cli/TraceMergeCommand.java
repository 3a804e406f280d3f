package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.traces.edit.TraceMerger;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSummary;

/** Puts traces together. */
final class TraceMergeCommand {
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "merged.mtt", Value.path(), "where the whole goes");

    private TraceMergeCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("trace merge", "puts traces of one network and program together", List.of(
                "The traces have other images, or other streams of the same images; each stream of each image must be in one of them. All else in "
                + "their headers must be the same, but the command."),
                List.of(Operand.of("A", "a trace"), Operand.several("B", "others, in any order")), List.of(OUT),
                List.of("trace merge first.mtt second.mtt third.mtt -o all.mtt", "trace merge spikes.mtt dram.mtt -o both.mtt")),
                TraceMergeCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path out = arguments.get(OUT);
        Shared.requireOtherTrace(arguments, out);
        List<TraceReader> traces = new ArrayList<>();
        try {
            arguments.operands().forEach(file -> traces.add(TraceReader.open(Path.of(file))));
            TraceMerger.merge(traces, out);
        } finally {
            traces.forEach(TraceReader::close);
        }
        try (TraceReader made = TraceReader.open(out)) {
            console.out().print(TraceSummary.of(made).text());
        }
    }
}
