package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a trace give back what was written to it, in its order, and can each part be read by itself? */
class TraceRoundTripTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatWasWrittenIsRead(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<ChipEvent>> images = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            images.add(SmallTraces.events(random, random.nextInt(8) == 0 ? 0 : random.nextInt(3000)));
        }
        TraceHeader header = SmallTraces.header(random.nextInt(100), images.size());
        Path file = folder.resolve("a.mtt");
        SmallTraces.write(file, header, images);
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(header, in.header());
            assertEquals(Optional.empty(), in.missing());
            in.blocks().forEach(block -> checkIndex(in, block));
            for (int i = 0; i < images.size(); i++) {
                checkImage(in, header.firstImage() + i, images.get(i));
            }
        }
    }

    /** The index says no less and no more than the events do. */
    private static void checkIndex(TraceReader in, TraceBlock block) {
        List<ChipEvent> events = new ArrayList<>();
        in.read(block, events::add);
        assertEquals(block.events(), events.size());
        assertEquals(block.firstLayer(), events.stream().mapToInt(ChipEvent::layer).min().orElseThrow());
        assertEquals(block.lastLayer(), events.stream().mapToInt(ChipEvent::layer).max().orElseThrow());
        assertEquals(block.firstCycle(), events.stream().mapToLong(ChipEvent::cycle).min().orElseThrow());
        assertEquals(block.lastCycle(), events.stream().mapToLong(e -> e.cycle() + switch (e) {
            case ChipEvent.StallRun run -> run.cycles() - 1;
            case ChipEvent.Actions actions -> actions.cycles() - 1;
            default -> 0;
        }).max().orElseThrow());
    }

    private static void checkImage(TraceReader in, int image, List<ChipEvent> written) {
        for (int layer = 0; layer < SmallTraces.LAYERS.size(); layer++) {
            int current = layer;
            assertEquals(written.stream().filter(e -> e.stream() == EventStream.SPIKES && e.layer() == current).toList(),
                    SmallTraces.read(in, EventStream.SPIKES, image, layer));
        }
        for (EventStream stream : EnumSet.complementOf(EnumSet.of(EventStream.SPIKES))) {
            List<ChipEvent> read = new ArrayList<>();
            in.blocks(stream).filter(b -> b.image() == image).forEach(b -> in.read(b, read::add));
            assertEquals(written.stream().filter(e -> e.stream() == stream).toList(), read);
        }
    }

    /** All before a block is overwritten, so that a reader that looked at it would fail. */
    @Test
    void aBlockIsReadWithoutThoseBeforeIt() throws IOException {
        Path file = folder.resolve("a.mtt");
        List<ChipEvent> spikes = new ArrayList<>();
        for (int i = 0; i < 3 * BlockLayout.MOST_EVENTS; i++) {
            spikes.add(new ChipEvent.Spike(i / 100, 1, i * 31 % 84, i % 17));
        }
        SmallTraces.write(file, SmallTraces.header(0, 1), List.of(spikes));
        long from;
        try (TraceReader in = TraceReader.open(file)) {
            TraceBlock block = in.blocks().getLast();
            assertEquals(3, in.blocks().size());
            from = block.offset();
            assertTrue(block.hasCycles(block.lastCycle(), Long.MAX_VALUE));
            assertFalse(in.blocks().getFirst().hasCycles(block.lastCycle(), block.lastCycle()));
        }
        byte[] bytes = Files.readAllBytes(file);
        TraceBlock first;
        try (TraceReader in = TraceReader.open(file)) {
            first = in.blocks().getFirst();
        }
        java.util.Arrays.fill(bytes, (int) first.offset(), (int) from, (byte) 0);
        Files.write(file, bytes);
        try (TraceReader in = TraceReader.open(file)) {
            List<ChipEvent> read = new ArrayList<>();
            in.read(in.blocks().getLast(), read::add);
            assertEquals(spikes.subList(2 * BlockLayout.MOST_EVENTS, spikes.size()), read);
            assertThrows(DataException.class, () -> in.read(in.blocks().getFirst(), read::add));
        }
    }

    @Test
    void streamsThatAreOffLeaveNothing() {
        Path file = folder.resolve("a.mtt");
        List<ChipEvent> events = SmallTraces.events(new SplittableRandom(7), 1000);
        SmallTraces.write(file, SmallTraces.header(EnumSet.of(EventStream.DRAM), 0, 1), List.of(events));
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(EnumSet.of(EventStream.DRAM, EventStream.LAYERS),
                    EnumSet.copyOf(in.blocks().stream().map(TraceBlock::stream).toList()));
        }
    }

    /** Images are written by as many threads, the last one first. */
    @Test
    void threadsDoNotMatter() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        List<List<ChipEvent>> images = List.of(SmallTraces.events(random, 4000), SmallTraces.events(random, 0),
                SmallTraces.events(random, 3000), SmallTraces.events(random, 5000));
        TraceHeader header = SmallTraces.header(0, images.size());
        SmallTraces.write(folder.resolve("a.mtt"), header, images);
        try (TraceWriter out = TraceWriter.create(folder.resolve("b.mtt"), header)) {
            for (int i = images.size() - 1; i >= 0; i--) {
                try (TraceWriter.Image image = out.image(i)) {
                    images.get(i).forEach(image);
                    image.end();
                }
            }
            out.finish();
        }
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.mtt")), Files.readAllBytes(folder.resolve("b.mtt")));
    }

    @Test
    void whatIsNotFinishedLeavesNoFile() throws IOException {
        Path file = folder.resolve("a.mtt");
        try (TraceWriter out = TraceWriter.create(file, SmallTraces.header(0, 2))) {
            try (TraceWriter.Image image = out.image(0)) {
                image.end();
            }
            assertThrows(IllegalStateException.class, out::finish);
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void anotherProgramTargetOrNetworkIsRefusedByName() {
        TraceHeader header = SmallTraces.header(0, 1);
        header.requireProgram("cd".repeat(32));
        header.requireNetwork("small", "ab".repeat(32));
        assertEquals("the trace is of another program: cdcdcdcdcdcd, expected abababababab",
                assertThrows(DataException.class, () -> header.requireProgram("ab".repeat(32))).getMessage());
        String target = header.hardware().orElseThrow().targetHash();
        header.requireTarget(target);
        assertEquals("the trace is of another target: default " + target.substring(0, 12) + ", expected efefefefefef",
                assertThrows(DataException.class, () -> header.requireTarget("ef".repeat(32))).getMessage());
        assertEquals("the trace is of another network: " + header.spikes().network() + " abababababab, expected large efefefefefef",
                assertThrows(DataException.class, () -> header.requireNetwork("large", "ef".repeat(32))).getMessage());
    }
}
