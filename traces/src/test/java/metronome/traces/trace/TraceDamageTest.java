package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is every damage to a trace found, and does what was cut short give all its whole blocks? The golden file is damaged everywhere. */
class TraceDamageTest {
    @TempDir
    private Path folder;
    private byte[] whole;
    private List<TraceBlock> blocks;
    private List<List<ChipEvent>> events;
    private Path file;

    @BeforeEach
    void readGolden() throws IOException {
        file = folder.resolve("damaged.mtt");
        whole = GoldenTraceTest.golden();
        Files.write(file, whole);
        try (TraceReader in = TraceReader.open(file)) {
            blocks = in.blocks();
            events = blocks.stream().map(block -> events(in, block)).toList();
        }
        assertTrue(blocks.size() > 8);
    }

    private static List<ChipEvent> events(TraceReader in, TraceBlock block) {
        List<ChipEvent> read = new ArrayList<>();
        in.read(block, read::add);
        return read;
    }

    @Test
    void cutAtAnyByteItOpensUpToTheLastWholeBlock() throws IOException {
        long header = blocks.getFirst().offset();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            if (length < header) {
                String message = assertThrows(DataException.class, () -> TraceReader.open(file).close(), "" + length).getMessage();
                assertEquals(file + ": not a whole trace: " + length + " bytes are less than its header"
                        + (length < BlockLayout.PREFIX_BYTES ? "" : " of " + header), message);
                continue;
            }
            try (TraceReader in = TraceReader.open(file)) {
                int end = length;
                List<TraceBlock> expected = blocks.stream().filter(b -> b.offset() + b.bytes() <= end).toList();
                assertEquals(expected, in.blocks(), "cut at " + length);
                assertEquals(events.subList(0, expected.size()), in.blocks().stream().map(b -> events(in, b)).toList());
                assertTrue(in.missing().orElseThrow().startsWith("cut short in "), in.missing().orElseThrow());
            }
        }
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        TraceBlock second = blocks.stream().filter(b -> b.image() == 4).findFirst().orElseThrow();
        assertEquals("cut short in block " + blocks.indexOf(second) + ", which begins at byte " + second.offset() + " of "
                + (second.offset() + 1) + "; image 4 and those after it are not there, or not to the end (1 of 3 are)",
                missing((int) second.offset() + 1));
        TraceBlock last = blocks.getLast();
        assertEquals("cut short in the index, which begins at byte " + (last.offset() + last.bytes()) + " of " + (whole.length - 1)
                + "; all 3 images are there", missing(whole.length - 1));
    }

    private String missing(int length) throws IOException {
        Files.write(file, Arrays.copyOf(whole, length));
        try (TraceReader in = TraceReader.open(file)) {
            return in.missing().orElseThrow();
        }
    }

    @Test
    void aFlippedBitAnywhereIsFound() throws IOException {
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            Optional<DataException> found = Optional.empty();
            try (TraceReader in = TraceReader.open(file)) {
                in.blocks().forEach(b -> in.read(b, _ -> { }));
            } catch (DataException e) {
                found = Optional.of(e);
            }
            assertTrue(found.isPresent(), "bit " + bit % 8 + " of byte " + bit / 8);
            assertFalse(found.orElseThrow().getMessage().contains("null"));
        }
    }

    /** Without the index, headers of blocks are all there is to go by. */
    @Test
    void aFlippedBitOfACutFileIsFoundButForTheCutBlock() throws IOException {
        TraceBlock last = blocks.getLast();
        byte[] cut = Arrays.copyOf(whole, (int) last.offset() + 30);
        for (int bit = 0; bit < 8 * last.offset(); bit++) {
            byte[] flipped = cut.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThrows(DataException.class, () -> {
                try (TraceReader in = TraceReader.open(file)) {
                    in.blocks().forEach(b -> in.read(b, _ -> { }));
                }
            }, "bit " + bit % 8 + " of byte " + bit / 8);
        }
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        byte[] newer = whole.clone();
        newer[8] = 2;
        Files.write(file, newer);
        assertEquals(file + ": a trace of version 2, this metronome reads version 1",
                assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage());
        for (String text : List.of("hello\n", "METROTRA")) {
            Files.writeString(file, text);
            assertEquals(file + ": not a trace: it does not begin with METROTRC",
                    assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage());
        }
        Files.writeString(file, "METRO");
        assertEquals(file + ": not a whole trace: 5 bytes are less than its header",
                assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage());
        Files.writeString(file, "# metronome spikes 1\nimage,layer,neuron,step\n");
        assertEquals(file + ": not a trace: it does not begin with METROTRC",
                assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage());
    }
}
