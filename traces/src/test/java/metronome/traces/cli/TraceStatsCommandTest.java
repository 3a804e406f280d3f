package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does a trace amount to what simulate says of the same images, and is what it lacks left out? */
class TraceStatsCommandTest {
    private static final Workshop SHOP = Workshop.shared();
    static final String ALL = "spikes,instructions,stalls,dram,energy";
    @TempDir
    private Path folder;

    private Path record(Object... more) {
        Path file = folder.resolve("a.mtt");
        Shell.good(Workshop.words(new String[] {"trace", "record", "-o", file.toString(), "--network",
            SHOP.file("spiking.safetensors").toString()}, more));
        return file;
    }

    private static Json at(Json json, String path) {
        for (String key : path.split("\\.")) {
            json = json instanceof Json.Arr list ? list.items().get(Integer.parseInt(key)) : ((Json.Obj) json).get(key).orElseThrow();
        }
        return json;
    }

    private static List<Json> items(Json json, String path) {
        return ((Json.Arr) at(json, path)).items();
    }

    private static void same(Json expected, String there, Json actual, String here) {
        assertEquals(JsonWriter.compact(at(expected, there)), JsonWriter.compact(at(actual, here)), here);
    }

    @ParameterizedTest
    @CsvSource({"default,fast", "edge,reference", "large,fast", "multicore,fast"})
    void costsEqualThoseOfSimulate(String target, String engine) {
        Path program = folder.resolve("p.mtp");
        Shell.good("compile", SHOP.file("spiking.safetensors"), "--target", target, "-o", program);
        Json expected = at(JsonParser.parse(Shell.good("simulate", program, "--network", SHOP.file("spiking.safetensors"), "--images", 3,
                "--target", target, "--json")), "machine");
        Json actual = JsonParser.parse(Shell.good("trace", "stats", "--json", record("--images", 3, "--streams", ALL, "--target", target,
                "--engine", engine, "--window", 1000)));
        for (String key : List.of("cycles", "latency_us", "energy_pJ", "stalls")) {
            same(expected, key, actual, key);
        }
        for (int l = 0; l < items(expected, "layers").size(); l++) {
            for (String key : List.of("cycles", "latency_us", "energy_pJ")) {
                same(expected, "layers." + l + "." + key, actual, "layers." + l + "." + key);
            }
        }
        for (int u = 0; u < items(expected, "units").size(); u++) {
            for (String key : List.of("busy", "idle", "stalls")) {
                same(expected, "units." + u + "." + key, actual, "units." + u + "." + key);
            }
        }
        for (Json counter : items(expected, "counters")) {
            String name = ((Json.Str) at(counter, "name")).value();
            assertEquals(JsonWriter.compact(at(counter, "value")),
                    JsonWriter.compact(((Json.Obj) at(actual, "counters")).get(name).orElseThrow()), name);
        }
    }

    /** Bursts are counted by commands and by actions. */
    @Test
    void commandsAndActionsTellTheSameBytes() {
        Path both = record("--images", 2, "--streams", "dram,energy");
        Json stats = JsonParser.parse(Shell.good("trace", "stats", "--json", both));
        Json actions = JsonParser.parse(Shell.good("trace", "stats", "--json", record("--images", 2, "--streams", "energy")));
        same(stats, "dram.bytes", actions, "dram.bytes");
        same(stats, "dram.bandwidth_GBs", actions, "dram.bandwidth_GBs");
        same(stats, "counters", actions, "counters");
        assertTrue(((Json.Obj) at(actions, "dram")).get("row_hit_rate").isEmpty());
        double rate = ((Json.Num) at(stats, "dram.row_hit_rate")).value();
        double activates = ((Json.Num) ((Json.Obj) at(stats, "counters")).get("dram.activates").orElseThrow()).value();
        double bursts = ((Json.Num) at(stats, "dram.commands.read")).value() + ((Json.Num) at(stats, "dram.commands.write")).value();
        assertEquals(1 - activates / bursts, rate, 0.01);
    }

    @Test
    void intervalsOfAPlainNetworkAreWhatSortingFinds() {
        Path network = folder.resolve("plain.safetensors");
        Shell.good("plain", "random", "-o", network);
        Path file = folder.resolve("plain.mtt");
        Shell.good("trace", "record", "--network", network, "--rate", "0.2", "--seed", 7, "--target", "large", "-o", file);
        Map<Integer, Map<Integer, List<Integer>>> spikes = new HashMap<>();
        try (TraceReader in = TraceReader.open(file)) {
            in.blocks(EventStream.SPIKES).forEach(block -> in.read(block, event -> {
                ChipEvent.Spike spike = (ChipEvent.Spike) event;
                spikes.computeIfAbsent(spike.layer(), _ -> new HashMap<>()).computeIfAbsent(spike.neuron(), _ -> new ArrayList<>())
                        .add(spike.step());
            }));
        }
        Json stats = JsonParser.parse(Shell.good("trace", "stats", "--json", file));
        spikes.forEach((layer, neurons) -> {
            long[] intervals = new long[items(stats, "spikes." + layer + ".interval_steps").size()];
            neurons.values().forEach(steps -> {
                steps.sort(Integer::compare);
                for (int i = 1; i < steps.size(); i++) {
                    intervals[steps.get(i) - steps.get(i - 1)]++;
                }
            });
            assertEquals(Arrays.toString(intervals).replace(" ", ""),
                    JsonWriter.compact(at(stats, "spikes." + layer + ".interval_steps")));
        });
        assertTrue(Shell.good("trace", "stats", file).contains("\nIntervals between spikes of one neuron\nsteps"));
    }

