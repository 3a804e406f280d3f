package metronome.traces.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.HandMade;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TraceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Are blocks of which all is selected copied as they are, those that straddle a selection not, and is what comes out the same as if all had
 * been unpacked? Blocks of the traces here are stored, so that one that was packed anew is known by its bytes.
 */
class CopiedBlocksTest {
    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** Blocks of a few events of one stream, image by image; the end of each is the last. */
    private static List<HandMade.Block> blocks(SplittableRandom random, TraceHeader header) {
        List<HandMade.Block> blocks = new ArrayList<>();
        for (int image = header.firstImage(); image <= header.lastImage(); image++) {
            List<ChipEvent> events = SmallTraces.events(random, random.nextInt(500, 1500));
            for (int from = 0, to; from < events.size(); from = to) {
                to = Math.min(events.size(), from + 1 + random.nextInt(random.nextBoolean() ? 10 : 300));
                for (EventStream stream : header.streams()) {
                    add(blocks, image, events.subList(from, to).stream().filter(e -> e.stream() == stream && stream != EventStream.LAYERS).toList());
                }
            }
            add(blocks, image, SmallTraces.whole(List.of()));
        }
        return blocks;
    }

    private static void add(List<HandMade.Block> blocks, int image, List<ChipEvent> events) {
        if (!events.isEmpty()) {
            blocks.add(new HandMade.Block(image, events));
        }
    }

    /** Its cycles begin where all images still have some. */
    private static TraceSelection selection(SplittableRandom random, TraceHeader header) {
        long first = random.nextLong(30_000);
        Span cycles = new Span(first, random.nextInt(4) == 0 ? Span.OPEN : first + random.nextLong(60_000));
        Span images = new Span(header.firstImage() + random.nextInt(header.images()), Span.OPEN);
        List<String> layers = IntStream.range(0, 3).filter(_ -> random.nextInt(3) > 0).mapToObj(Integer::toString).toList();
        Set<EventStream> streams = new HashSet<>(EnumSet.allOf(EventStream.class));
        streams.removeIf(_ -> random.nextInt(3) == 0);
        return new TraceSelection(random.nextBoolean() ? Optional.of(cycles) : Optional.empty(), random.nextBoolean() ? layers : List.of(),
                random.nextBoolean() ? Optional.of(images) : Optional.empty(), random.nextBoolean() ? streams : Set.of());
    }

    /** The slow way: every block is read, every event asked, and what is selected is written anew. */
    private void unpacked(TraceReader in, TraceHeader part, Path out) {
        try (TraceWriter writer = TraceWriter.create(out, part)) {
            for (int number = part.firstImage(); number <= part.lastImage(); number++) {
                try (TraceWriter.Image image = writer.image(number)) {
                    in.blocks(number).forEach(block -> in.read(block, event -> {
                        if (part.cut().holds(event)) {
                            image.accept(event);
                        }
                    }));
                    image.end();
                }
            }
            writer.finish();
        }
    }

    private static List<ChipEvent> events(TraceReader in, int image, EventStream stream) {
        List<ChipEvent> events = new ArrayList<>();
        in.blocks(image).stream().filter(b -> b.stream() == stream).forEach(b -> in.read(b, events::add));
        return events;
    }

    private static void assertSame(TraceReader expected, TraceReader actual, String where) {
        assertEquals(expected.header(), actual.header(), where);
        assertEquals(Optional.empty(), actual.missing(), where);
        for (int image = expected.header().firstImage(); image <= expected.header().lastImage(); image++) {
            for (EventStream stream : EventStream.values()) {
                List<ChipEvent> slow = events(expected, image, stream);
                List<ChipEvent> fast = new ArrayList<>(events(actual, image, stream));
                if (stream == EventStream.SPIKES) {
                    fast.sort(Comparator.comparing(ChipEvent::layer));
                    slow.sort(Comparator.comparing(ChipEvent::layer));
                }
                assertEquals(slow, fast, where + ", " + stream + " of image " + image);
            }
        }
        assertTrue(actual.blocks().stream().map(TraceBlock::image).toList().equals(actual.blocks().stream().map(TraceBlock::image).sorted().toList()));
        for (int image = actual.header().firstImage(); image <= actual.header().lastImage(); image++) {
            assertEquals(EventStream.LAYERS, actual.blocks(image).getLast().stream(), where + ": what ends image " + image);
        }
    }

