package metronome.traces.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/** The blocks of an image that are being filled: one for each stream, of spikes one for each layer. */
final class ImageBlocks {
    private final int image;
    private final EventColumns columns;
    private final Consumer<BlockBuilder.Sealed> full;
    private final Map<EventStream, Map<Integer, BlockBuilder>> open = new EnumMap<>(EventStream.class);
    private final Packing packing = new Packing();
    private Optional<Deflater> deflater = Optional.empty();

    ImageBlocks(int image, EventColumns columns, Consumer<BlockBuilder.Sealed> full) {
        this.image = image;
        this.columns = columns;
        this.full = full;
    }

    void add(ChipEvent event) {
        int part = event instanceof ChipEvent.Spike spike ? spike.layer() : 0;
        BlockBuilder block = open.computeIfAbsent(event.stream(), _ -> new TreeMap<>())
                .computeIfAbsent(part, _ -> new BlockBuilder(event.stream(), image, columns));
        block.add(event);
        if (block.full()) {
            seal(block);
        }
    }

    /** Adds a whole block behind the events of its stream that are there; behind all events if it says that the image ends. */
    void add(BlockBuilder.Sealed block) {
        EventStream stream = block.entry().block().stream();
        if (stream == EventStream.LAYERS) {
            sealAll();
        } else {
            seal(open.getOrDefault(stream, Map.of()));
            open.remove(stream);
        }
        full.accept(block);
    }

    /** Ends all blocks, in the order of streams and layers. */
    void sealAll() {
        open.values().forEach(this::seal);
        open.clear();
    }

    private void seal(Map<Integer, BlockBuilder> parts) {
        parts.values().stream().filter(block -> !block.empty()).forEach(this::seal);
    }

    private void seal(BlockBuilder block) {
        if (deflater.isEmpty()) {
            deflater = Optional.of(new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        }
        full.accept(block.seal(packing, deflater.orElseThrow()));
    }

    /** Gives back what is not on the heap. */
    void close() {
        deflater.ifPresent(Deflater::end);
    }
}