    @Test
    void whatIsMissingIsSaidAndLeftOut() throws Exception {
        Path file = record("--images", 2, "--streams", "spikes", "--from", "oracle");
        String oracle = Shell.good("trace", "stats", file);
        assertTrue(oracle.contains("\nno hardware was modelled: there are no cycles and no energy\n"), oracle);
        assertFalse(oracle.contains("cycles\n"), oracle);
        Json json = JsonParser.parse(Shell.good("trace", "stats", "--json", file));
        for (String key : List.of("cycles", "layers", "units", "stalls", "dram", "counters", "energy_pJ")) {
            assertTrue(((Json.Obj) json).get(key).isEmpty(), key);
        }
        file = record("--images", 2, "--streams", "stalls");
        String stalls = Shell.good("trace", "stats", file);
        assertTrue(stalls.contains("\nnot recorded: spikes (neurons that fire), instructions ("), stalls);
        assertTrue(stalls.contains("\nStalled cycles by cause and unit\n"), stalls);
        assertFalse(stalls.contains("\nCycles of the units\n") || stalls.contains("\nSpikes\n") || stalls.contains("\nDRAM\n"), stalls);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 400));
        String cut = Shell.good("trace", "stats", file);
        assertTrue(cut.contains("images: 1;") && cut.contains("\ncut short in block "), cut);
    }

    @Test
    void theBaselineCostsWhatSimulateSays() {
        Object network = SHOP.file("dnn.safetensors");
        Json expected = at(JsonParser.parse(Shell.good("simulate", SHOP.file("baseline.mtp"), "--network", network, "--images", 2, "--json")),
                "machine");
        Path file = folder.resolve("dense.mtt");
        Shell.good("trace", "record", "--dense", "--network", network, "--images", 2, "--streams", "instructions,stalls,dram,energy", "-o", file);
        Json actual = JsonParser.parse(Shell.good("trace", "stats", "--json", file));
        for (String key : List.of("cycles", "latency_us", "energy_pJ", "stalls")) {
            same(expected, key, actual, key);
        }
        for (int u = 0; u < items(expected, "units").size(); u++) {
            same(expected, "units." + u + ".busy", actual, "units." + u + ".busy");
        }
        Path page = folder.resolve("page.html");
        Shell.good("report", file, "-o", page);
        assertTrue(read(page).contains(">all layers</text>"));
        assertTrue(read(page).contains("A dense program has no spikes."));
        assertFalse(read(page).contains("Missing: ") || read(page).contains("not recorded: "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPartOfImagesHasNoCosts() {
        Path part = folder.resolve("part.mtt");
        Shell.good("trace", "cut", record("--images", 2, "--streams", ALL), "--cycles", "100:2000", "-o", part);
        String text = Shell.good("trace", "stats", part);
        assertTrue(text.contains("\ncut to cycles 100 to 2000: only latency is of whole images;"), text);
        assertTrue(text.contains("\nSpikes\n") && text.contains("\nTime and energy of one image\n"), text);
        assertFalse(text.contains("\nCycles of the units\n") || text.contains("\nDRAM\n"), text);
        Json json = JsonParser.parse(Shell.good("trace", "stats", "--json", part));
        for (String key : List.of("energy_pJ", "units", "stalls", "counters")) {
            assertTrue(((Json.Obj) json).get(key).isEmpty(), key);
        }
        Path page = folder.resolve("page.html");
        Shell.good("report", part, "-o", page);
        assertTrue(read(page).contains("Missing: the trace is a part of its images."));
        assertTrue(read(page).contains("data-plot=\"Units over time\""));
    }

    @Test
    void badInputEndsInOneMessage() throws Exception {
        assertTrue(Shell.bad(1, "trace", "stats", SHOP.file("results.json")).endsWith("not a trace: it does not begin with METROTRC\n"));
        Path file = record("--images", 1);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        String err = Shell.bad(1, "trace", "stats", file);
        assertTrue(err.contains("a.mtt: the trace has no image that was recorded to its end: cut short in block "), err);
    }
}
