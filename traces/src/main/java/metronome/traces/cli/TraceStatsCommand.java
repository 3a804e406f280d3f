package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import metronome.core.io.DataException;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.trace.TraceReader;
import metronome.traces.view.TraceStats;

/** Tells what a trace amounts to. */
final class TraceStatsCommand {
    private TraceStatsCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("trace stats", "tells what a trace amounts to: spikes, time, energy, units, stalls, DRAM", List.of(
                "Only images that were recorded to their end count; what has no stream in the trace is left out."),
                List.of(Operand.of("TRACE", "a trace, or what is there of one")), List.of(Shared.JSON),
                List.of("trace stats all.mtt", "trace stats all.mtt --json")), TraceStatsCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        TraceAnalysis analysis = analysis(Path.of(arguments.operand(0)), 1);
        console.out().print(arguments.given(Shared.JSON) ? TraceStats.json(analysis) : TraceStats.text(analysis));
    }

    /** What a trace amounts to, with time in so many bins. */
    static TraceAnalysis analysis(Path file, int bins) {
        try (TraceReader trace = TraceReader.open(file)) {
            return TraceAnalysis.of(trace, bins);
        } catch (DataException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.in(file.toString());
        }
    }
}
