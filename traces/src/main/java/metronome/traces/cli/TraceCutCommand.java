package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.edit.TraceCutter;
import metronome.traces.edit.TraceSelection;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSummary;

/** Takes a part out of a trace. */
final class TraceCutCommand {
    static final Option<Span> CYCLES = Option.of("--cycles", "A:B", "", Value.span(),
            "events of those cycles; stalls and actions that only reach into them are kept whole");
    private static final Option<List<String>> LAYERS = Option.of("--layers", "LAYER[,LAYER]...", "", Value.several(Value.text()),
            "events of those layers, by name or number (0 is the input)");
    private static final Option<Span> IMAGES = Option.of("--images", "A:B", "", Value.span(), "those images");
    static final Option<List<String>> STREAMS = Option.of("--streams", "NAME[,NAME]...", "", Value.several(Value.word(
            Arrays.stream(EventStream.values()).filter(s -> s != EventStream.LAYERS).map(EventStream::label).toList())), "those streams");
    /** What selects a part of a trace. */
    static final List<Option<?>> SELECTION = List.of(CYCLES, LAYERS, IMAGES, STREAMS);
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "cut.mtt", Value.path(), "where the part goes");

    private TraceCutCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(SELECTION);
        options.add(OUT);
        return new Simple(new Synopsis("trace cut", "takes a part out of a trace", List.of(
                "What is not selected by an option stays whole. The part is a trace itself, with the numbers of images, layers and cycles that they "
                + "had; one without all cycles or layers says so in its header, so that what needs whole traces refuses it. Only blocks "
                + "that have selected events are read. How many cycles each layer took is kept as it was."),
                List.of(Operand.of("TRACE", "a trace; of one that was cut short, only images that are there to their end can be selected")), options,
                List.of("trace cut five.mtt --images 2 -o third.mtt", "trace cut five.mtt --cycles 0:499 --streams stalls,dram -o window.mtt",
                        "trace cut five.mtt --layers conv1,pool1 --cycles :999")), TraceCutCommand::run);
    }

    /** What the options select. */
    static TraceSelection selection(Arguments arguments) {
        return new TraceSelection(arguments.find(CYCLES), arguments.find(LAYERS).orElse(List.of()), arguments.find(IMAGES),
                streams(arguments.find(STREAMS).orElse(List.of())));
    }

    private static Set<EventStream> streams(List<String> labels) {
        EnumSet<EventStream> streams = EnumSet.allOf(EventStream.class);
        streams.removeIf(stream -> !labels.contains(stream.label()));
        return streams;
    }

    private static void run(Arguments arguments, Console console) {
        Path out = arguments.get(OUT);
        try (TraceReader in = TraceReader.open(Path.of(arguments.operand(0)))) {
            TraceCutter.cut(in, selection(arguments), out);
        }
        try (TraceReader made = TraceReader.open(out)) {
            console.out().print(TraceSummary.of(made).text());
        }
    }
}
