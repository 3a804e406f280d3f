package metronome.traces.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.HtmlReport;
import metronome.traces.report.ResultFile;
import metronome.traces.report.RunResult;
import metronome.traces.report.TextReport;
import metronome.traces.trace.TraceReader;
import metronome.traces.view.TracePage;

/** Draws traces, and prints or draws results that a run wrote. */
final class ReportCommand {
    private static final Path USUAL_PAGE = Path.of("report.html");
    private static final Option<Path> PAGE = Option.of("--output,-o", "FILE.html", "", Value.path(),
            "write the self-contained HTML page there; without it, that of traces goes to " + USUAL_PAGE + ", and of results tables are printed");

    private ReportCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("report", "draws traces as an HTML page, one or several side by side; prints or draws the results of a run",
                List.of("The page needs no network and nothing beside it. What a trace has no stream for is said to be missing.",
                        "What is drawn over time is of the first image, in at most " + TraceAnalysis.USUAL_BINS + " bins, which the traces share; "
                        + "a page has at most " + TracePage.MOST_TRACES + " traces."),
                List.of(Operand.several("FILE", "a trace, or the results.json of a run")), List.of(PAGE),
                List.of("report all.mtt -o report.html", "report default.mtt edge.mtt -o comparison.html", "report out/results.json",
                        "report out/results.json -o report.html")), ReportCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        arguments.find(PAGE).ifPresent(page -> Shared.requireOther(arguments, page));
        List<Path> files = arguments.operands().stream().map(Path::of).toList();
        if (files.size() == 1 && !TraceReader.recognises(files.getFirst())) {
            results(files.getFirst(), arguments, console);
            return;
        }
        if (files.size() > TracePage.MOST_TRACES) {
            throw new UsageException("takes at most " + TracePage.MOST_TRACES + " traces: " + files.size());
        }
        files.stream().filter(ResultFile::recognises).findFirst().ifPresent(file -> {
            throw new DataException(file + ": not a trace; of several files all must be traces, results of a run are reported alone");
        });
        Path page = arguments.find(PAGE).orElse(USUAL_PAGE);
        AtomicFile.writeText(page, TracePage.of(analyses(files), Version.text()));
        console.remark("wrote " + page);
    }

    private static void results(Path file, Arguments arguments, Console console) {
        if (Files.isRegularFile(file) && Files.isReadable(file) && !ResultFile.recognises(file)) {
            throw new DataException(file + ": neither a trace, which begins with METROTRC, nor the results.json of a run, which begins with {");
        }
        RunResult result = ResultFile.read(file);
        arguments.find(PAGE).ifPresentOrElse(
                page -> AtomicFile.writeText(page, HtmlReport.page(result)),
                () -> console.out().print(TextReport.of(result)));
    }

    /** By the name of the file; of those of the same name, by the path. */
    private static SequencedMap<String, TraceAnalysis> analyses(List<Path> files) {
        SequencedMap<String, TraceAnalysis> analyses = new LinkedHashMap<>();
        for (Path file : files) {
            long namesakes = files.stream().filter(other -> other.getFileName().equals(file.getFileName())).count();
            String name = namesakes > 1 ? file.toString() : file.getFileName().toString();
            if (analyses.containsKey(name)) {
                throw new UsageException("is given " + file + " twice");
            }
            analyses.put(name, TraceStatsCommand.analysis(file, TraceAnalysis.USUAL_BINS / files.size()));
        }
        return analyses;
    }
}
