package metronome.traces.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.trace.Cut;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do the pieces of the page say what they are given, whatever it is? */
class TracePageTest {
    private static final String EVIL = "</script><img src=x>&\"'";
    @TempDir
    private Path folder;

    private TraceAnalysis analysis(int steps) {
        return analysis(steps, OptionalInt.empty());
    }

    private TraceAnalysis analysis(int steps, OptionalInt ofLayer) {
        Path file = folder.resolve("a.mtt");
        TraceHeader header = new TraceHeader(TraceHeader.Source.IMPORT, new TracedNetwork(EVIL, Optional.empty(), EVIL, false, steps, 0,
                LeakPolicy.EAGER, List.of(new TracedNetwork.Layer(EVIL, new Shape(1, 2, 2), ofLayer))), Optional.empty(), Set.of(EventStream.SPIKES), 0, 0, 1, Cut.NONE,
                new TraceHeader.Provenance("0", 1, EVIL));
        try (TraceWriter out = TraceWriter.create(file, header)) {
            try (TraceWriter.Image image = out.image(0)) {
                image.accept(new ChipEvent.Spike(0, 0, 3, ofLayer.orElse(steps + 1) - 1));
                image.accept(new ChipEvent.LayerTime(0, 0, 0));
                image.end();
            }
            out.finish();
        }
        try (TraceReader in = TraceReader.open(file)) {
            return TraceAnalysis.of(in, TraceAnalysis.USUAL_BINS);
        }
    }

    @Test
    void namesAreNoMarkup() {
        String page = TracePage.of(new TreeMap<>(java.util.Map.of(EVIL, analysis(9))), "1");
        assertFalse(page.contains("<img"));
        assertEquals(2, page.split("</script>", -1).length - 1);
        assertTrue(page.contains("\\u003c/script>\\u003cimg src=x>"));
    }

    @Test
    void layersMayHaveFewerSteps() {
        TraceAnalysis analysis = analysis(9, OptionalInt.of(5));
        assertEquals(1 - 1.0 / (4 * 5), SpikeShares.of(analysis, 0).silentNeuronSteps());
        assertArrayEquals(new long[] {0, 0, 0, 0, 1}, analysis.spikes().steps(0));
        String page = TracePage.of(new TreeMap<>(java.util.Map.of("a", analysis)), "1");
        assertTrue(page.contains(">step 4</text>"));
        assertTrue(TraceStats.text(analysis).lines().anyMatch(line -> line.matches("step( +\\d){10}")));
    }

    @Test
    void manySteps() {
        String page = TracePage.of(new TreeMap<>(java.util.Map.of("a", analysis(100_000))), "1");
        assertTrue(page.length() < 200_000, "characters: " + page.length());
        assertTrue(page.contains("99960-100000: 1") || page.contains("-100000: 1"), "the last group ends with the last step");
    }

    @Test
    void runsReadBack() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            long[] values = random.longs(random.nextInt(40), 0, 3).map(v -> v * v * v * 1_000_000_007L).toArray();
            List<Long> back = new ArrayList<>();
            for (String run : RunLengths.of(values).split(" ")) {
                String[] parts = run.split("\\*");
                for (int i = parts.length > 1 ? Integer.parseInt(parts[1]) : 1; i > 0 && !run.isEmpty(); i--) {
                    back.add(Long.parseLong(parts[0]));
                }
            }
            assertArrayEquals(values, back.stream().mapToLong(Long::longValue).toArray(), "seed " + seed);
        }
        assertEquals("7*3 0", RunLengths.of(new long[] {7, 7, 7, 0}));
    }

    @Test
    void groupsHaveAllNumbers() {
        assertEquals(List.of("0-3", "4-7", "8-9"), StepGroups.of(9, 3).names());
        assertArrayEquals(new long[] {6, 22, 17}, StepGroups.of(9, 3).sums(new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
        assertEquals(List.of("0", "1", "2-3", "4-7"), new PowerGroups(4, 1).names());
        assertEquals(List.of("0-1", "2-7", "8-15"), new PowerGroups(5, 2).names());
    }

    @Test
    void sheetsKeepAllDigitsForDownload() {
        String sheet = new Sheet("a b, µs", List.of("name", ">value")).row(List.of("x, \"y\"", 1.0 / 3)).open();
        assertTrue(sheet.contains("<td class=\"n\">0.3333</td>"), sheet);
        assertTrue(sheet.contains("download=\"a-b-s.csv\""), sheet);
        assertTrue(sheet.contains("name,value%0A%22x,%20%22%22y%22%22%22,0.3333333333333333%0A"), sheet);
    }
}
