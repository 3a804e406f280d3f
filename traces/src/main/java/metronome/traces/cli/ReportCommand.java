package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import metronome.core.io.AtomicFile;
import metronome.traces.report.HtmlReport;
import metronome.traces.report.ResultFile;
import metronome.traces.report.RunResult;
import metronome.traces.report.TextReport;

/** Prints results that a run wrote. */
final class ReportCommand {
    private static final Option<Path> PAGE = Option.of("--output,-o", "FILE.html", "", Value.path(),
            "write the self-contained HTML page there; without it, tables are printed");

    private ReportCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("report", "prints the results of a run as tables or as an HTML page",
                List.of(), List.of(Operand.of("RESULTS", "the results.json of a run")), List.of(PAGE),
                List.of("report out/results.json", "report out/results.json -o report.html")), ReportCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        RunResult result = ResultFile.read(Path.of(arguments.operand(0)));
        arguments.find(PAGE).ifPresentOrElse(
                file -> AtomicFile.writeText(file, HtmlReport.page(result)),
                () -> console.out().print(TextReport.of(result)));
    }
}
