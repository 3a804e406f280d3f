package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the compact index give back what went into it, however many blocks there are, and find those of an image? */
class BlockIndexTest {
    private static final long SEED = 20261128;

    @TempDir
    private Path folder;

    private static BlockLayout.Entry random(SplittableRandom random, long offset, int image) {
        return new BlockLayout.Entry(new TraceBlock(offset, random.nextInt(57, 1 << 22), EventStream.values()[random.nextInt(6)], image,
                random.nextInt(4) == 0 ? BlockLayout.MOST_EVENTS : random.nextInt(1, 70_000 - 5000), random.nextInt(), random.nextInt(),
                random.nextLong(), random.nextLong()), random.nextInt(1, 1 << 22));
    }

    @Test
    void whatWentInComesOut() {
        SplittableRandom random = new SplittableRandom(SEED);
        BlockIndex index = new BlockIndex(1234, 3);
        List<BlockLayout.Entry> entries = new ArrayList<>();
        long offset = 1234;
        int image = 5;
        for (int i = 0; i < 3000; i++) {
            image += random.nextInt(3) / 2 * random.nextInt(1, 4);
            entries.add(random(random, offset, image));
            index.add(entries.getLast());
            offset += entries.getLast().block().bytes();
        }
        List<TraceBlock> blocks = entries.stream().map(BlockLayout.Entry::block).toList();
        assertEquals(blocks, index.blocks(), "seed " + SEED);
        assertEquals(offset, index.end());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(i, index.find(blocks.get(i)));
            assertEquals(entries.get(i), index.entry(i));
        }
        for (int each = 0; each <= image + 1; each++) {
            int wanted = each;
            assertEquals(blocks.stream().filter(b -> b.image() == wanted).toList(), index.blocks(each), "seed " + SEED);
        }
        assertEquals(List.of(), index.blocks(Integer.MAX_VALUE));
        assertThrows(IndexOutOfBoundsException.class, () -> index.blocks(5).get(index.blocks(5).size()));
        TraceBlock b = blocks.get(7);
        assertTrue(index.find(new TraceBlock(b.offset(), b.bytes(), b.stream(), b.image() + 1, b.events(), b.firstLayer(), b.lastLayer(),
                b.firstCycle(), b.lastCycle())) < 0);
        assertTrue(index.find(new TraceBlock(b.offset() + 1, b.bytes(), b.stream(), b.image(), b.events(), b.firstLayer(), b.lastLayer(),
                b.firstCycle(), b.lastCycle())) < 0);
    }

    /** More blocks than are written and read at once, with their index and without. */
    @Test
    void manyBlocksAreFoundWithAndWithoutTheFooter() throws IOException {
        int images = 1500;
        List<List<ChipEvent>> events = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            events.add(SmallTraces.whole(List.of(new ChipEvent.Spike(image, 0, image % 30, 3))));
        }
        Path file = folder.resolve("a.mtt");
        SmallTraces.write(file, SmallTraces.header(10, images), events);
        byte[] bytes = Files.readAllBytes(file);
        Path part = Files.write(folder.resolve("b.mtt"), Arrays.copyOf(bytes, bytes.length - 1));
        try (TraceReader in = TraceReader.open(file); TraceReader cut = TraceReader.open(part)) {
            assertEquals(2 * images, in.blocks().size());
            assertEquals(in.blocks(), cut.blocks());
            assertTrue(cut.missing().orElseThrow().startsWith("cut short in the index"));
            assertEquals(List.of(events.get(1234).getFirst()), SmallTraces.read(in, EventStream.SPIKES, 1244, 0));
        }
        bytes[bytes.length - 40_000] ^= 1;
        Files.write(file, bytes);
        assertTrue(assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage()
                .endsWith(": wrong tag or checksum of the footer"));
    }

    @Test
    void imagesOutOfOrderAreRefused() throws IOException {
        List<ChipEvent> end = SmallTraces.whole(List.of());
        Path file = folder.resolve("a.mtt");
        HandMade.write(file, SmallTraces.header(0, 5), List.of(new HandMade.Block(4, end), new HandMade.Block(2, end)));
        String message = assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage();
        assertTrue(message.endsWith(": a block of image 2 behind one of image 4"), message);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(message, assertThrows(DataException.class, () -> TraceReader.open(file)).getMessage());
    }
}
