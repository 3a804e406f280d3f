package metronome.traces.trace;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.hwmodel.probe.EventStream;

/**
 * What is wanted of a trace. What it means for events says {@link Cut}: they are wanted as they are or not at all, those that only
 * reach into the cycles too. Of images and cycles, some must be there ({@link TracePart#of}); of layers and streams, all.
 *
 * @param cycles of each image, which; empty for all
 * @param layers by name or, where no layer is called so, by number; empty for all
 * @param images which, as far as there are such; empty for all
 * @param streams which; empty for all
 */
public record TraceSelection(Optional<Span> cycles, List<String> layers, Optional<Span> images, Set<EventStream> streams) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+");

    /** Everything. */
    public static final TraceSelection ALL = new TraceSelection(Optional.empty(), List.of(), Optional.empty(), Set.of());

    /** Copies list and set. */
    public TraceSelection {
        layers = List.copyOf(layers);
        streams = Set.copyOf(streams);
    }

    /**
     * {@return the header of what is wanted of a trace}
     *
     * @param header of the trace
     * @throws DataException if the trace does not have it
     */
    public TraceHeader of(TraceHeader header) {
        return header.part(streamsOf(header), imagesOf(header), cutOf(header));
    }

    private Set<EventStream> streamsOf(TraceHeader header) {
        streams.stream().filter(stream -> !header.streams().contains(stream)).sorted().findFirst().ifPresent(stream -> {
            throw new DataException("the trace has no " + stream.label() + ", expected among " + labels(header.streams()));
        });
        return streams.isEmpty() ? header.streams() : streams;
    }

    private static String labels(Set<EventStream> streams) {
        return EnumSet.copyOf(streams).stream().map(EventStream::label).collect(Collectors.joining(", "));
    }

    private Span imagesOf(TraceHeader header) {
        Span there = header.imageSpan();
        return images.orElse(there).and(there).orElseThrow(() -> new DataException("the trace has " + header.imageWords() + ", none of "
                + images.orElseThrow()));
    }

    private Cut cutOf(TraceHeader header) {
        List<TracedNetwork.Layer> names = header.spikes().layers();
        if (cycles.isPresent() && header.hardware().isEmpty()) {
            throw new DataException("the trace has no cycles: no hardware was modelled");
        }
        Cut wanted = new Cut(cycles, layers.isEmpty() ? Optional.empty()
                : Optional.of(layers.stream().map(layer -> number(layer, names)).collect(Collectors.toCollection(TreeSet::new))));
        return header.cut().and(wanted).orElseThrow(() -> new DataException("the trace is cut to " + header.cut().text(names)
                + ", which has nothing of " + wanted.text(names)));
    }

    private static int number(String layer, List<TracedNetwork.Layer> of) {
        List<String> names = of.stream().map(TracedNetwork.Layer::name).toList();
        return IntStream.range(0, names.size()).filter(l -> names.get(l).equals(layer)).findFirst()
                .orElseGet(() -> IntStream.range(0, names.size()).filter(l -> Integer.toString(l).equals(layer)).findFirst()
                        .orElseThrow(() -> new DataException("the trace has no layer \"" + layer + "\", expected " + expected(layer, names))));
    }

    /** Who gave a number is told the numbers, who gave a name the names. */
    private static String expected(String layer, List<String> names) {
        int last = names.size() - 1;
        if (last == 0) {
            return names.getFirst() + ", its only layer, or 0";
        }
        return NUMBER.matcher(layer).matches() ? "a number from 0 (" + names.getFirst() + ") to " + last + " (" + names.getLast() + ")"
                : "one of " + String.join(", ", names) + ", or a number from 0 to " + last
                + (layer.contains(":") ? ", several with commas between them" : Nearest.hint(layer, names));
    }
}
