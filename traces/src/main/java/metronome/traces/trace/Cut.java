package metronome.traces.trace;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/**
 * Which of the events of its images a trace holds. Events are never changed: one that takes several cycles is held if any of them is.
 * Cycles of layers ({@link EventStream#LAYERS}) are always held; they stay those of the whole image.
 *
 * @param cycles events of other cycles are not held; empty if all are
 * @param layers numbers of the layers of which events are held; empty if all are
 */
public record Cut(Optional<Span> cycles, Optional<NavigableSet<Integer>> layers) {
    /** Nothing is cut off. */
    public static final Cut NONE = new Cut(Optional.empty(), Optional.empty());

    /** Copies the set. */
    public Cut {
        layers = layers.map(numbers -> Collections.unmodifiableNavigableSet(new TreeSet<>(numbers)));
    }

    /** {@return whether nothing is cut off} */
    public boolean whole() {
        return cycles.isEmpty() && layers.isEmpty();
    }

    /**
     * {@return whether an event is held}
     *
     * @param event any
     */
    public boolean holds(ChipEvent event) {
        return event.stream() == EventStream.LAYERS
                || meets(event.cycle(), BlockBuilder.last(event)) && layers.map(l -> l.contains(event.layer())).orElse(true);
    }

    /**
     * {@return whether events of a block may be held}
     *
     * @param block what the index says of it
     */
    public boolean mayHold(TraceBlock block) {
        return block.stream() == EventStream.LAYERS || meets(block.firstCycle(), block.lastCycle())
                && layers.map(l -> !l.subSet(block.firstLayer(), true, block.lastLayer(), true).isEmpty()).orElse(true);
    }

    /**
     * {@return whether all events of a block are held, as far as its index says; of others all may be}
     *
     * @param block what the index says of it
     */
    public boolean holdsAll(TraceBlock block) {
        return block.stream() == EventStream.LAYERS
                || cycles.map(span -> span.first() <= block.firstCycle() && block.lastCycle() <= span.last()).orElse(true)
                        && layers.map(l -> l.subSet(block.firstLayer(), true, block.lastLayer(), true).size() > block.lastLayer() - block.firstLayer())
                                .orElse(true);
    }

    /**
     * {@return what is held by both; empty if they have no cycle or no layer in common}
     *
     * @param other another
     */
    public Optional<Cut> and(Cut other) {
        if (cycles.isEmpty() || other.cycles.isEmpty()) {
            return andLayers(other, cycles.or(() -> other.cycles));
        }
        return cycles.orElseThrow().and(other.cycles.orElseThrow()).flatMap(span -> andLayers(other, Optional.of(span)));
    }

    private Optional<Cut> andLayers(Cut other, Optional<Span> span) {
        if (layers.isEmpty() || other.layers.isEmpty()) {
            return Optional.of(new Cut(span, layers.or(() -> other.layers)));
        }
        NavigableSet<Integer> both = new TreeSet<>(layers.orElseThrow());
        both.retainAll(other.layers.orElseThrow());
        return both.isEmpty() ? Optional.empty() : Optional.of(new Cut(span, Optional.of(both)));
    }

    private boolean meets(long from, long to) {
        return cycles.map(span -> span.meets(from, to)).orElse(true);
    }

    /**
     * {@return what is held, in words}
     *
     * @param names the layers of the trace
     */
    public String text(List<TracedNetwork.Layer> names) {
        return Stream.of(cycles.map(span -> "cycles " + span), layers.map(l -> "layers " + named(l, names))).flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String named(Set<Integer> layers, List<TracedNetwork.Layer> names) {
        return layers.stream().map(l -> names.get(l).name()).collect(Collectors.joining(", "));
    }
}
