package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.program.ProgramFile;
import metronome.traces.export.ExportFormat;
import metronome.traces.export.TraceExport;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TracedHardware;

/** Writes a trace in the formats of other tools. */
final class TraceExportCommand {
    private static final Option<ExportFormat> TO = Option.of("--to", "FORMAT", "", Value.constant(ExportFormat.class),
            "a table of all events; a timeline for the Perfetto UI; waves for GTKWave");
    private static final Option<Path> PROGRAM = Option.of("--program", "FILE.mtp", "", Value.path(),
            "of perfetto: the program that ran, if the trace does not have its code; names the instructions, and links those that fire "
            + "spikes with those that integrate them");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE", "", Value.path(), "where it goes");

    private TraceExportCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(TO));
        options.addAll(Selecting.OPTIONS);
        options.addAll(List.of(PROGRAM, OUT));
        return new Simple(new Synopsis("trace export", "writes a trace in the format of another tool", List.of(
                "docs/formats.md describes each format. Memory does not grow with the trace. Of a trace that was cut short, what is there "
                + "is written. The table has events as they are; timelines and waves show no more than the cycles that are selected. "
                + "Flows of perfetto link instructions that are both selected; of a trace that trace cut has cut to some layers there are none, "
                + "because the others use the same regions of the spike buffers."),
                List.of(Operand.of("TRACE", "a trace, or what is there of one")), options,
                List.of("trace export all.mtt --to perfetto -o all.json",
                        "trace export all.mtt --to vcd --images 2 --cycles 0:5000 -o all.vcd",
                        "trace export all.mtt --to csv --layers conv1 --streams spikes -o conv1.csv")), TraceExportCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        ExportFormat format = arguments.get(TO);
        if (arguments.given(PROGRAM) && format != ExportFormat.PERFETTO) {
            throw new UsageException("--program is only for --to perfetto");
        }
        Shared.requireOther(arguments, arguments.get(OUT));
        TraceSelection selection = Selecting.of(arguments);
        try (TraceReader trace = TraceReader.open(Path.of(arguments.operand(0)))) {
            trace.missing().ifPresent(text -> console.remark("note: " + text));
            remarkCut(trace.header(), console);
            if (format != ExportFormat.CSV && selection.streams().isEmpty()) {
                remarkAbsent(trace.header(), console);
            }
            TraceExport.write(trace, selection, arguments.find(PROGRAM).map(ProgramFile::read), format, arguments.get(OUT));
            if (format == ExportFormat.PERFETTO && !arguments.given(PROGRAM) && nameless(selection.of(trace.header()))) {
                console.remark("note: the trace does not have the program's code: without --program instructions have numbers for names, "
                        + "and no flows");
            }
        }
    }

    private static boolean nameless(TraceHeader header) {
        return header.streams().contains(EventStream.INSTRUCTIONS) && header.hardware().flatMap(TracedHardware::code).isEmpty();
    }

    private static void remarkCut(TraceHeader header, Console console) {
        if (!header.cut().whole()) {
            console.remark("note: the trace is cut to " + header.cut().text(header.spikes().layers()));
        }
    }

    private static void remarkAbsent(TraceHeader header, Console console) {
        Set<EventStream> absent = EnumSet.allOf(EventStream.class);
        absent.removeAll(header.streams());
        if (!absent.isEmpty()) {
            console.remark("note: the trace was recorded without " + absent.stream().map(EventStream::label)
                    .collect(Collectors.joining(", ")));
        }
    }
}
