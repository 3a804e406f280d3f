package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.traces.edit.DifferenceJson;
import metronome.traces.edit.DifferenceText;
import metronome.traces.edit.TraceComparison;
import metronome.traces.edit.TraceDifference;
import metronome.traces.trace.TraceReader;

/** Compares traces. */
final class TraceDiffCommand {
    private static final Option<Boolean> SPIKES = Option.flag("--spikes", "compare only which neurons spike at which steps, in whatever cycles: "
            + "the machine with the oracle, or with another target");
    private static final Option<Integer> CONTEXT = Option.of("--context", "N", "3", Value.whole(0, 1000),
            "how many events before and after the first that differs are shown");

    private TraceDiffCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(SPIKES, CONTEXT));
        options.addAll(Selecting.OPTIONS);
        options.add(Shared.JSON);
        return new Simple(new Synopsis("trace diff", "finds where two traces first differ", List.of(
                "Of each stream, the first event that differs is shown with its cycle, unit and layer, what the traces have there (< and >), and "
                + "what is before and after it. Keys in which the headers differ are named; only other streams, images, layers or cuts make "
                + "traces differ, not who recorded the same events. Traces that have other images or streams are compared in what both have.",
                "The exit code is 0 if the traces are equal, 1 if they differ."),
                List.of(Operand.of("A", "a trace"), Operand.of("B", "another")), options,
                List.of("trace diff before.mtt after.mtt", "trace diff machine.mtt oracle.mtt --spikes",
                        "trace diff default.mtt edge.mtt --streams stalls --images 0 --context 10", "trace diff before.mtt after.mtt --json")), TraceDiffCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        String a = arguments.operand(0);
        String b = arguments.operand(1);
        boolean spikes = arguments.given(SPIKES);
        if (spikes) {
            SimulateCommand.refuse(arguments, "does not go with --spikes", Selecting.CYCLES, Selecting.STREAMS);
        }
        try (TraceReader left = TraceReader.open(Path.of(a)); TraceReader right = TraceReader.open(Path.of(b))) {
            TraceDifference difference = spikes
                    ? TraceComparison.spikes(left, right, Selecting.of(arguments), arguments.get(CONTEXT))
                    : TraceComparison.events(left, right, Selecting.of(arguments), arguments.get(CONTEXT));
            console.out().print(arguments.given(Shared.JSON) ? DifferenceJson.of(difference, !spikes) : DifferenceText.of(difference, !spikes));
            if (!difference.equal()) {
                throw new DataException(a + " and " + b + " differ");
            }
        }
    }
}
