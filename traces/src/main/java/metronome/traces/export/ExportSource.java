package metronome.traces.export;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.Cut;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracePart;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TracedNetwork;

/** What is wanted of a trace: as it is, as it lies in the file; or as it is drawn, in the order of time. */
final class ExportSource {
    private final TraceReader trace;
    private final TracePart part;
    /** Where instructions come from: of the selected layers, or of all. */
    private final TracePart instructions;
    private final Span drawn;
    private final Optional<TracePart> before;
    private final SequencedMap<Integer, Long> lengths;

    /** @throws DataException if the trace does not have what is wanted */
    ExportSource(TraceReader trace, TraceSelection selection) {
        this(trace, TracePart.of(trace, selection), false);
    }

    private ExportSource(TraceReader trace, TracePart part, boolean allLayers) {
        this.trace = trace;
        this.part = part;
        drawn = header().cut().cycles().filter(_ -> timed()).orElse(new Span(0, Span.OPEN));
        Span wanted = header().imageSpan();
        Optional<NavigableSet<Integer>> layers = header().cut().layers().filter(_ -> !allLayers);
        boolean recorded = header().streams().contains(EventStream.INSTRUCTIONS);
        instructions = recorded ? instructions(wanted, new Cut(header().cut().cycles(), layers)) : part;
        before = Optional.of(drawn).filter(span -> span.first() > 0 && recorded)
                .map(span -> instructions(wanted, new Cut(Optional.of(new Span(0, span.first() - 1)), layers)));
        lengths = part.lengths();
        trace.missing().filter(_ -> lengths.isEmpty()).ifPresent(missing -> {
            throw new DataException(trace.name() + ": " + missing);
        });
    }

    private TracePart instructions(Span wanted, Cut cut) {
        return new TracePart(trace, header().part(Set.of(EventStream.INSTRUCTIONS), wanted, cut));
    }

    /** The same, which tells instructions of all layers in the order of time, also of those that are not selected; if the trace has them. */
    ExportSource withInstructionsOfAllLayers() {
        return new ExportSource(trace, part, trace.header().cut().layers().isEmpty());
    }

    /** Whether it tells instructions of all layers. */
    boolean hasInstructionsOfAllLayers() {
        return instructions.header().cut().layers().isEmpty();
    }

    /** Whether an instruction is selected. */
    boolean selects(ChipEvent.Progress event) {
        return header().cut().layers().map(layers -> layers.contains(event.layer())).orElse(true);
    }

    /** Of the part. */
    TraceHeader header() {
        return part.header();
    }

    /** The cycles of each image that timelines show: those to which the part is cut. */
    Span drawn() {
        return drawn;
    }

    private boolean timed() {
        return header().hardware().isPresent();
    }

    /**
     * An image on the axis of time.
     *
     * @param number of the image
     * @param length its cycles, or steps where no hardware was modelled; of one that was cut short, as far as is known
     */
    record Image(int number, long length) {
    }

    /** The images that are wanted, in their order. */
    List<Image> images() {
        return lengths.entrySet().stream().map(image -> new Image(image.getKey(), timed() ? image.getValue() : steps())).toList();
    }

    private long steps() {
        TracedNetwork spikes = header().spikes();
        return IntStream.range(0, spikes.layers().size()).mapToLong(layer -> spikes.lastStep(layer) + 1L).max().orElseThrow();
    }

    /** Gives the events, as they are, with the image of each, block by block. */
    void inFileOrder(BiConsumer<Integer, ? super ChipEvent> to) {
        lengths.keySet().forEach(image -> part.blocks(image).forEach(block -> part.read(block, event -> to.accept(image, event))));
    }

    /**
     * Gives the events of an image in the order of time, those of one time by stream, spikes last. Runs of stalls end where the cycles that
     * are drawn end, and instructions that are in flight at the first of them are issued there.
     */
    void inTimeOrder(int image, Consumer<ChipEvent> to) {
        PriorityQueue<TimedCursor> queue = cursors(image);
        while (!queue.isEmpty()) {
            TimedCursor first = queue.poll();
            if (!first.loaded()) {
                first.load();
            }
            while (first.loaded() && (queue.isEmpty() || first.compareTo(queue.element()) <= 0)) {
                first.take(to);
            }
            if (first.more()) {
                queue.add(first);
            }
        }
    }

    private PriorityQueue<TimedCursor> cursors(int image) {
        PriorityQueue<TimedCursor> queue = new PriorityQueue<>();
        SequencedMap<Integer, List<TraceBlock>> ranked = Stream.concat(instructionsOf(instructions, image),
                part.blocks(image).stream().filter(b -> b.stream() != EventStream.LAYERS && b.stream() != EventStream.INSTRUCTIONS))
                .collect(Collectors.groupingBy(ExportSource::rank, TreeMap::new, Collectors.toList()));
        List<ChipEvent> open = inFlight(image);
        if (!open.isEmpty()) {
            ranked.putIfAbsent(EventStream.INSTRUCTIONS.ordinal(), List.of());
        }
        ranked.forEach((rank, blocks) -> queue.add(new TimedCursor(this,
                rank == EventStream.INSTRUCTIONS.ordinal() ? open : List.of(), blocks, rank)));
        return queue;
    }

    /** A number for what comes by time: a stream, of spikes a layer. */
    private static int rank(TraceBlock block) {
        return block.stream() == EventStream.SPIKES ? EventStream.values().length + block.firstLayer() : block.stream().ordinal();
    }

    ToLongFunction<ChipEvent> clock() {
        return timed() ? ChipEvent::cycle : event -> event instanceof ChipEvent.Spike spike ? step(spike) : 0;
    }

    private int step(ChipEvent.Spike spike) {
        int last = header().spikes().lastStep(spike.layer());
        if (spike.step() < 0 || spike.step() > last) {
            throw new DataException(part.name() + ": a spike of layer " + header().spikes().layers().get(spike.layer()).name() + " at step "
                    + spike.step() + ", expected at most " + last);
        }
        return spike.step();
    }

    /** Gives the events of a block as they are drawn. */
    void draw(TraceBlock block, Consumer<? super ChipEvent> to) {
        (block.stream() == EventStream.INSTRUCTIONS ? instructions : part).read(block, event -> to.accept(event instanceof ChipEvent.StallRun run ? clipped(run) : event));
    }

    private ChipEvent clipped(ChipEvent.StallRun run) {
        long from = Math.max(run.cycle(), drawn.first());
        long to = Math.min(run.cycle() + run.cycles() - 1, drawn.last());
        return new ChipEvent.StallRun(from, to - from + 1, run.core(), run.unit(), run.cause(), run.layer());
    }

    private static Stream<TraceBlock> instructionsOf(TracePart of, int image) {
        return of.blocks(image).stream().filter(b -> b.stream() == EventStream.INSTRUCTIONS);
    }

    private List<ChipEvent> inFlight(int image) {
        OpenInstructions open = new OpenInstructions();
        before.ifPresent(earlier -> instructionsOf(earlier, image)
                .forEach(block -> earlier.read(block, event -> open.see((ChipEvent.Progress) event))));
        return open.issuedAt(drawn.first());
    }
}
