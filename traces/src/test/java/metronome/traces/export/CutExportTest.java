package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.edit.TraceCutter;
import metronome.traces.trace.Span;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TracedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a selection mean the same to an export as to a cut, and does an export show of parts of traces what they are parts of? */
class CutExportTest {
    @TempDir
    private Path folder;

    private byte[] export(Path trace, TraceSelection selection, ExportFormat format) throws IOException {
        Path file = folder.resolve("out");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceExport.write(in, selection, Optional.empty(), format, file);
        }
        return Files.readAllBytes(file);
    }

    private Path cut(Path trace, TraceSelection selection) {
        Path part = folder.resolve("part.mtt");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceCutter.cut(in, selection, part);
        }
        return part;
    }

    private Path written(TraceHeader header, List<List<ChipEvent>> images) {
        Path trace = folder.resolve("a.mtt");
        SmallTraces.write(trace, header, images);
        return trace;
    }

    /** What instructions are in flight when a part begins, only the whole trace knows; the next test looks at that. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63, 64, 65, 66, 67, 68})
    void aPartIsExportedAsItIsSelectedFromTheWhole(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int selected = random.nextInt(1, 400);
        List<List<ChipEvent>> images = IntStream.of(random.nextInt(1, 400), selected, random.nextInt(1, 400))
                .mapToObj(length -> RandomTraces.image(random, length)).toList();
        Path trace = written(RandomTraces.header(RandomTraces.TARGET, 5, 3), images);
        for (int i = 0; i < 6; i++) {
            int first = random.nextInt(selected);
            boolean whole = random.nextBoolean();
            TraceSelection selection = new TraceSelection(Optional.of(new Span(whole ? 0 : first, first + random.nextInt(200))),
                    List.of(List.of("input", "1", "fc").subList(0, random.nextInt(4)).toArray(String[]::new)),
                    Optional.of(new Span(random.nextInt(7), 6)), whole ? Set.of()
                            : EnumSet.complementOf(EnumSet.of(EventStream.INSTRUCTIONS, EventStream.values()[random.nextInt(5)])));
            Path part = cut(trace, selection);
            for (ExportFormat format : ExportFormat.values()) {
                assertEquals(comparable(export(trace, selection, format), format), comparable(export(part, TraceSelection.ALL, format), format),
                        "seed " + seed + ", " + selection + " as " + format);
            }
        }
    }

    /** Tables have the blocks of the file, which in a part may be in another order, but not those of one stream. */
    private static String comparable(byte[] export, ExportFormat format) {
        String text = new String(export, java.nio.charset.StandardCharsets.US_ASCII);
        return format != ExportFormat.CSV ? text : text.lines().sorted(Comparator.comparing(CutExportTest::imageAndStream)).collect(Collectors.joining("\n"));
    }

    private static String imageAndStream(String row) {
        return row.substring(0, row.indexOf(',', row.indexOf(',') + 1));
    }

    /** Instructions that began before the part begin with it; of those that also end behind it, it has nothing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72, 73, 74, 75, 76, 77, 78})
    void instructionsThatBeganBeforeThePartBeginWithIt(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<ChipEvent> image = RandomTraces.image(random, 300);
        int from = random.nextInt(1, 250);
        int to = from + random.nextInt(40);
        Path part = cut(written(RandomTraces.header(RandomTraces.TARGET, 0, 1), List.of(image)),
                new TraceSelection(Optional.of(new Span(from, to)), List.of(), Optional.empty(), Set.of()));
        List<String> expected = Stream.concat(Stream.of("images/images image 0 0 300"), Slices.expected(image, 0).map(line -> line.split(" "))
                .flatMap(words -> clipped(words, from, to))).sorted().toList();
        TraceEventFile file = TraceEventFile.parse(new String(export(part, TraceSelection.ALL, ExportFormat.PERFETTO),
                java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(expected, Slices.of(file, 2000).stream().map(line -> line.substring(0, line.lastIndexOf(' '))).sorted().toList());
    }

    private static Stream<String> clipped(String[] words, int from, int to) {
        int n = words.length;
        long begin = Long.parseLong(words[n - 3]);
        long end = Long.parseLong(words[n - 2]);
        boolean unknown = begin < from && end > to + 1 && String.join(" ", words).contains("#");
        return unknown || begin > to || end <= from ? Stream.empty() : Stream.of(String.join(" ", List.of(words).subList(0, n - 3)) + " "
                + Math.max(begin, from) + " " + Math.min(end, to + 1));
    }

    private static TraceHeader steps(int... steps) {
        TraceHeader timed = RandomTraces.header(RandomTraces.TARGET, 0, 2);
        List<TracedNetwork.Layer> layers = Stream.iterate(0, l -> l + 1).limit(steps.length).map(l -> new TracedNetwork.Layer("l" + l,
                RandomTraces.LAYERS.get(l).shape(), OptionalInt.of(steps[l]))).toList();
        return new TraceHeader(TraceHeader.Source.IMPORT, new TracedNetwork("s", Optional.empty(), "s", false, 16, 0, LeakPolicy.EAGER,
                layers), Optional.empty(), EnumSet.of(EventStream.SPIKES), 0, 0, 2, timed.provenance());
    }

    /** An image of an import is as long as the layer with most steps, and no spike is later than its layer's last step. */
    @Test
    void layersHaveTheirOwnSteps() throws IOException {
        List<ChipEvent> image = List.of(new ChipEvent.Spike(0, 1, 4, 4), new ChipEvent.Spike(0, 2, 3, 1), new ChipEvent.LayerTime(0, 0, 0));
        VcdFile dump = VcdFile.parse(new String(export(written(steps(3, 5, 2), List.of(image, image)), TraceSelection.ALL, ExportFormat.VCD),
                java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(10_000, dump.end());
        assertEquals("{0=0, 4000=1, 5000=0, 9000=1}", dump.values().get("chip/spikes/l1").toString());
        Path trace = written(steps(3, 4, 2), List.of(image, image));
        for (ExportFormat format : List.of(ExportFormat.VCD, ExportFormat.PERFETTO)) {
            Files.deleteIfExists(folder.resolve("out"));
            assertEquals(trace + ": a spike of layer l1 at step 4, expected at most 3",
                    assertThrows(DataException.class, () -> export(trace, TraceSelection.ALL, format)).getMessage());
            assertFalse(Files.exists(folder.resolve("out")));
        }
    }

    @Test
    void imagesThatAreNotThereAreRefused() throws IOException {
        List<ChipEvent> image = List.of(new ChipEvent.LayerTime(9, 0, 9));
        Path trace = written(RandomTraces.header(RandomTraces.TARGET, 3, 2), List.of(image, image));
        long second;
        try (TraceReader in = TraceReader.open(trace)) {
            second = in.blocks().getLast().offset();
        }
        Files.write(trace, Arrays.copyOf(Files.readAllBytes(trace), (int) second + 9));
        TraceSelection last = new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(4, 9)), Set.of());
        String message = assertThrows(DataException.class, () -> export(trace, last, ExportFormat.CSV)).getMessage();
        assertEquals(trace + ": cut short in block 1, which begins at byte " + second + " of " + (second + 9) + "; image 4 is not there, or not to the end (1 of 2 are)", message);
        TraceSelection both = new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(3, 4)), Set.of());
        assertArrayEquals(export(trace, TraceSelection.ALL, ExportFormat.CSV), export(trace, both, ExportFormat.CSV));
    }
}
