package metronome.traces.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;

/** What is wanted of a trace, as it lies in the file or in the order of time. */
final class ExportSource {
    private final TraceReader trace;
    private final TraceSelection selection;
    private final SequencedMap<Integer, List<TraceBlock>> blocks = new TreeMap<>();

    /** @throws DataException if the trace has no such images, or no cycles where some are wanted */
    ExportSource(TraceReader trace, TraceSelection selection) {
        this.trace = trace;
        this.selection = selection;
        trace.blocks().forEach(b -> blocks.computeIfAbsent(b.image(), _ -> new ArrayList<>()).add(b));
        selection.images().stream().sorted().filter(i -> !blocks.containsKey(i)).findFirst().ifPresent(i -> {
            throw new DataException("the trace has no image " + i + ", it has " + (blocks.isEmpty() ? "none" : "images "
                    + blocks.firstEntry().getKey() + " to " + blocks.lastEntry().getKey()));
        });
        blocks.keySet().removeIf(image -> !selection.hasImage(image));
        if (!timed() && selection.cycles().isPresent()) {
            throw new DataException("the trace has no cycles: no hardware was modelled");
        }
    }

    TraceHeader header() {
        return trace.header();
    }

    TraceSelection selection() {
        return selection;
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
    record Span(int number, long length) {
    }

    /** The images that are wanted, in their order. */
    List<Span> images() {
        return blocks.entrySet().stream().map(image -> new Span(image.getKey(), timed() ? cycles(image.getValue())
                : header().spikes().steps() + 1L)).toList();
    }

    private static long cycles(List<TraceBlock> blocks) {
        return blocks.stream().mapToLong(b -> b.lastCycle() + (b.stream() == EventStream.LAYERS ? 0 : 1)).max().orElseThrow();
    }

    /** Gives the events with the image of each, block by block. */
    void inFileOrder(BiConsumer<Integer, ? super ChipEvent> to) {
        blocks.forEach((image, all) -> all.stream().filter(selection::mayHave)
                .forEach(block -> trace.read(block, event -> selection.pass(event, e -> to.accept(image, e)))));
    }

    /**
     * Gives the events of an image in the order of time, those of one time by stream, spikes last. Instructions that are in flight at
     * the first cycle that is wanted are issued there.
     */
    void inTimeOrder(int image, Consumer<ChipEvent> to) {
        PriorityQueue<EventCursor> queue = cursors(blocks.get(image));
        while (!queue.isEmpty()) {
            EventCursor first = queue.poll();
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

    private PriorityQueue<EventCursor> cursors(List<TraceBlock> all) {
        PriorityQueue<EventCursor> queue = new PriorityQueue<>();
        SequencedMap<Integer, List<TraceBlock>> parts = all.stream().filter(b -> b.stream() != EventStream.LAYERS)
                .filter(selection::mayHave).collect(Collectors.groupingBy(ExportSource::rank, TreeMap::new, Collectors.toList()));
        List<ChipEvent> open = inFlight(all);
        if (!open.isEmpty()) {
            parts.putIfAbsent(EventStream.INSTRUCTIONS.ordinal(), List.of());
        }
        parts.forEach((rank, part) -> queue.add(new EventCursor(trace, selection, clock(),
                rank == EventStream.INSTRUCTIONS.ordinal() ? open : List.of(), part, rank)));
        return queue;
    }

    /** A number for what comes by time: a stream, of spikes a layer. */
    private static int rank(TraceBlock block) {
        return block.stream() == EventStream.SPIKES ? EventStream.values().length + block.firstLayer() : block.stream().ordinal();
    }

    ToLongFunction<ChipEvent> clock() {
        return timed() ? ChipEvent::cycle : event -> event instanceof ChipEvent.Spike spike ? spike.step() : 0;
    }

    private List<ChipEvent> inFlight(List<TraceBlock> all) {
        long from = selection.cycles().map(TraceSelection.Cycles::from).orElse(0L);
        OpenInstructions open = new OpenInstructions();
        all.stream().filter(b -> b.stream() == EventStream.INSTRUCTIONS && b.firstCycle() < from)
                .sorted(Comparator.comparingLong(TraceBlock::offset)).forEach(block -> trace.read(block, event -> {
                    if (event instanceof ChipEvent.Progress progress && progress.cycle() < from && selection.hasLayer(event.layer())) {
                        open.see(progress);
                    }
                }));
        return open.issuedAt(from);
    }
}
