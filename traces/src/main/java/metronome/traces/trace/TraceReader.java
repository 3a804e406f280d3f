package metronome.traces.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/**
 * Reads a trace, any block without those before it. A trace that was cut short opens up to its last whole block and says
 * what is {@link #missing}; one that was damaged is refused, when it is opened or when the block is read. Not safe for several
 * threads.
 */
public final class TraceReader implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final TraceHeader header;
    private final Vocabulary words;
    private final EventColumns columns;
    private final BlockIndex index;
    private final Optional<String> cut;
    private final Packing packing = new Packing();
    /** One for all blocks, however small they are. */
    private final Inflater inflater;
    private final long bytes;

    private TraceReader(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        TraceFrame frame = new TraceFrame(channel);
        HeaderJson.Read read = frame.header();
        this.header = read.header();
        this.words = read.words();
        this.columns = new EventColumns(words, header.spikes().layers());
        this.bytes = channel.size();
        this.cut = frame.index(words);
        this.index = frame.blocks();
        this.inflater = new Inflater(true);
    }

    /**
     * {@return a reader, to be closed}
     *
     * @param file a trace
     * @throws DataException if it is none, of another version, damaged, or cannot be read
     */
    public static TraceReader open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new TraceReader(file.toString(), channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * {@return whether a file begins as traces do, of whatever version; false also where it cannot be read}
     *
     * @param file any
     */
    public static boolean recognises(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(BlockLayout.MAGIC.length), BlockLayout.MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return what messages call it} */
    public String name() {
        return name;
    }

    /** {@return whose events these are} */
    public TraceHeader header() {
        return header;
    }

    /** {@return the size of the file} */
    public long bytes() {
        return bytes;
    }

    /** {@return what is known of all blocks, in the order of the file} */
    public List<TraceBlock> blocks() {
        return index.blocks();
    }

    /**
     * {@return the blocks of an image, in the order of the file}
     *
     * @param image its number
     */
    public List<TraceBlock> blocks(int image) {
        return index.blocks(image);
    }

    /**
     * {@return the blocks of a stream, in the order of the file}
     *
     * @param stream which
     */
    public Stream<TraceBlock> blocks(EventStream stream) {
        return index.blocks().stream().filter(b -> b.stream() == stream);
    }

    /** {@return what is missing of a trace that was cut short, in words; empty if it is whole} */
    public Optional<String> missing() {
        return cut.map(where -> where + missingImages());
    }

    private String missingImages() {
        Set<Integer> whole = blocks(EventStream.LAYERS).map(TraceBlock::image).collect(Collectors.toSet());
        List<String> lacking = IntStream.range(header.firstImage(), header.firstImage() + header.images())
                .filter(i -> !whole.contains(i)).limit(2).mapToObj(i -> "image " + i).toList();
        if (lacking.isEmpty()) {
            return header.images() == 1 ? "; image " + header.firstImage() + " is there" : "; all " + header.images() + " images are there";
        }
        return "; " + lacking.getFirst() + (lacking.size() > 1 ? " and those after it are" : " is") + " not there, or not to the end ("
                + whole.size() + " of " + header.images() + " are)";
    }

    /**
     * Reads the events of a block in their order.
     *
     * @param block one of {@link #blocks}
     * @param consumer gets each; it must not read from this trace itself
     * @throws DataException if it is damaged or cannot be read
     */
    public void read(TraceBlock block, Consumer<? super ChipEvent> consumer) {
        try {
            decode(entry(block), consumer);
        } catch (IOException e) {
            throw new DataException(name + ": cannot be read: " + AtomicFile.reason(e), e);
        } catch (DataException e) {
            throw e.in(name);
        }
    }

    private BlockLayout.Entry entry(TraceBlock block) {
        int number = index.find(block);
        if (number < 0) {
            throw new IllegalArgumentException("no block of this trace: " + block);
        }
        return index.entry(number);
    }

    /** Whether its blocks mean the same in a trace that this version writes. */
    boolean copies() {
        return words.ofThisVersion();
    }

    /** A block as it is, whose checksums are right; its events are not looked at. */
    BlockBuilder.Sealed sealed(TraceBlock block) {
        BlockLayout.Entry entry = entry(block);
        try {
            return new BlockBuilder.Sealed(entry, checked(entry));
        } catch (IOException e) {
            throw new DataException(name + ": cannot be read: " + AtomicFile.reason(e), e);
        } catch (DataException e) {
            throw e.in(name);
        }
    }

    private byte[] checked(BlockLayout.Entry entry) throws IOException {
        TraceBlock block = entry.block();
        byte[] bytes = new byte[block.bytes()];
        TraceFrame.read(channel, ByteBuffer.wrap(bytes), block.offset());
        if (!TraceFrame.blockHeader(bytes, words, block.offset()).equals(entry)) {
            throw TraceFrame.damaged(block.offset(), "the block is not what the index says");
        }
        int end = bytes.length - BlockLayout.CRC_BYTES;
        if (BlockLayout.checksum(bytes, BlockLayout.BLOCK_HEADER_BYTES, end) != ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN).getInt(end)) {
            throw TraceFrame.damaged(block.offset(), "wrong checksum of a block of " + block.stream().label());
        }
        return bytes;
    }

    private void decode(BlockLayout.Entry entry, Consumer<? super ChipEvent> consumer) throws IOException {
        byte[] bytes = checked(entry);
        packing.inflate(inflater, bytes, BlockLayout.BLOCK_HEADER_BYTES, entry.packed(), entry.unpacked());
        events(entry.block(), consumer);
    }

    private void events(TraceBlock block, Consumer<? super ChipEvent> consumer) {
        long[][] values = packing.take(EventColumns.of(block.stream()), block.events());
        if (!packing.empty()) {
            throw TraceFrame.damaged(block.offset(), "the block has more than its events");
        }
        columns.give(block.stream(), values, block.events(), consumer);
    }

    @Override
    public void close() {
        inflater.end();
        try {
            channel.close();
        } catch (IOException e) {
            throw new DataException(name + ": cannot be closed: " + AtomicFile.reason(e), e);
        }
    }
}
