package metronome.traces.trace;

import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/** What is selected of a trace that is open. Blocks without selected events are not read. */
public final class TracePart {
    private final TraceReader in;
    private final TraceHeader header;
    private final Span images;

    /**
     * What a header announces, as far as it is there.
     *
     * @param in the trace
     * @param header of a part of it
     */
    public TracePart(TraceReader in, TraceHeader header) {
        this.in = in;
        this.header = header;
        this.images = header.imageSpan();
    }

    /**
     * {@return what is selected of a trace, as far as it is there}
     *
     * @param in the trace
     * @param selection what is wanted of it
     * @throws DataException naming the trace if its header does not announce what is wanted, or no image has any of the cycles
     */
    public static TracePart of(TraceReader in, TraceSelection selection) {
        try {
            TracePart part = new TracePart(in, selection.of(in.header()));
            selection.cycles().ifPresent(part::requireSome);
            return part;
        } catch (DataException e) {
            throw e.in(in.name());
        }
    }

    /** Images of which nothing is there have no cycles that could be told. */
    private void requireSome(Span wanted) {
        lengths().values().stream().max(Long::compare).map(length -> new Span(0, Math.max(length, 1) - 1))
                .filter(there -> !wanted.meets(there.first(), there.last())).ifPresent(there -> {
                    throw new DataException("the trace has cycles " + there + " in " + (header.images() == 1 ? "image " : "images ") + images
                            + ", none of " + wanted + in.missing().map(missing -> ": " + missing).orElse(""));
                });
    }

    /** {@return how many cycles each selected image has, whichever of them are selected; of one that was cut short, as far as is known} */
    public SequencedMap<Integer, Long> lengths() {
        SequencedMap<Integer, Long> lengths = new TreeMap<>();
        in.blocks().stream().filter(block -> images.meets(block.image(), block.image()))
                .forEach(block -> lengths.merge(block.image(), end(block), Math::max));
        return lengths;
    }

    /** Layers end at the first cycle that they do not have. */
    private static long end(TraceBlock block) {
        return block.lastCycle() + (block.stream() == EventStream.LAYERS ? 0 : 1);
    }

    private boolean mayHave(TraceBlock block) {
        return images.meets(block.image(), block.image()) && header.streams().contains(block.stream()) && header.cut().mayHold(block);
    }

    /**
     * {@return this, of which all images are there to their end}
     *
     * @throws DataException naming the trace if one is not
     */
    public TracePart whole() {
        for (int image = header.firstImage(); image <= header.lastImage(); image++) {
            if (lacks(image)) {
                throw new DataException(in.name() + ": " + lacking(image));
            }
        }
        return this;
    }

    private boolean lacks(int image) {
        return in.blocks(image).stream().noneMatch(block -> block.stream() == EventStream.LAYERS);
    }

    private String lacking(int image) {
        int first = in.header().firstImage();
        int end = first;
        while (!lacks(end)) {
            end++;
        }
        return in.missing().orElseGet(() -> "image " + image + " of images " + in.header().imageSpan() + " is not there, or not to the end")
                + (end == first ? "" : (end - first == 1 ? "; image " + first : "; images " + first + ":" + (end - 1)) + " can be selected");
    }

    /** {@return what messages call the trace} */
    public String name() {
        return in.name();
    }

    /** {@return the header of what is selected} */
    public TraceHeader header() {
        return header;
    }

    /**
     * {@return the blocks that may have selected events of an image, in the order of the file}
     *
     * @param image its number
     */
    public List<TraceBlock> blocks(int image) {
        return in.blocks(image).stream().filter(this::mayHave).toList();
    }

    /**
     * Reads the selected events of a block, as they are.
     *
     * @param block one of the trace
     * @param events gets each
     * @throws DataException if it is damaged or cannot be read
     */
    public void read(TraceBlock block, Consumer<? super ChipEvent> events) {
        in.read(block, event -> {
            if (header.cut().holds(event)) {
                events.accept(event);
            }
        });
    }

    /**
     * Puts the selected events of a block into an image of a trace with the same layers, as they are. A block of which all are selected is
     * copied as it is, its checksums verified, and not unpacked; so its events are not looked at.
     *
     * @param block one of the trace
     * @param to the same image of the other trace
     * @throws DataException if it is damaged or cannot be read
     */
    public void copy(TraceBlock block, TraceWriter.Image to) {
        if (header.cut().holdsAll(block) && in.copies()) {
            to.add(in.sealed(block));
        } else {
            read(block, to);
        }
    }
}
