package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do traces hold what runs did, whoever records them, and do bad command lines and files end in one message? */
class TraceCommandTest {
    private static final Workshop SHOP = Workshop.shared();
    private static final String ALL = "spikes,instructions,stalls,dram,energy";
    @TempDir
    private Path folder;

    private Path record(String name, Object... more) {
        Path file = folder.resolve(name);
        Shell.good(Workshop.words(new String[] {"trace", "record"}, Workshop.words(new String[] {"--images", "3", "-o", file.toString(),
            "--network", SHOP.file("spiking.safetensors").toString()}, more)));
        return file;
    }

    @Test
    void enginesAndThreadsDoNotMatter() throws Exception {
        byte[] expected = Files.readAllBytes(record("a.mtt", "--streams", ALL, "--threads", 1));
        assertArrayEquals(expected, Files.readAllBytes(record("b.mtt", "--streams", ALL, "--threads", 3)));
        assertArrayEquals(expected, Files.readAllBytes(record("c.mtt", "--streams", ALL, "--engine", "reference", "--threads", 2)));
        assertArrayEquals(expected, Files.readAllBytes(record("d.mtt", "--streams", ALL, "--engine", "both")));
    }

    @Test
    void machineOracleAndRunSpikeAlike() throws Exception {
        Set<String> machine = Workshop.spikes(record("a.mtt"));
        assertEquals(machine, Workshop.spikes(record("b.mtt", "--from", "oracle", "--target", "edge")));
        Set<String> ofRun = Workshop.spikes(SHOP.file("spikes.mtt"));
        assertEquals(machine.stream().filter(spike -> !spike.startsWith("2,")).collect(Collectors.toSet()), ofRun);
    }

    @Test
    void aPlainNetworkIsRecordedByMachineAndOracle() {
        Path network = folder.resolve("plain.safetensors");
        Shell.good("plain", "random", "-o", network);
        Object[] words = {"trace", "record", "--network", network, "--rate", "0.2", "--seed", 7};
        Path machine = folder.resolve("a.mtt");
        Shell.good(append(words, "-o", machine, "--target", "large", "--streams", ALL));
        Path oracle = folder.resolve("b.mtt");
        Shell.good(append(words, "-o", oracle, "--target", "large", "--from", "oracle"));
        assertTrue(Workshop.spikes(machine).size() > 100);
        assertEquals(Workshop.spikes(machine), Workshop.spikes(oracle));
        assertTrue(Shell.bad(2, append(words, "--images", 2)).contains("--images is not for a plain network"));
    }