    private static Set<String> bytes(TraceReader of, Path file, java.util.function.Predicate<TraceBlock> which) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Set<String> bytes = new HashSet<>();
        of.blocks().stream().filter(which)
                .forEach(b -> bytes.add(Arrays.toString(Arrays.copyOfRange(all, (int) b.offset(), (int) b.offset() + b.bytes()))));
        return bytes;
    }

    private static boolean selectedWhole(TraceReader in, TraceHeader part, TraceBlock block) {
        List<ChipEvent> events = new ArrayList<>();
        in.read(block, events::add);
        return block.image() >= part.firstImage() && block.image() <= part.lastImage() && part.streams().contains(block.stream())
                && (block.stream() == EventStream.LAYERS || part.cut().cycles().map(s -> s.first() <= block.firstCycle() && block.lastCycle() <= s.last())
                        .orElse(true) && events.stream().allMatch(e -> part.cut().layers().map(l -> l.contains(e.layer())).orElse(true)
                                && block.lastLayer() - block.firstLayer() < 2));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsCopiedIsWhatWouldBePackedAnew(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        TraceHeader header = SmallTraces.header(random.nextInt(9), random.nextInt(1, 4));
        HandMade.write(file("a.mtt"), header, blocks(random, header));
        int copied = 0;
        int straddling = 0;
        for (int i = 0; i < 25; i++) {
            String where = "seed " + seed + ", selection " + i;
            TraceSelection selection = selection(random, header);
            try (TraceReader in = TraceReader.open(file("a.mtt"))) {
                TraceHeader part = TraceCutter.cut(in, selection, file("fast.mtt"));
                unpacked(in, part, file("slow.mtt"));
                try (TraceReader slow = TraceReader.open(file("slow.mtt")); TraceReader fast = TraceReader.open(file("fast.mtt"))) {
                    assertSame(slow, fast, where);
                    Set<String> there = bytes(fast, file("fast.mtt"), _ -> true);
                    Set<String> whole = bytes(in, file("a.mtt"), b -> selectedWhole(in, part, b));
                    assertTrue(there.containsAll(whole), where);
                    copied += whole.size();
                    straddling += there.size() - whole.size();
                }
            }
        }
        assertTrue(copied > 100 && straddling > 20, copied + " and " + straddling);
    }

    /** The blocks of a trace whose words have other numbers mean something else in one of this version. */
    @Test
    void blocksOfOtherWordsArePackedAnew() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        TraceHeader header = SmallTraces.header(0, 1);
        List<HandMade.Block> blocks = blocks(random, header);
        HandMade.write(file("a.mtt"), header, json -> json.replace("\"issued\",\"retired\"", "\"retired\",\"issued\""), blocks);
        HandMade.write(file("b.mtt"), header, blocks);
        try (TraceReader in = TraceReader.open(file("a.mtt")); TraceReader other = TraceReader.open(file("b.mtt"))) {
            TraceCutter.cut(in, TraceSelection.ALL, file("cut.mtt"));
            assertNotEquals(events(other, 0, EventStream.INSTRUCTIONS), events(in, 0, EventStream.INSTRUCTIONS));
            try (TraceReader cut = TraceReader.open(file("cut.mtt"))) {
                assertSame(in, cut, "other words");
            }
        }
    }

    /** So are those of one that has fewer words, as those of earlier versions have, but with the same numbers: they can be copied. */
    @Test
    void blocksOfFewerWordsAreCopied() throws IOException {
        TraceHeader header = SmallTraces.header(EnumSet.of(EventStream.SPIKES), 0, 1);
        HandMade.write(file("a.mtt"), header, json -> json.replace("\"issued\",\"retired\"", "\"issued\""), blocks(new SplittableRandom(4), header));
        HandMade.write(file("b.mtt"), header, blocks(new SplittableRandom(4), header));
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            TraceCutter.cut(in, TraceSelection.ALL, file("cut.mtt"));
        }
        assertArrayEquals(Files.readAllBytes(file("b.mtt")), Files.readAllBytes(file("cut.mtt")));
    }

    @Test
    void aFlippedBitInWhatIsCopiedIsFound() throws IOException {
        TraceHeader header = SmallTraces.header(0, 1);
        HandMade.write(file("a.mtt"), header, blocks(new SplittableRandom(5), header));
        byte[] bytes = Files.readAllBytes(file("a.mtt"));
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            for (TraceBlock block : in.blocks()) {
                byte[] flipped = bytes.clone();
                flipped[(int) block.offset() + block.bytes() - 7] ^= 16;
                Files.write(file("b.mtt"), flipped);
                try (TraceReader damaged = TraceReader.open(file("b.mtt"))) {
                    assertEquals(file("b.mtt") + ": damaged at byte " + block.offset() + ": wrong checksum of a block of " + block.stream().label(),
                            assertThrows(DataException.class, () -> TraceCutter.cut(damaged, TraceSelection.ALL, file("c.mtt"))).getMessage());
                }
            }
        }
    }
}
