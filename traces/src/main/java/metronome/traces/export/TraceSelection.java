package metronome.traces.export;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.TraceBlock;

/**
 * Which events of a trace are wanted.
 *
 * @param images by number; empty for all
 * @param layers by number; empty for all
 * @param cycles of each image; empty for all
 */
public record TraceSelection(Set<Integer> images, Set<Integer> layers, Optional<Cycles> cycles) {
    /** All events. */
    public static final TraceSelection ALL = new TraceSelection(Set.of(), Set.of(), Optional.empty());

    /**
     * Cycles of an image.
     *
     * @param from the first, at least 0
     * @param to the last, not before it
     */
    public record Cycles(long from, long to) {
        /** Checks the order. */
        public Cycles {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("must be 0 <= from <= to: " + from + ", " + to);
            }
        }
    }

    /** Copies the sets. */
    public TraceSelection {
        images = Set.copyOf(images);
        layers = Set.copyOf(layers);
    }

    boolean hasImage(int image) {
        return images.isEmpty() || images.contains(image);
    }

    boolean hasLayer(int layer) {
        return layers.isEmpty() || layers.contains(layer);
    }

    /** Whether a block may have such events. */
    boolean mayHave(TraceBlock block) {
        return hasImage(block.image()) && cycles.map(c -> block.hasCycles(c.from, c.to)).orElse(true)
                && (layers.isEmpty() || IntStream.rangeClosed(block.firstLayer(), block.lastLayer()).anyMatch(layers::contains));
    }

    /** Passes on an event as far as it is wanted: a run of stalls is cut to the cycles, everything else is wanted whole or not. */
    void pass(ChipEvent event, Consumer<? super ChipEvent> to) {
        if (hasLayer(event.layer())) {
            cycles.ifPresentOrElse(c -> passWithin(event, c, to), () -> to.accept(event));
        }
    }

    private static void passWithin(ChipEvent event, Cycles wanted, Consumer<? super ChipEvent> to) {
        long last = switch (event) {
            case ChipEvent.StallRun run -> run.cycle() + run.cycles() - 1;
            case ChipEvent.Actions actions -> actions.cycle() + actions.cycles() - 1;
            default -> event.cycle();
        };
        if (event.cycle() <= wanted.to && last >= wanted.from) {
            to.accept(event instanceof ChipEvent.StallRun run ? cut(run, Math.max(run.cycle(), wanted.from),
                    Math.min(last, wanted.to)) : event);
        }
    }

    private static ChipEvent.StallRun cut(ChipEvent.StallRun run, long from, long to) {
        return new ChipEvent.StallRun(from, to - from + 1, run.core(), run.unit(), run.cause(), run.layer());
    }
}