    private static Object[] append(Object[] words, Object... more) {
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    /** What the baseline costs is in its trace too: the same cycles, stalls and actions. */
    @Test
    void aDenseProgramIsRecordedByEitherEngine() throws Exception {
        String streams = "instructions,stalls,dram,energy";
        Object[] words = {"trace", "record", "--dense", "--network", SHOP.file("dnn.safetensors"), "--images", 2, "--streams", streams};
        Path fast = folder.resolve("fast.mtt");
        Path reference = folder.resolve("reference.mtt");
        Shell.good(append(words, "-o", fast, "--program", SHOP.file("baseline.mtp")));
        Shell.good(append(words, "-o", reference, "--engine", "reference", "--threads", 1));
        Shell.good("trace", "diff", fast, reference);
        Json.Obj machine = (Json.Obj) ((Json.Obj) JsonParser.parse(Shell.good("simulate", SHOP.file("baseline.mtp"), "--network",
                SHOP.file("dnn.safetensors"), "--images", 2, "--json"))).get("machine").orElseThrow();
        Map<String, Long> sums = sums(fast);
        assertEquals(number(machine, "cycles") * 2, sums.get("cycles").doubleValue());
        for (Json counter : ((Json.Arr) machine.get("counters").orElseThrow()).items()) {
            Json.Obj each = (Json.Obj) counter;
            String name = ((Json.Str) each.get("name").orElseThrow()).value();
            assertEquals(number(each, "value") * 2, sums.getOrDefault(name, 0L).doubleValue(), name);
        }
        ((Json.Obj) machine.get("stalls").orElseThrow()).members().forEach((cause, cycles) ->
                assertEquals(((Json.Num) cycles).value() * 2, sums.getOrDefault("stall " + cause, 0L).doubleValue(), cause));
        String info = Shell.good("trace", "info", reference);
        assertTrue(info.contains("\nspikes   not recorded, ") && info.contains(" --dense --"), info);
        assertTrue(Shell.bad(2, append(words, "--from", "oracle")).contains("--from oracle is not for a DNN"));
        assertTrue(Shell.bad(2, "trace", "record", "--dense").contains("a DNN has no spikes: --streams must name others"));
        assertTrue(Shell.bad(2, append(words, "--rate", "0.2")).contains("--rate is not for a DNN"));
    }

    private static double number(Json.Obj json, String key) {
        return ((Json.Num) json.get(key).orElseThrow()).value();
    }

    /** Counters, stalls by cause and cycles over all images. */
    private static Map<String, Long> sums(Path file) {
        Map<String, Long> sums = new HashMap<>();
        try (TraceReader in = TraceReader.open(file)) {
            in.blocks().forEach(block -> in.read(block, event -> {
                switch (event) {
                    case ChipEvent.Actions e -> sums.merge(e.counter().label(), e.count(), Long::sum);
                    case ChipEvent.StallRun e -> sums.merge("stall " + e.cause().label(), e.cycles(), Long::sum);
                    case ChipEvent.LayerTime e -> sums.merge("cycles", e.cycles(), Long::sum);
                    default -> { }
                }
            }));
        }
        return sums;
    }

    @Test
    void infoTellsWhatIsThereAndWhatIsMissing() throws Exception {
        Path file = record("a.mtt", "--streams", ALL);
        String text = Shell.good("trace", "info", file);
        assertTrue(text.contains("images 0 to 2, 3 of them whole"), text);
        assertTrue(text.contains(" --dataset digits --seed 1 --images 3 --from machine --streams " + ALL + " --window 16384 --target default\n"), text);
        for (String stream : ALL.split(",")) {
            assertTrue(text.lines().anyMatch(line -> line.startsWith(stream + " ")), text);
        }
        assertTrue(Shell.good("trace", "info", file, "--json").contains("\"whole_images\": 3"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(Shell.good("trace", "info", file).contains("missing  cut short in block "));
    }

    @Test
    void badInputEndsInOneMessage() throws Exception {
        assertTrue(Shell.bad(2, "trace", "record", "--streams", "spikes,spices").contains("--streams must be values"));
        assertTrue(Shell.bad(2, "trace", "record", "--from", "oracle", "--streams", "dram").contains("--from oracle has spikes only"));
        for (String[] option : new String[][] {{"--engine", "fast"}, {"--program", "x.mtp"}, {"--window", "16"}}) {
            assertTrue(Shell.bad(2, "trace", "record", "--from", "oracle", option[0], option[1])
                    .contains(option[0] + " is for the machine, not for --from oracle"));
        }
        assertTrue(Shell.bad(2, "trace", "record", "--from", "import").contains("--from must be one of machine, oracle: import\n"));
        assertTrue(Shell.bad(2, "trace", "record", "--streams", "").contains("dram, energy: \"\"\n"));
        assertTrue(Shell.bad(2, "trace", "info", "").contains("trace info: needs TRACE, found an empty text\n"));
        assertTrue(Shell.bad(2, "trace", "merge", "a.mtt", "b.mtt", "").contains("trace merge: needs B, found an empty text\n"));
        String cited = folder.resolve("mobilnet").toString();
        assertEquals("metronome: mobilnet: no such file, and no architecture; did you mean mobilenet?\n", Shell.bad(1, "trace", "record", "--network", "mobilnet"));
        assertTrue(Shell.bad(1, "trace", "record", "--network", cited).contains("mobilnet: cannot be read: no such file\n"));
        assertTrue(Shell.bad(1, "trace", "info", SHOP.file("results.json")).endsWith("not a trace: it does not begin with METROTRC\n"));
        assertTrue(Shell.bad(1, "trace", "info", folder.resolve("none")).endsWith("none: cannot be read: no such file\n"));
        Path out = Files.createDirectories(folder.resolve("out"));
        String err = Shell.bad(1, "trace", "record", "--program", SHOP.file("program.mtp"), "--target", "edge", "--images", 1,
                "--network", SHOP.file("spiking.safetensors"), "-o", out.resolve("a.mtt"));
        assertTrue(err.contains("the program was compiled for another target than edge"), err);
        String other = Shell.bad(1, "trace", "record", "--program", SHOP.file("baseline.mtp"), "--images", 1, "--network",
                SHOP.file("spiking.safetensors"), "-o", out.resolve("a.mtt"));
        assertTrue(other.contains("baseline.mtp: a program of another network than lenet: it has layers [input 1x28x28, "), other);
        try (var files = Files.list(out)) {
            assertEquals(0, files.count());
        }
    }
}
