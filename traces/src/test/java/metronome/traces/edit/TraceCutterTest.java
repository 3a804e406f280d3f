package metronome.traces.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.Cut;
import metronome.traces.trace.HandMade;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a part have the events that were asked for and no others, does it say that it is one, and is the rest left unread? */
class TraceCutterTest {
    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private TraceHeader cut(String from, TraceSelection selection, String to) {
        try (TraceReader in = TraceReader.open(file(from))) {
            return TraceCutter.cut(in, selection, file(to));
        }
    }

    private static TraceSelection random(SplittableRandom random, TraceHeader header) {
        long first = random.nextLong(4000);
        Set<EventStream> streams = EnumSet.allOf(EventStream.class);
        streams.removeIf(_ -> random.nextInt(3) == 0);
        int image = header.firstImage() + random.nextInt(header.images());
        List<String> layers = new ArrayList<>(List.of("input", "1", "fc"));
        layers.removeIf(_ -> random.nextInt(3) == 0);
        return new TraceSelection(some(random, new Span(first, random.nextInt(4) == 0 ? Span.OPEN : first + random.nextLong(3000))),
                random.nextBoolean() ? List.of() : layers, some(random, new Span(image, image + random.nextInt(3))),
                random.nextBoolean() ? Set.of() : streams);
    }

