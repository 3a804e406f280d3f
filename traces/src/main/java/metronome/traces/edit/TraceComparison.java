package metronome.traces.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

/**
 * Compares two traces, event by event, in the streams, images, layers and cycles that both have. Of each trace the events of one block
 * are held at a time; where cycles do not matter, the spikes of one layer in one image.
 */
public final class TraceComparison {
    private final TracePart left;
    private final TracePart right;
    private final int context;
    private final boolean spikesOnly;

    private TraceComparison(TracePart left, TracePart right, int context, boolean spikesOnly) {
        this.left = left;
        this.right = right;
        this.context = context;
        this.spikesOnly = spikesOnly;
    }

    /**
     * {@return how two traces differ}
     *
     * @param left one trace
     * @param right the other
     * @param selection what is compared of both
     * @param context how many events before and after the first that differs are told
     * @throws DataException if one of them does not have what is selected or is damaged, or they have nothing in common
     */
    public static TraceDifference events(TraceReader left, TraceReader right, TraceSelection selection, int context) {
        return compare(left, right, selection, context, false);
    }

    /**
     * {@return how the spikes of two traces differ, by image, layer, step and neuron, in whatever cycles they are}
     *
     * @param left one trace
     * @param right the other
     * @param selection what is compared of both: images and layers
     * @param context how many spikes before and after the first that differs are told
     * @throws DataException as {@link #events}
     */
    public static TraceDifference spikes(TraceReader left, TraceReader right, TraceSelection selection, int context) {
        return compare(left, right, new TraceSelection(Optional.empty(), selection.layers(), selection.images(), Set.of(EventStream.SPIKES)), context, true);
    }

    private static TraceDifference compare(TraceReader left, TraceReader right, TraceSelection selection, int context, boolean spikesOnly) {
        TraceHeader l = TracePart.of(left, selection).whole().header();
        TraceHeader r = TracePart.of(right, selection).whole().header();
        TraceComparison common = new TraceComparison(new TracePart(left, common(l, r)), new TracePart(right, common(r, l)), context,
                spikesOnly);
        return new TraceDifference(l, r, HeaderDifference.between(l, r), common.streams());
    }

    /** The header of what a trace has in common with another. */
    private static TraceHeader common(TraceHeader mine, TraceHeader other) {
        Set<EventStream> streams = new TreeSet<>(mine.streams());
        streams.retainAll(other.streams());
        Span images = mine.imageSpan().and(other.imageSpan()).orElseThrow(() -> new DataException("the traces have no images in common: "
                + mine.imageSpan() + ", and " + other.imageSpan()));
        return mine.part(streams, images, mine.cut().and(other.cut()).orElseThrow(() -> new DataException(
                "the traces have no cycles or no layers in common")));
    }

    private List<TraceDifference.OfStream> streams() {
        return left.header().streams().stream().filter(stream -> !spikesOnly || stream == EventStream.SPIKES).map(this::stream).toList();
    }

    /** Where two sequences of events part, and how many are equal before. */
    private record Parting(long equal, Optional<TraceDifference.Divergence> first) {
    }

    private TraceDifference.OfStream stream(EventStream stream) {
        long equal = 0;
        for (int image = left.header().firstImage(); image <= left.header().lastImage(); image++) {
            List<Parting> partings = stream == EventStream.SPIKES ? ofLayers(image)
                    : List.of(compare(image, cursor(left, stream, image), cursor(right, stream, image)));
            equal += partings.stream().mapToLong(Parting::equal).sum();
            Optional<TraceDifference.Divergence> first = partings.stream().flatMap(p -> p.first().stream())
                    .min(Comparator.comparingLong(d -> d.event().cycle()));
            if (first.isPresent()) {
                return new TraceDifference.OfStream(stream, equal, first);
            }
        }
        return new TraceDifference.OfStream(stream, equal, Optional.empty());
    }

    private List<Parting> ofLayers(int image) {
        int layers = Math.max(left.header().spikes().layers().size(), right.header().spikes().layers().size());
        return IntStream.range(0, layers).mapToObj(layer -> compare(image, spikes(left, image, layer), spikes(right, image, layer)))
                .toList();
    }

    private static EventCursor cursor(TracePart of, EventStream stream, int image) {
        return new EventCursor(of, blocks(of, image, block -> block.stream() == stream), _ -> true);
    }

    private Iterator<ChipEvent> spikes(TracePart of, int image, int layer) {
        EventCursor cursor = new EventCursor(of, blocks(of, image, block -> block.stream() == EventStream.SPIKES && block.hasLayer(layer)),
                event -> event.layer() == layer);
        return spikesOnly ? ordered(cursor, layer) : cursor;
    }

    private static List<TraceBlock> blocks(TracePart of, int image, Predicate<TraceBlock> which) {
        return of.blocks(image).stream().filter(which).toList();
    }

    /** Spikes by step and neuron, without their cycles. */
    private static Iterator<ChipEvent> ordered(EventCursor spikes, int layer) {
        LongStream.Builder keys = LongStream.builder();
        spikes.forEachRemaining(event -> {
            ChipEvent.Spike spike = (ChipEvent.Spike) event;
            keys.add((long) spike.step() << Integer.SIZE | spike.neuron());
        });
        long[] sorted = keys.build().toArray();
        Arrays.sort(sorted);
        return Arrays.stream(sorted).<ChipEvent>mapToObj(key -> new ChipEvent.Spike(0, layer, (int) key, (int) (key >> Integer.SIZE)))
                .iterator();
    }

    private Parting compare(int image, Iterator<ChipEvent> l, Iterator<ChipEvent> r) {
        Deque<ChipEvent> before = new ArrayDeque<>();
        long equal = 0;
        while (l.hasNext() && r.hasNext()) {
            ChipEvent ofLeft = l.next();
            ChipEvent ofRight = r.next();
            if (!ofLeft.equals(ofRight)) {
                return parting(image, equal, before, following(List.of(ofLeft), l), following(List.of(ofRight), r));
            }
            before.add(ofLeft);
            if (before.size() > context) {
                before.remove();
            }
            equal++;
        }
        return l.hasNext() || r.hasNext() ? parting(image, equal, before, following(List.of(), l), following(List.of(), r))
                : new Parting(equal, Optional.empty());
    }

    private Parting parting(int image, long equal, Deque<ChipEvent> before, List<ChipEvent> ofLeft, List<ChipEvent> ofRight) {
        return new Parting(equal, Optional.of(new TraceDifference.Divergence(image, equal, List.copyOf(before), ofLeft, ofRight)));
    }

    /** The event that differs and those after it. */
    private List<ChipEvent> following(List<ChipEvent> first, Iterator<ChipEvent> rest) {
        List<ChipEvent> events = new ArrayList<>(first);
        while (events.size() <= context && rest.hasNext()) {
            events.add(rest.next());
        }
        return List.copyOf(events);
    }
}
