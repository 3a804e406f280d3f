package metronome.traces.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceSelection;

/** The options that select a part of a trace, the same for every command that takes one. */
final class Selecting {
    static final Option<Span> CYCLES = Option.of("--cycles", "A:B", "", Value.span(),
            "events of those cycles of each image, also stalls and actions that only reach into them; some image must have some of them");
    private static final Option<List<String>> LAYERS = Option.of("--layers", "LAYER[,LAYER]...", "", Value.several(Value.text()),
            "events of those layers, by name or number (0 is the input)");
    private static final Option<Span> IMAGES = Option.of("--images", "A:B", "", Value.span(), "those images");
    static final Option<List<String>> STREAMS = Option.of("--streams", "NAME[,NAME]...", "",
            Value.several(Value.word(TraceCommands.STREAMS)), "those streams");
    /** All of them. */
    static final List<Option<?>> OPTIONS = List.of(CYCLES, LAYERS, IMAGES, STREAMS);

    private Selecting() {
    }

    /** What the options select. */
    static TraceSelection of(Arguments arguments) {
        return new TraceSelection(arguments.find(CYCLES), arguments.find(LAYERS).orElse(List.of()), arguments.find(IMAGES),
                streams(arguments.find(STREAMS).orElse(List.of())));
    }

    private static Set<EventStream> streams(List<String> labels) {
        EnumSet<EventStream> streams = EnumSet.allOf(EventStream.class);
        streams.removeIf(stream -> !labels.contains(stream.label()));
        return streams;
    }
}
