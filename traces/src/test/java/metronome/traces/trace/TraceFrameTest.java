package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is a frame refused whose checksums are right and whose lengths, places and marks do not fit each other? */
class TraceFrameTest {
    private static final int EVENTS_AT = 12;
    private static final int PACKED_AT = 40;

    @TempDir
    private Path folder;
    private Path file;
    private byte[] whole;
    private List<TraceBlock> blocks;
    private int footer;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("a.mtt");
        HandMade.write(file, SmallTraces.header(0, 1), List.of(
                new HandMade.Block(0, List.of(new ChipEvent.Spike(0, 0, 7, 3), new ChipEvent.Spike(5, 0, 9, 4))),
                new HandMade.Block(0, SmallTraces.whole(List.of()))));
        whole = Files.readAllBytes(file);
        try (TraceReader in = TraceReader.open(file)) {
            blocks = List.copyOf(in.blocks());
        }
        footer = (int) (blocks.getLast().offset() + blocks.getLast().bytes());
    }

    private static void seal(ByteBuffer file, int from, int to) {
        file.putInt(to, BlockLayout.checksum(file.array(), from, to));
    }

    /** Where an entry of the footer has what lies at a place of the block: there it is behind the tag (4 bytes), here behind the offset (8). */
    private int entry(int block, int field) {
        return footer + 8 + block * BlockLayout.INDEX_ENTRY_BYTES + 4 + field;
    }

    /** Changes the file and makes all checksums right again, but for those of payloads. */
    private ByteBuffer changed(Consumer<ByteBuffer> change) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        blocks.forEach(b -> seal(bytes, (int) b.offset(), (int) b.offset() + BlockLayout.BLOCK_HEADER_BYTES - 4));
        seal(bytes, footer, whole.length - BlockLayout.TRAILER_BYTES - 4);
        Files.write(file, bytes.array());
        return bytes;
    }

    private void read() {
        try (TraceReader in = TraceReader.open(file)) {
            in.blocks().forEach(b -> in.read(b, _ -> { }));
        }
    }

    private void refused(String message, Consumer<ByteBuffer> change) throws IOException {
        changed(change);
        assertEquals(file + ": " + message, assertThrows(DataException.class, this::read).getMessage());
    }

    @Test
    void whatIsNotChangedIsRead() throws IOException {
        assertEquals(ByteBuffer.wrap(whole), changed(_ -> { }));
        read();
    }

    @Test
    void aTraceWithoutBlocksIsWhole() throws IOException {
        HandMade.write(file, SmallTraces.header(0, 1), List.of());
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(List.of(), in.blocks());
            assertEquals(Optional.empty(), in.missing());
        }
    }

    @Test
    void theHeaderIsNamedByItsVersionAndLength() throws IOException {
        refused("a trace of version 0, this metronome reads version 1", f -> f.putInt(8, 0));
        refused("damaged at byte 12: a header of -1 bytes, expected at most 16777216", f -> f.putInt(12, -1));
        refused("damaged at byte 12: a header of 16777217 bytes, expected at most 16777216", f -> f.putInt(12, (1 << 24) + 1));
        refused("not a whole trace: " + whole.length + " bytes are less than its header of 16777236", f -> f.putInt(12, 1 << 24));
        refused("damaged at byte 0: wrong checksum of the header", f -> f.put(40, (byte) (f.get(40) ^ 1)));
    }

    /** Channels may give less than is asked for. */
    @Test
    void whatComesInPiecesIsPutTogether() throws IOException {
        TraceFrame frame = new TraceFrame(new Pieces(whole, whole.length));
        assertEquals(SmallTraces.header(0, 1), frame.header().header());
        assertEquals(Optional.empty(), frame.index(Vocabulary.CURRENT));
        assertEquals(blocks, frame.blocks().blocks());
    }

    @Test
    void aFileThatBecomesShorterIsNoEndlessOne() throws IOException {
        for (int length : new int[] {0, 15, 100, footer, whole.length - 1}) {
            TraceFrame frame = new TraceFrame(new Pieces(Arrays.copyOf(whole, length), whole.length));
            assertEquals("the file has become shorter", assertThrows(EOFException.class, () -> {
                frame.header();
                frame.index(Vocabulary.CURRENT);
            }).getMessage());
        }
    }

    @Test
    void whatFollowsTheFooterIsTold() throws IOException {
        int footed = whole.length - footer;
        refused("damaged at byte " + footer + ": a footer and what follows take " + footed + " bytes, the last of which are not METROEND",
                f -> f.put(whole.length - 1, (byte) 'd'));
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertEquals(file + ": damaged at byte " + footer + ": a footer and what follows take " + (footed + 1) + " bytes, expected " + footed,
                assertThrows(DataException.class, this::read).getMessage());
        for (int length : new int[] {1, 3, 4, 5, BlockLayout.BLOCK_HEADER_BYTES - 1, BlockLayout.BLOCK_HEADER_BYTES, footed - 1}) {
            Files.write(file, Arrays.copyOf(whole, footer + length));
            try (TraceReader in = TraceReader.open(file)) {
                assertEquals(blocks, in.blocks());
                assertEquals("cut short in " + (length < 4 ? "block 2" : "the index") + ", which begins at byte " + footer + " of " + (footer + length)
                        + "; image 0 is there", in.missing().orElseThrow());
            }
        }
    }

    @Test
    void theFooterIsWhereTheTrailerSays() throws IOException {
        int trailer = whole.length - BlockLayout.TRAILER_BYTES;
        for (long offset : new long[] {-1, 0, footer - 1, footer + 1, trailer, whole.length, Long.MAX_VALUE, Long.MIN_VALUE,
            footer + 52L * 3, footer % 52, footer % 52 - 52}) {
            refused("damaged at byte " + trailer + ": the footer cannot begin at byte " + offset, f -> f.putLong(trailer, offset));
        }
        refused("damaged at byte " + footer + ": wrong tag or checksum of the footer", f -> f.put(footer, (byte) 'G'));
        refused("damaged at byte " + footer + ": the footer names 3 blocks and has room for others", f -> f.putInt(footer + 4, 3));
        refused("damaged at byte " + footer + ": the footer names -1 blocks and has room for others", f -> f.putInt(footer + 4, -1));
    }

    @Test
    void blocksAreWhereTheIndexSays() throws IOException {
        long second = blocks.getLast().offset();
        refused("damaged at byte " + (second + 1) + ": the index has a block there, expected one at byte " + second,
                f -> f.putLong(entry(1, -4), second + 1));
        refused("damaged at byte " + footer + ": the blocks of the index end at byte " + (footer + 1),
                f -> f.putInt(entry(1, PACKED_AT), f.getInt(entry(1, PACKED_AT)) + 1));
        refused("damaged at byte " + second + ": expected a block, found a wrong tag or checksum", f -> f.put((int) second, (byte) 'C'));
    }

    @Test
    void blocksOfOtherTracesAreNone() {
        TraceBlock first = blocks.getFirst();
        try (TraceReader in = TraceReader.open(file)) {
            for (TraceBlock other : List.of(moved(first, 1), moved(first, -1), moved(first, footer), new TraceBlock(first.offset(), first.bytes(),
                    first.stream(), first.image(), first.events() + 1, first.firstLayer(), first.lastLayer(), first.firstCycle(), first.lastCycle()))) {
                assertEquals("no block of this trace: " + other,
                        assertThrows(IllegalArgumentException.class, () -> in.read(other, _ -> { })).getMessage());
            }
            in.read(moved(first, 0), _ -> { });
        }
    }

    private static TraceBlock moved(TraceBlock b, long by) {
        return new TraceBlock(b.offset() + by, b.bytes(), b.stream(), b.image(), b.events(), b.firstLayer(), b.lastLayer(), b.firstCycle(), b.lastCycle());
    }

    /** Where the system tells which files are open. */
    @Test
    void whatIsRefusedIsClosed() throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open));
        Path real = file.toRealPath();
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(1, handles(open, real), in.name());
        }
        changed(f -> f.putInt(12, -1));
        assertThrows(DataException.class, () -> TraceReader.open(file));
        assertEquals(0, handles(open, real));
    }

    private static long handles(Path open, Path file) throws IOException {
        try (Stream<Path> all = Files.list(open)) {
            return all.filter(handle -> {
                try {
                    return Files.readSymbolicLink(handle).equals(file);
                } catch (IOException e) {
                    return false; // that of the list itself, which is closed by now
                }
            }).count();
        }
    }

    @Test
    void blocksAreWhatTheIndexSays() throws IOException {
        int first = (int) blocks.getFirst().offset();
        refused("damaged at byte " + first + ": the block is not what the index says", f -> f.putInt(first + EVENTS_AT, 1));
        refused("damaged at byte " + first + ": the block has more than its events", f -> {
            f.putInt(first + EVENTS_AT, 1);
            f.putInt(entry(0, EVENTS_AT), 1);
        });
        int payload = first + BlockLayout.BLOCK_HEADER_BYTES;
        refused("damaged at byte " + first + ": wrong checksum of a block of spikes", f -> f.put(payload + 8, (byte) (f.get(payload + 8) ^ 1)));
    }
}
