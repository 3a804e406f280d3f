package metronome.traces.edit;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;

/** What is selected of a trace that is open. */
final class TracePart {
    private final TraceReader in;
    private final TraceHeader header;
    private final Map<Integer, List<TraceBlock>> blocks;

    /**
     * Selects.
     *
     * @throws DataException naming the trace if it does not have what is wanted, or not to its end
     */
    TracePart(TraceReader in, TraceSelection selection) {
        this(in, selected(in, selection));
    }

    /**
     * What a header announces.
     *
     * @param header of a part of the trace
     * @throws DataException naming the trace if it does not have that to its end
     */
    TracePart(TraceReader in, TraceHeader header) {
        this.in = in;
        this.header = header;
        this.blocks = in.blocks().stream().filter(this::mayHave).collect(Collectors.groupingBy(TraceBlock::image));
        in.missing().ifPresent(this::requireEnds);
    }

    private static TraceHeader selected(TraceReader in, TraceSelection selection) {
        try {
            return selection.of(in.header());
        } catch (DataException e) {
            throw e.in(in.name());
        }
    }

    private boolean mayHave(TraceBlock block) {
        return block.image() >= header.firstImage() && block.image() <= header.lastImage()
                && header.streams().contains(block.stream()) && header.cut().mayHold(block);
    }

    private void requireEnds(String missing) {
        for (int image = header.firstImage(); image <= header.lastImage(); image++) {
            if (blocks(image).stream().noneMatch(block -> block.stream() == EventStream.LAYERS)) {
                throw new DataException(in.name() + ": " + missing + (image > in.header().firstImage()
                        ? "; images " + in.header().firstImage() + ":" + (image - 1) + " can be selected" : ""));
            }
        }
    }

    String name() {
        return in.name();
    }

    /** The header of what is selected. */
    TraceHeader header() {
        return header;
    }

    /** The blocks that may have selected events of an image, in the order of the file. */
    List<TraceBlock> blocks(int image) {
        return blocks.getOrDefault(image, List.of());
    }

    /** Reads the selected events of a block. */
    void read(TraceBlock block, Consumer<? super ChipEvent> events) {
        in.read(block, event -> {
            if (header.cut().holds(event)) {
                events.accept(event);
            }
        });
    }
}
