package metronome.traces.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.program.ProgramFile;
import metronome.traces.export.ExportFormat;
import metronome.traces.export.TraceExport;
import metronome.traces.export.TraceSelection;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;

/** Writes a trace in the formats of other tools. */
final class TraceExportCommand {
    private static final Option<ExportFormat> TO = Option.of("--to", "FORMAT", "", Value.constant(ExportFormat.class),
            "a table of all events; a timeline for the Perfetto UI; waves for GTKWave");
    private static final Option<List<Integer>> IMAGES = Option.of("--image", "N[,N]...", "", Value.several(Value.whole(0, Integer.MAX_VALUE)),
            "only these images, by number");
    private static final Option<List<String>> LAYERS = Option.of("--layer", "NAME[,NAME]...", "",
            Value.several(new Value<>("a name", Function.identity(), List.of())),
            "only what is for these layers");
    private static final Option<TraceSelection.Cycles> CYCLES = Option.of("--cycles", "FROM-TO", "", new Value<>(
            "two whole numbers from 0 on with a hyphen between them, the first not above the second", TraceExportCommand::cycles, List.of()),
            "only what happens in these cycles of each image");
    private static final Option<Path> PROGRAM = Option.of("--program", "FILE.mtp", "", Value.path(),
            "of perfetto: the program that ran; names the instructions, and links those that fire spikes with those that integrate them");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE", "", Value.path(), "where it goes");

    private TraceExportCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("trace export", "writes a trace in the format of another tool", List.of(
                "docs/formats.md describes each format. Memory does not grow with the trace. Of a trace that was cut short, what is there "
                + "is written."), List.of(Operand.of("TRACE", "a trace, or what is there of one")),
                List.of(TO, IMAGES, LAYERS, CYCLES, PROGRAM, OUT),
                List.of("trace export all.mtt --to perfetto --program out/program.mtp -o all.json",
                        "trace export all.mtt --to vcd --image 2 --cycles 0-5000 -o all.vcd",
                        "trace export all.mtt --to csv --layer conv1 -o conv1.csv")), TraceExportCommand::run);
    }

    private static TraceSelection.Cycles cycles(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(text);
        }
        return new TraceSelection.Cycles(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static void run(Arguments arguments, Console console) {
        ExportFormat format = arguments.get(TO);
        Path file = arguments.get(OUT);
        if (arguments.given(PROGRAM) && format != ExportFormat.PERFETTO) {
            throw new UsageException("--program is only for --to perfetto");
        }
        try (TraceReader trace = TraceReader.open(Path.of(arguments.operand(0)))) {
            trace.missing().ifPresent(text -> console.remark("note: " + text));
            remarkAbsent(trace.header(), format, console);
            TraceExport.write(trace, selection(arguments, trace.header()), arguments.find(PROGRAM).map(ProgramFile::read), format, file);
            if (format == ExportFormat.PERFETTO && trace.header().streams().contains(EventStream.INSTRUCTIONS) && !arguments.given(PROGRAM)) {
                console.remark("note: without --program instructions have numbers for names, and no flows");
            }
        }
    }

    private static void remarkAbsent(TraceHeader header, ExportFormat format, Console console) {
        Set<EventStream> absent = new HashSet<>(Set.of(EventStream.values()));
        absent.removeAll(header.streams());
        if (format != ExportFormat.CSV && !absent.isEmpty()) {
            console.remark("note: the trace was recorded without " + absent.stream().sorted().map(EventStream::label)
                    .collect(Collectors.joining(", ")));
        }
    }

    private static TraceSelection selection(Arguments arguments, TraceHeader header) {
        List<String> names = header.spikes().layers().stream().map(TraceHeader.Layer::name).toList();
        Set<Integer> layers = arguments.find(LAYERS).orElse(List.of()).stream().map(name -> layer(name, names)).collect(Collectors.toSet());
        return new TraceSelection(Set.copyOf(arguments.find(IMAGES).orElse(List.of())), layers, arguments.find(CYCLES));
    }

    private static int layer(String name, List<String> names) {
        if (!names.contains(name)) {
            throw new DataException("the trace has no layer " + name + Nearest.hint(name, names));
        }
        return names.indexOf(name);
    }
}