    private static <T> Optional<T> some(SplittableRandom random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    /** What a selection means, said another way than the code does. */
    private static boolean selected(TraceSelection selection, ChipEvent event) {
        if (event instanceof ChipEvent.LayerTime) {
            return true;
        }
        long last = event.cycle() + switch (event) {
            case ChipEvent.StallRun run -> run.cycles() - 1;
            case ChipEvent.Actions actions -> actions.cycles() - 1;
            default -> 0;
        };
        List<String> names = List.of("input", "1", "fc");
        return (selection.streams().isEmpty() || selection.streams().contains(event.stream()))
                && (selection.layers().isEmpty() || selection.layers().contains(names.get(event.layer())))
                && selection.cycles().map(span -> !(last < span.first() || event.cycle() > span.last())).orElse(true);
    }

    private static List<ChipEvent> of(List<ChipEvent> events, EventStream stream, int layer) {
        return events.stream().filter(e -> e.stream() == stream && e.layer() == layer).toList();
    }

    private void check(Path cut, List<List<ChipEvent>> images, int firstImage, TraceSelection selection, String seed) {
        try (TraceReader in = TraceReader.open(cut)) {
            assertEquals(Optional.empty(), in.missing());
            for (int image = in.header().firstImage(); image <= in.header().lastImage(); image++) {
                List<ChipEvent> expected = images.get(image - firstImage).stream().filter(e -> selected(selection, e)).toList();
                for (EventStream stream : EventStream.values()) {
                    for (int layer = 0; layer < 3; layer++) {
                        List<ChipEvent> read = SmallTraces.read(in, stream, image, layer);
                        assertEquals(of(expected, stream, layer), of(read, stream, layer), seed);
                    }
                }
                assertEquals(expected.size(), events(in, image), seed);
            }
        }
    }

    private static int events(TraceReader in, int image) {
        return in.blocks().stream().filter(b -> b.image() == image).mapToInt(TraceBlock::events).sum();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPartHasTheEventsThatWereAskedFor(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<ChipEvent>> images = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            images.add(SmallTraces.events(random, random.nextInt(400)));
        }
        TraceHeader header = SmallTraces.header(random.nextInt(50), images.size());
        SmallTraces.write(file("a.mtt"), header, images);
        for (int i = 0; i < 20; i++) {
            TraceSelection selection = random(random, header);
            TraceHeader made = cut("a.mtt", selection, "b.mtt");
            Span wanted = selection.images().orElse(new Span(0, Span.OPEN));
            assertEquals(Math.max(wanted.first(), header.firstImage()), made.firstImage());
            assertEquals(Math.min(wanted.last(), header.lastImage()), made.lastImage());
            assertEquals(selection.cycles().isEmpty() && selection.layers().isEmpty(), made.cut().whole());
            check(file("b.mtt"), images, header.firstImage(), selection, "seed " + seed + ", selection " + i);
        }
    }

    @Test
    void aPartOfAPartIsAPartOfTheWhole() throws IOException {
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 1), List.of(SmallTraces.events(new SplittableRandom(9), 3000)));
        TraceSelection early = new TraceSelection(Optional.of(new Span(0, 3000)), List.of("0", "fc"), Optional.empty(), Set.of());
        TraceSelection late = new TraceSelection(Optional.of(new Span(2500, 9000)), List.of("fc"), Optional.empty(), Set.of());
        cut("a.mtt", early, "early.mtt");
        TraceHeader twice = cut("early.mtt", late, "twice.mtt");
        assertEquals(new Cut(Optional.of(new Span(2500, 3000)), Optional.of(new TreeSet<>(Set.of(2)))), twice.cut());
        cut("a.mtt", new TraceSelection(Optional.of(new Span(2500, 3000)), List.of("2"), Optional.empty(), Set.of()), "once.mtt");
        assertArrayEquals(Files.readAllBytes(file("once.mtt")), Files.readAllBytes(file("twice.mtt")));
        assertEquals("the trace is cut to cycles 2500 to 3000; layers fc, expected a whole one",
                assertThrows(DataException.class, twice::requireWhole).getMessage());
        refused("twice.mtt", "the trace is cut to cycles 2500 to 3000; layers fc, which has nothing of cycles 0 to 9",
                new TraceSelection(Optional.of(new Span(0, 9)), List.of(), Optional.empty(), Set.of()));
        refused("twice.mtt", "the trace is cut to cycles 2500 to 3000; layers fc, which has nothing of layers input", new TraceSelection(Optional.empty(), List.of("0"), Optional.empty(), Set.of()));
    }

    private void refused(String from, String message, TraceSelection selection) {
        assertEquals(file(from) + ": " + message, assertThrows(DataException.class, () -> cut(from, selection, "none.mtt")).getMessage());
        assertEquals(0, folder.toFile().list((_, name) -> name.startsWith("none")).length);
    }

    private static ChipEvent stall(long cycle, long cycles) {
        return new ChipEvent.StallRun(cycle, cycles, 0, Component.LIF, Stall.SEMAPHORE, 1);
    }

    @Test
    void bothEndsCount() {
        List<ChipEvent> inside = List.of(stall(5, 6), stall(10, 1), stall(20, 1), stall(20, 9), stall(5, 99));
        List<ChipEvent> all = new ArrayList<>(List.of(stall(9, 1), stall(5, 5), stall(21, 1)));
        all.addAll(inside);
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 1), List.of(SmallTraces.whole(all)));
        cut("a.mtt", new TraceSelection(Optional.of(new Span(10, 20)), List.of(), Optional.empty(), Set.of()), "b.mtt");
        try (TraceReader in = TraceReader.open(file("b.mtt"))) {
            assertEquals(inside, SmallTraces.read(in, EventStream.STALLS, 0, 1));
        }
    }

    @Test
    void everythingIsTheSameFile() throws IOException {
        SplittableRandom random = new SplittableRandom(10);
        SmallTraces.write(file("a.mtt"), SmallTraces.header(4, 2), List.of(SmallTraces.events(random, 500_000), SmallTraces.events(random, 10)));
        cut("a.mtt", TraceSelection.ALL, "b.mtt");
        assertArrayEquals(Files.readAllBytes(file("a.mtt")), Files.readAllBytes(file("b.mtt")));
    }

    /** All blocks but those of the part are overwritten, so that a reader that looked at them would fail. */
    @Test
    void blocksOutsideOfThePartAreNotRead() throws IOException {
        List<List<ChipEvent>> images = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            images.add(SmallTraces.events(new SplittableRandom(i), 400_000));
        }
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 3), images);
        TraceSelection selection = new TraceSelection(Optional.of(new Span(1_000_000, 2_000_000)), List.of("conv \"1\""),
                Optional.of(new Span(1, 1)), Set.of(EventStream.SPIKES, EventStream.DRAM));
        TraceHeader whole = cut("a.mtt", selection, "b.mtt");
        byte[] expected = Files.readAllBytes(file("b.mtt"));
        byte[] bytes = Files.readAllBytes(file("a.mtt"));
        int overwritten = 0;
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            for (TraceBlock b : in.blocks()) {
                if (b.image() != 1 || !whole.streams().contains(b.stream()) || b.stream() != EventStream.LAYERS
                        && (b.lastCycle() < 1_000_000 || b.firstCycle() > 2_000_000 || b.lastLayer() < 1 || b.firstLayer() > 1)) {
                    Arrays.fill(bytes, (int) b.offset(), (int) b.offset() + b.bytes(), (byte) 0);
                    overwritten++;
                }
            }
            assertTrue(overwritten > in.blocks().size() / 2, overwritten + " of " + in.blocks().size());
        }
        Files.write(file("a.mtt"), bytes);
        cut("a.mtt", selection, "c.mtt");
        assertArrayEquals(expected, Files.readAllBytes(file("c.mtt")));
        assertThrows(DataException.class, () -> cut("a.mtt", TraceSelection.ALL, "d.mtt"));
    }

    @Test
    void whatIsNotThereIsRefused() {
        SmallTraces.write(file("a.mtt"), SmallTraces.header(EnumSet.of(EventStream.SPIKES), 3, 2), List.of(List.of(), List.of()));
        refused("a.mtt", "the trace has images 3 to 4, none of 5 and later",
                new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(5, Span.OPEN)), Set.of()));
        refused("a.mtt", "the trace has no stalls, expected among spikes, layers",
                new TraceSelection(Optional.empty(), List.of(), Optional.empty(), Set.of(EventStream.DRAM, EventStream.STALLS)));
        refused("a.mtt", "the trace has no layer \"imput\", expected one of input, conv \"1\", fc, or a number from 0 to 2; did you mean input?",
                new TraceSelection(Optional.empty(), List.of("imput"), Optional.empty(), Set.of()));
    }

    private static TraceSelection cycles(long first, long last, Span images) {
        return new TraceSelection(Optional.of(new Span(first, last)), List.of(), Optional.of(images), Set.of());
    }

    /** The last cycle is the one before that at which the layers end, or the last of what is told; one image that has some is enough. */
    @Test
    void cyclesBehindTheEndAreRefused() throws IOException {
        Span all = new Span(3, 5);
        SmallTraces.write(file("a.mtt"), SmallTraces.header(3, 3), List.of(List.of(new ChipEvent.LayerTime(9, 0, 9)),
                List.of(stall(3, 18), new ChipEvent.LayerTime(4, 0, 4)), List.of(new ChipEvent.LayerTime(0, 0, 0))));
        refused("a.mtt", "the trace has cycles 0 to 20 in images 3 to 5, none of 21 and later", cycles(21, Span.OPEN, all));
        refused("a.mtt", "the trace has cycles 0 to 8 in image 3, none of 9 to 20", cycles(9, 20, new Span(0, 3)));
        refused("a.mtt", "the trace has cycles 0 in image 5, none of 1", cycles(1, 1, new Span(5, 5)));
        assertEquals(all, cut("a.mtt", cycles(20, 99, all), "b.mtt").imageSpan());
        cut("a.mtt", cycles(8, 8, new Span(3, 3)), "b.mtt");
        refused("b.mtt", "the trace is cut to cycles 8, which has nothing of cycles 9 to 20", cycles(9, 20, all));
        cut("a.mtt", cycles(5, Span.OPEN, all), "b.mtt");
        refused("b.mtt", "the trace has cycles 0 to 20 in images 3 to 5, none of 30", cycles(30, 30, all));
        Files.write(file("b.mtt"), Arrays.copyOf(Files.readAllBytes(file("a.mtt")), (int) Files.size(file("a.mtt")) - 1));
        refused("b.mtt", "the trace has cycles 0 to 8 in image 3, none of 9: " + missing("b.mtt"), cycles(9, 9, new Span(3, 3)));
    }

    private String missing(String name) {
        try (TraceReader in = TraceReader.open(file(name))) {
            return in.missing().orElseThrow();
        }
    }

    @Test
    void ofATraceThatWasCutShortWholeImagesAreTaken() throws IOException {
        List<ChipEvent> events = new ArrayList<>(List.of(new ChipEvent.Spike(0, 0, 1, 2), new ChipEvent.LayerTime(1, 0, 1)));
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 3), List.of(events, events, events));
        long endOfSecond;
        long thirdImage;
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            endOfSecond = in.blocks().get(3).offset();
            thirdImage = in.blocks().getLast().offset();
        }
        Files.write(file("short.mtt"), Arrays.copyOf(Files.readAllBytes(file("a.mtt")), (int) thirdImage + 5));
        String message = assertThrows(DataException.class, () -> cut("short.mtt", TraceSelection.ALL, "b.mtt")).getMessage();
        assertTrue(message.endsWith("; image 2 is not there, or not to the end (2 of 3 are); images 0:1 can be selected"), message);
        Files.write(file("short.mtt"), Arrays.copyOf(Files.readAllBytes(file("a.mtt")), (int) endOfSecond + 5));
        for (int image = 1; image < 3; image++) {
            TraceSelection one = new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(image, image)), Set.of());
            String lacking = assertThrows(DataException.class, () -> cut("short.mtt", one, "b.mtt")).getMessage();
            assertTrue(lacking.endsWith("(1 of 3 are); image 0 can be selected"), lacking);
        }
        Files.write(file("short.mtt"), Arrays.copyOf(Files.readAllBytes(file("a.mtt")), (int) thirdImage + 5));
        TraceSelection two = new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(0, 1)), Set.of());
        cut("short.mtt", two, "b.mtt");
        cut("a.mtt", two, "c.mtt");
        assertArrayEquals(Files.readAllBytes(file("c.mtt")), Files.readAllBytes(file("b.mtt")));
    }

    /** A header may name billions; the first that is not there ends the search. */
    @Test
    @Timeout(20)
    void imagesThatAreOnlyAnnouncedAreRefusedAtOnce() throws IOException {
        List<ChipEvent> image = SmallTraces.whole(List.of(stall(3, 4)));
        HandMade.write(file("a.mtt"), SmallTraces.header(3, 2_000_000_000), List.of(new HandMade.Block(3, image.subList(0, 1)),
                new HandMade.Block(3, image.subList(1, 2)), new HandMade.Block(4, image.subList(0, 1)), new HandMade.Block(4, image.subList(1, 2))));
        String lacking = file("a.mtt") + ": image 5 of images 3 to 2000000002 is not there, or not to the end; images 3:4 can be selected";
        assertEquals(lacking, assertThrows(DataException.class, () -> cut("a.mtt", TraceSelection.ALL, "b.mtt")).getMessage());
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            assertEquals(lacking, assertThrows(DataException.class, () -> TraceMerger.merge(List.of(in), file("b.mtt"))).getMessage());
        }
        assertFalse(Files.exists(file("b.mtt")));
        cut("a.mtt", new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(4, 4)), Set.of()), "b.mtt");
        try (TraceReader in = TraceReader.open(file("b.mtt"))) {
            assertEquals(2, in.blocks().size());
        }
    }
}
