package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.hwmodel.probe.ChipEvent;
import metronome.isa.target.TargetField;
import metronome.traces.trace.Span;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does every event of random traces stand in timelines and dumps where and when it happened, and nothing else? */
class TimelineExportTest {
    private static final long PERIOD = 2000;
    @TempDir
    private Path folder;
    private final List<List<ChipEvent>> images = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private SplittableRandom random;

    @BeforeEach
    void forget() {
        images.clear();
        lengths.clear();
    }

    private Path make(long seed, int most) {
        random = new SplittableRandom(seed);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            lengths.add(random.nextInt(1, most));
            images.add(RandomTraces.image(random, lengths.getLast()));
        }
        Path trace = folder.resolve("a.mtt");
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 5, images.size()), images);
        return trace;
    }

    private String export(Path trace, TraceSelection selection, ExportFormat format) throws IOException {
        Path file = folder.resolve("out");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceExport.write(in, selection, Optional.empty(), format, file);
        }
        return Files.readString(file);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aDumpHasEachVariableRightInEachCycle(long seed) throws IOException {
        VcdFile dump = VcdFile.parse(export(make(seed, 300), TraceSelection.ALL, ExportFormat.VCD));
        assertEquals("1 ns", dump.timescale());
        int start = 0;
        for (int i = 0; i < images.size(); i++) {
            Map<String, String[]> states = ChipStates.of(5 + i, images.get(i), lengths.get(i), RandomTraces.TARGET);
            assertEquals(states.keySet(), dump.values().keySet());
            for (Map.Entry<String, String[]> expected : states.entrySet()) {
                NavigableMap<Long, String> values = dump.values().get(expected.getKey());
                for (int cycle = 0; cycle < lengths.get(i); cycle++) {
                    same(expected.getValue()[cycle], values.floorEntry(2L * (start + cycle)).getValue(),
                            expected.getKey() + " in cycle " + cycle + " of image " + i);
                }
            }
            start += lengths.get(i);
        }
        assertEquals(2L * start, dump.end());
    }

    /** Power is a sum, which depends a little on the order. */
    private static void same(String expected, String value, String where) {
        if (where.startsWith("chip/dynamic_mW/")) {
            double power = Double.parseDouble(expected);
            assertEquals(power, Double.parseDouble(value), 1e-12 * power, where);
        } else {
            assertEquals(expected, value, where);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void aTimelineHasASliceForEachInstructionStallAndCommand(long seed) throws IOException {
        TraceEventFile file = TraceEventFile.parse(export(make(seed, 600), TraceSelection.ALL, ExportFormat.PERFETTO));
        List<String> expected = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < images.size(); i++) {
            expected.add("images/images image " + (5 + i) + " " + start + " " + (start + lengths.get(i)) + " -1");
            expected.addAll(Slices.expected(images.get(i), start).toList());
            start += lengths.get(i);
        }
        assertEquals(expected.stream().sorted().toList(), Slices.of(file, PERIOD));
        assertEquals(Map.of(), file.starts());
    }

    /** Counters are compared with the dump's variables, which the first test holds to the events. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void aTimelineHasTheSameCountersAsADump(long seed) throws IOException {
        Path trace = make(seed, 600);
        VcdFile dump = VcdFile.parse(export(trace, TraceSelection.ALL, ExportFormat.VCD));
        TraceEventFile file = TraceEventFile.parse(export(trace, TraceSelection.ALL, ExportFormat.PERFETTO));
        int compared = 0;
        for (Map.Entry<String, NavigableMap<Long, String>> variable : dump.values().entrySet()) {
            String[] path = variable.getKey().split("/");
            if (path[1].equals("spikes") || path[1].equals("dynamic_mW")) {
                String name = path[1].equals("spikes") ? "spikes/" + path[2].replace("conv__1_", "conv \"1\"") + "/spikes"
                        : "dynamic power/" + path[2] + "/mW";
                assertEquals(variable.getValue().entrySet().stream().map(e -> e.getKey() + " " + (path[1].equals("spikes")
                        ? (double) Long.parseLong(e.getValue(), 2) : Double.parseDouble(e.getValue()))).toList(),
                        file.counters().getOrDefault(name, List.of()).stream().map(s -> s.time() / 1000 + " " + s.value()).toList(), name);
                compared++;
            }
        }
        assertEquals(3 + 12, compared);
    }

    /** Within the cycles that are wanted units do what they do in the whole, beyond them nothing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34, 35, 36})
    void cyclesAreCutOut(long seed) throws IOException {
        Path trace = make(seed, 300);
        int image = random.nextInt(images.size());
        int from = random.nextInt(lengths.get(image));
        int to = random.nextInt(from, lengths.get(image) + 20);
        TraceSelection cut = new TraceSelection(Optional.of(new Span(from, to)), List.of(), Optional.of(new Span(5 + image, 5 + image)),
                Set.of());
        VcdFile part = VcdFile.parse(export(trace, cut, ExportFormat.VCD));
        ChipStates.of(5 + image, images.get(image), lengths.get(image), RandomTraces.TARGET).forEach((path, states) -> {
            if (path.startsWith("chip/core")) {
                String idle = path.endsWith("busy") || path.endsWith("stall") ? "0" : "z";
                for (int cycle = 0; cycle < lengths.get(image); cycle++) {
                    assertEquals(cycle >= from && cycle <= to ? states[cycle] : idle, part.values().get(path).floorEntry(2L * cycle).getValue(),
                            path + " in cycle " + cycle + ", wanted " + from + " to " + to);
                }
            }
        });
        TraceEventFile file = TraceEventFile.parse(export(trace, cut, ExportFormat.PERFETTO));
        int end = Math.min(to + 1, lengths.get(image));
        List<String> expected = Stream.concat(Stream.of("images/images image " + (5 + image) + " 0 " + lengths.get(image) + " -1"),
                Slices.expected(images.get(image), 0).flatMap(line -> clipped(line, from, end))).sorted().toList();
        assertEquals(expected, Slices.of(file, PERIOD));
    }

    private static Stream<String> clipped(String line, int from, int end) {
        String[] words = line.split(" ");
        int n = words.length;
        long begin = Math.max(from, Long.parseLong(words[n - 3]));
        long last = Math.min(end, Long.parseLong(words[n - 2]));
        return begin >= last ? Stream.empty() : Stream.of(String.join(" ", List.of(words).subList(0, n - 3)) + " " + begin + " " + last + " "
                + begin);
    }

    @ParameterizedTest(name = "layer {0}")
    @ValueSource(ints = {0, 1, 2})
    void layersArePickedOut(int layer) throws IOException {
        Path trace = make(40 + layer, 600);
        TraceEventFile file = TraceEventFile.parse(export(trace, new TraceSelection(Optional.empty(), List.of("" + layer),
                Optional.of(new Span(5, 5)), Set.of()),
                ExportFormat.PERFETTO));
        List<ChipEvent> some = images.getFirst().stream().filter(e -> e.layer() == layer).toList();
        assertEquals(Stream.concat(Stream.of("images/images image 5 0 " + lengths.getFirst() + " -1"), Slices.expected(some, 0)).sorted().toList(),
                Slices.of(file, PERIOD));
    }

    /** A clock whose period is no whole number of picoseconds. */
    @ParameterizedTest(name = "{0} MHz")
    @ValueSource(strings = {"600", "1234.5", "4999"})
    void oddClocksRoundToPicoseconds(String clock) throws IOException {
        random = new SplittableRandom(50);
        List<ChipEvent> events = RandomTraces.image(random, 500);
        Path trace = folder.resolve("a.mtt");
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET.with(TargetField.CLOCK, clock), 0, 1), List.of(events));
        VcdFile dump = VcdFile.parse(export(trace, TraceSelection.ALL, ExportFormat.VCD));
        assertEquals("1 ps", dump.timescale());
        assertEquals(Math.round(500 * 1e6 / Double.parseDouble(clock)), dump.end());
        String[] busy = ChipStates.of(0, events, 500, RandomTraces.TARGET).get("chip/core1/load/busy");
        IntStream.range(0, 500).forEach(cycle -> assertEquals(busy[cycle], dump.values().get("chip/core1/load/busy")
                .floorEntry(Math.round(cycle * 1e6 / Double.parseDouble(clock))).getValue()));
        TraceEventFile.parse(export(trace, TraceSelection.ALL, ExportFormat.PERFETTO));
    }
}
