package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.view.TracePage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the page of traces have all that it promises, and the figures of simulate, and does it say what is missing? */
class ReportCommandTest {
    private static final Workshop SHOP = Workshop.shared();
    private static final List<String> PLOTS = List.of("Latency by layer", "Energy by layer and unit", "Energy by unit", "Busy time by layer and unit",
            "What the units did", "Stall causes", "Units over time", "DRAM bandwidth over time", "Spikes by layer", "Roofline", "Counters");
    @TempDir
    private Path folder;

    private Path record(String name, Object... more) {
        Path file = folder.resolve(name);
        Shell.good(Workshop.words(new String[] {"trace", "record", "-o", file.toString(), "--images", "2", "--network",
            SHOP.file("spiking.safetensors").toString()}, more));
        return file;
    }

    private String page(Object... traces) throws Exception {
        Path page = folder.resolve("page.html");
        Shell shell = Shell.run(Workshop.words(new String[] {"report", "-o", page.toString()}, traces));
        assertEquals(0, shell.code(), shell.err());
        assertEquals("wrote " + page + "\n", shell.err());
        return Files.readString(page);
    }

    /** The CSV that a link has in itself. */
    private static List<String> csv(String page, String name) {
        Matcher link = Pattern.compile("download=\"" + name + "\" href=\"data:text/csv;charset=utf-8,([^\"]*)\"").matcher(page);
        assertTrue(link.find(), name);
        return URLDecoder.decode(link.group(1), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everyPlotHasItsData() throws Exception {
        Path trace = record("a.mtt", "--streams", TraceStatsCommandTest.ALL);
        String page = page(trace);
        PLOTS.forEach(plot -> assertTrue(page.contains("data-plot=\"" + plot + "\""), plot));
        for (String file : List.of("latency-by-layer", "energy-by-layer-and-unit", "energy-by-unit", "busy-time-by-layer-and-unit", "what-the-units-did",
                "stall-causes", "spikes-by-step", "sparsity", "roofline", "counters")) {
            assertTrue(csv(page, file + ".csv").size() > 1, file);
        }
        assertFalse(Pattern.compile("https?:|src=|url\\(|@import|fetch\\(").matcher(page).find());
        assertEquals(page, page(trace));
    }

    @Test
    void figuresAreThoseOfSimulate() throws Exception {
        Path trace = record("a.mtt", "--streams", TraceStatsCommandTest.ALL, "--target", "edge");
        Path program = folder.resolve("p.mtp");
        Shell.good("compile", SHOP.file("spiking.safetensors"), "--target", "edge", "-o", program);
        Json machine = ((Json.Obj) JsonParser.parse(Shell.good("simulate", program, "--network", SHOP.file("spiking.safetensors"), "--images", 2,
                "--target", "edge", "--json"))).get("machine").orElseThrow();
        String page = page(trace);
        List<String> latency = csv(page, "latency-by-layer.csv");
        List<String> energy = csv(page, "energy-by-layer-and-unit.csv");
        List<Json> layers = items(machine, "layers");
        assertEquals(layers.size() + 1, latency.size());
        for (int l = 0; l < layers.size(); l++) {
            assertEquals(text(layers.get(l), "name") + "," + number(layers.get(l), "latency_us"), latency.get(l + 1));
            double sum = List.of(energy.get(l + 1).split(",")).stream().skip(1).mapToDouble(Double::parseDouble).sum();
            assertEquals(number(layers.get(l), "energy_pJ") / 1e3, sum, 1e-9 * sum);
        }
        List<String> counters = csv(page, "counters.csv");
        List<Json> expected = items(machine, "counters");
        for (int c = 0; c < expected.size(); c++) {
            String[] cells = counters.get(c + 1).split(",");
            assertEquals(text(expected.get(c), "name"), cells[0]);
            assertEquals(number(expected.get(c), "value"), Double.parseDouble(cells[1]), cells[0]);
        }
        List<String> stalls = csv(page, "stall-causes.csv");
        Json causes = ((Json.Obj) machine).get("stalls").orElseThrow();
        for (String line : stalls.subList(1, stalls.size())) {
            String cause = line.substring(0, line.indexOf(',')).replace(' ', '_');
            double sum = List.of(line.split(",")).stream().skip(1).mapToDouble(Double::parseDouble).sum();
            assertEquals(number(causes, cause), sum, 1e-9 * sum, cause);
        }
    }

    @Test
    void titlesNameEachTargetOnce() throws Exception {
        Path a = record("a.mtt");
        Path b = record("b.mtt", "--target", "edge");
        Path c = record("c.mtt", "--target", "large");
        assertTrue(page(a).contains("<h1>lenet on digits, target default</h1>"));
        assertTrue(page(a, b, c).contains("<h1>lenet on digits, targets default, edge, large</h1>"));
        assertTrue(page(b, c, record("d.mtt", "--target", "large")).contains("<h1>lenet on digits, targets edge, large</h1>"));
    }

    /** A layer's weights may come while the one before is computed, but no image is faster than its target allows. */
    @Test
    void rooflinesBoundWholeImages() throws Exception {
        for (String target : List.of("default", "edge", "large")) {
            List<String> lines = csv(page(record("a.mtt", "--streams", "energy", "--target", target)), "roofline.csv");
            assertEquals(6, lines.size(), lines.toString());
            String all = lines.getLast();
            assertTrue(all.startsWith("5,all layers,"), all);
            double share = Double.parseDouble(all.substring(all.lastIndexOf(',') + 1));
            assertTrue(share > 0 && share <= 100, all);
        }
    }

    private static List<Json> items(Json json, String key) {
        return ((Json.Arr) ((Json.Obj) json).get(key).orElseThrow()).items();
    }

    private static double number(Json json, String key) {
        return ((Json.Num) ((Json.Obj) json).get(key).orElseThrow()).value();
    }

    private static String text(Json json, String key) {
        return ((Json.Str) ((Json.Obj) json).get(key).orElseThrow()).value();
    }

    @Test
    void whatIsMissingIsSaidAndNotDrawn() throws Exception {
        String oracle = page(record("a.mtt", "--from", "oracle"));
        assertTrue(oracle.contains("no hardware was modelled: there are no cycles and no energy"));
        assertEquals(List.of("Spikes by layer"), plots(oracle));
        String dram = page(record("b.mtt", "--streams", "dram"));
        assertEquals(List.of("Latency by layer", "DRAM bandwidth over time"), plots(dram));
        assertTrue(dram.contains("Missing: the trace has no energy, which trace record --streams adds."));
        assertTrue(dram.contains("Missing: the trace has no instructions and no stalls, which"));
        assertTrue(dram.contains("Missing: the trace has no spikes, which"));
        assertFalse(dram.contains("energy, nJ</span>"));
        String beside = page(record("c.mtt", "--streams", "energy"), folder.resolve("b.mtt"));
        assertTrue(beside.contains("B is missing: the trace has no energy, which"));
        assertTrue(beside.contains("<td class=\"n\">missing</td>"));
        byte[] whole = Files.readAllBytes(folder.resolve("c.mtt"));
        Files.write(folder.resolve("c.mtt"), java.util.Arrays.copyOf(whole, whole.length - 400));
        assertTrue(page(folder.resolve("c.mtt")).contains("cut short in block "));
    }

    private static List<String> plots(String page) {
        return Pattern.compile("data-plot=\"([^\"]*)\"").matcher(page).results().map(m -> m.group(1)).toList();
    }

    @Test
    void severalTracesStandSideBySide() throws Exception {
        String page = page(record("a.mtt", "--streams", TraceStatsCommandTest.ALL), record("b.mtt", "--streams", TraceStatsCommandTest.ALL, "--target", "edge"),
                record("c.mtt", "--streams", "spikes"));
        assertTrue(page.contains("<h2>Side by side</h2>"));
        assertTrue(page.contains(">conv1 · A</text>") && page.contains(">conv1 · B</text>"));
        assertTrue(page.contains("The same spikes as in A."));
        assertEquals(2, plots(page).stream().filter("Units over time"::equals).count());
        assertTrue(page.contains("C: not recorded: instructions"));
    }

    @Test
    void tracesGoByTheirFilesNamesAndNamesakesByTheirPaths() throws Exception {
        Path first = record("a.mtt", "--streams", "spikes");
        Path second = Files.copy(first, Files.createDirectories(folder.resolve("other")).resolve("a.mtt"));
        Path third = Files.copy(first, folder.resolve("c.mtt"));
        String page = page(first, second, third);
        assertTrue(page.contains(first.toString()) && page.contains(second.toString()));
        assertTrue(page.contains("c.mtt") && !page.contains(third.toString()));
        assertFalse(page(third).contains(third.toString()));
    }

    @Test
    void asManyTracesAsFitAreDrawnAndShareTheBins() throws Exception {
        Path trace = record("0.mtt", "--streams", "stalls");
        Object[] traces = new Object[TracePage.MOST_TRACES];
        for (int i = 0; i < traces.length; i++) {
            traces[i] = i == 0 ? trace : Files.copy(trace, folder.resolve(i + ".mtt"));
        }
        for (int count : new int[] {1, 2, traces.length}) {
            List<long[]> drawn = Pattern.compile("\"cycles\":(\\d+),\"bin\":(\\d+),").matcher(page(java.util.Arrays.copyOf(traces, count))).results()
                    .map(m -> new long[] {Long.parseLong(m.group(1)), Long.parseLong(m.group(2))}).toList();
            assertEquals(count, drawn.size());
            drawn.forEach(d -> assertEquals(Math.ceilDiv(d[0], TraceAnalysis.USUAL_BINS / count), d[1]));
            assertTrue(count == 1 || drawn.getFirst()[1] > 1);
        }
    }

    @Test
    void badInputEndsInOneMessageAndNoPage() throws Exception {
        Path trace = record("a.mtt");
        Path page = folder.resolve("page.html");
        assertTrue(Shell.bad(2, "report").contains("needs FILE"));
        assertTrue(Shell.bad(2, "report", trace, trace, "-o", page).contains("is given " + trace + " twice"));
        Object[] nine = new Object[10];
        java.util.Arrays.fill(nine, trace);
        nine[0] = "report";
        assertTrue(Shell.bad(2, nine).contains("takes at most 8 traces: 9"));
        for (Object[] both : new Object[][] {{trace, SHOP.file("results.json")}, {SHOP.file("results.json"), trace}}) {
            assertTrue(Shell.bad(1, "report", both[0], both[1], "-o", page).endsWith("results.json: not a trace; of several files all must be "
                    + "traces, results of a run are reported alone\n"));
        }
        byte[] bytes = Files.readAllBytes(trace);
        bytes[bytes.length / 2] ^= 1;
        Files.write(trace, bytes);
        assertTrue(Shell.bad(1, "report", trace, "-o", page).contains("a.mtt: "));
        assertFalse(Files.exists(page));
    }

    @Test
    void whatIsNeitherATraceNorResultsIsTold() throws Exception {
        Path file = folder.resolve("text.mtt");
        for (String text : new String[] {"", "hello world\n", "[1]", "METROTR", "\u00ff{"}) {
            Files.writeString(file, text);
            assertEquals("metronome: " + file + ": neither a trace, which begins with METROTRC, nor the results.json of a run, which begins with {\n",
                    Shell.bad(1, "report", file), text);
        }
        Files.writeString(file, " \n{\"a\": 1}");
        assertEquals("metronome: unknown key \"a\" (" + file + ":2:2)\n", Shell.bad(1, "report", file));
        Path trace = record("a.mtt");
        assertEquals("metronome: " + file + ": not a trace; of several files all must be traces, results of a run are reported alone\n",
                Shell.bad(1, "report", trace, file));
        Files.writeString(file, "hello world\n");
        assertEquals("metronome: " + file + ": not a trace: it does not begin with METROTRC\n", Shell.bad(1, "report", trace, file));
        if (file.toFile().setReadable(false) && !Files.isReadable(file)) { // which a superuser's files always are
            assertEquals("metronome: " + file + ": cannot be read: permission denied\n", Shell.bad(1, "report", file));
        }
        Path none = folder.resolve("none");
        assertEquals("metronome: " + none + ": cannot be read: no such file\n", Shell.bad(1, "report", none));
        assertTrue(Shell.bad(1, "report", folder).startsWith("metronome: " + folder + ": cannot be read: "));
    }

    @Test
    void resultsAreReportedAsEver() throws Exception {
        Path page = folder.resolve("page.html");
        Shell.good("report", SHOP.file("results.json"), "-o", page);
        assertArrayEquals(Files.readAllBytes(SHOP.file("report.html")), Files.readAllBytes(page));
        assertTrue(Shell.good("report", SHOP.file("results.json")).contains("\nAccuracy\n"));
    }
}
