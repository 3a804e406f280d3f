package metronome.traces.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.HeaderDifference;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracePart;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedHardware;

/** Puts traces of one network, program and target together: of other images, or of other streams of the same images. */
public final class TraceMerger {
    private final List<TracePart> parts;
    private final TraceHeader header;

    private TraceMerger(List<TracePart> parts) {
        this.parts = parts;
        parts.forEach(part -> requireAlike(parts.getFirst(), part));
        this.header = together();
        for (int image = header.firstImage(); image <= header.lastImage(); image++) {
            requireOnce(image);
        }
    }

    /**
     * Writes the events of all traces to one, each stream of each image as it was.
     *
     * @param traces in which each stream of each image is once; the command of the new one names those of all
     * @param out the destination
     * @throws DataException naming traces, key and values if the headers differ in more than streams, images and command; naming traces, image
     *     and stream if one is missing or there twice; if the cycles of an image differ; if a trace is damaged or the new one cannot be
     *     written
     */
    public static void merge(List<TraceReader> traces, Path out) {
        new TraceMerger(traces.stream().map(trace -> TracePart.of(trace, TraceSelection.ALL).whole()).toList()).write(out);
    }

    private static void requireAlike(TracePart first, TracePart other) {
        TraceHeader one = first.header();
        TraceHeader two = other.header().part(one.streams(), one.imageSpan(), other.header().cut()).withCommand(one.provenance().command());
        HeaderWords.first(HeaderDifference.between(one, two)).ifPresent(difference -> {
            throw new DataException(first.name() + " " + HeaderWords.of(difference.key(), one, two, difference.left()) + ", " + other.name() + " "
                    + HeaderWords.of(difference.key(), two, one, difference.right()) + ": expected the same");
        });
    }

    private TraceHeader together() {
        Set<EventStream> streams = new TreeSet<>();
        Set<String> commands = new LinkedHashSet<>();
        for (TracePart part : parts) {
            streams.addAll(part.header().streams());
            commands.add(part.header().provenance().command());
        }
        int first = parts.stream().mapToInt(part -> part.header().firstImage()).min().orElseThrow();
        int last = parts.stream().mapToInt(part -> part.header().lastImage()).max().orElseThrow();
        TraceHeader one = parts.stream().map(TracePart::header).filter(header -> header.hardware().flatMap(TracedHardware::code).isPresent())
                .findFirst().orElse(parts.getFirst().header());
        return one.part(streams, new Span(first, last), one.cut()).withCommand(String.join("; ", commands));
    }

    private List<TracePart> of(int image) {
        return parts.stream().filter(part -> part.header().imageSpan().meets(image, image)).toList();
    }

    private void requireOnce(int image) {
        List<TracePart> having = of(image);
        if (having.isEmpty()) {
            throw new DataException("no trace has image " + image + " of images " + header.imageSpan());
        }
        for (EventStream stream : header.streams()) {
            List<String> names = having.stream().filter(part -> part.header().streams().contains(stream)).map(TracePart::name).toList();
            if (names.isEmpty()) {
                throw new DataException("no trace has " + stream.label() + " of image " + image);
            }
            if (names.size() > 1 && stream != EventStream.LAYERS) {
                throw new DataException(names.get(0) + " and " + names.get(1) + " both have " + stream.label() + " of image " + image);
            }
        }
    }

    private void write(Path out) {
        try (TraceWriter writer = TraceWriter.create(out, header)) {
            for (int number = header.firstImage(); number <= header.lastImage(); number++) {
                try (TraceWriter.Image image = writer.image(number)) {
                    write(of(number), number, image);
                    image.end();
                }
            }
            writer.finish();
        }
    }

    private static void write(List<TracePart> having, int number, TraceWriter.Image image) {
        List<ChipEvent> ends = ends(having.getFirst(), number);
        for (TracePart part : having) {
            if (!ends(part, number).equals(ends)) {
                throw new DataException(having.getFirst().name() + " and " + part.name() + " are of other runs: layers of image " + number
                        + " took other cycles");
            }
        }
        for (EventStream stream : EnumSet.complementOf(EnumSet.of(EventStream.LAYERS))) {
            having.forEach(part -> blocks(part, number, stream).forEach(block -> part.copy(block, image)));
        }
        ends.forEach(image);
    }

    private static Stream<TraceBlock> blocks(TracePart part, int image, EventStream stream) {
        return part.blocks(image).stream().filter(block -> block.stream() == stream);
    }

    private static List<ChipEvent> ends(TracePart part, int image) {
        List<ChipEvent> ends = new ArrayList<>();
        blocks(part, image, EventStream.LAYERS).forEach(block -> part.read(block, ends::add));
        return ends;
    }
}
