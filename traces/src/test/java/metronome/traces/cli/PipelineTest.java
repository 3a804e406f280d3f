package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.traces.report.Execution;
import metronome.traces.report.ResultFile;
import metronome.traces.report.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on the artefacts of the others: each way round must give the same bytes. */
class PipelineTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path directory;

    private static double number(String json, String... path) {
        Json value = JsonParser.parse(json);
        for (String key : path) {
            value = ((Json.Obj) value).get(key).orElseThrow();
        }
        return ((Json.Num) value).value();
    }

    private void same(String name, Path other) throws Exception {
        assertArrayEquals(Files.readAllBytes(SHOP.file(name)), Files.readAllBytes(other), name);
    }

    @Test
    void runLeavesEveryArtefact() throws Exception {
        assertEquals(Set.of("dnn.safetensors", "staircase.safetensors", "spiking.safetensors", "program.mtp",
                "baseline.mtp", "target.json", "spikes.mtt", "results.json", "report.html"),
                Workshop.bytes(SHOP.out()).keySet());
        assertEquals(SHOP.json(), Files.readString(SHOP.file("results.json")));
    }

    @Test
    void machineAndOraclesAgree() {
        RunResult result = ResultFile.parse(SHOP.json(), "run");
        assertEquals(0, result.mismatch().machineSpikes());
        assertEquals(0, result.mismatch().baselineOutputs());
        assertEquals(0, result.mismatch().staircaseSteps());
        assertEquals(result.accuracy().spikingFixedOnMachineImages(), result.accuracy().machine());
    }

    @Test
    void partsSumToTheirWholes() {
        RunResult result = ResultFile.parse(SHOP.json(), "run");
        for (Execution e : List.of(result.machine(), result.baseline())) {
            assertEquals(e.cycles(), e.layers().stream().mapToDouble(Execution.Layer::cycles).sum(), 1e-6);
            near(e.energyPj(), e.layers().stream().mapToDouble(Execution.Layer::energyPj).sum());
            near(e.energyPj(), e.energyParts().stream().mapToDouble(Execution.EnergyPart::energyPj).sum());
            near(e.energyHighPj(), e.energyParts().stream().mapToDouble(Execution.EnergyPart::energyHighPj).sum());
            near(e.areaMm2(), e.areaParts().stream().mapToDouble(Execution.AreaPart::areaMm2).sum());
            for (Execution.Unit unit : e.units()) {
                assertEquals(e.cycles(), unit.busy() + unit.idle()
                        + unit.stalls().values().stream().mapToDouble(Double::doubleValue).sum(), 1e-6, unit.name());
                assertTrue(unit.idle() >= 0, unit.name());
            }
            for (Execution.Layer layer : e.layers()) {
                near(layer.energyPj(), layer.componentsPj().values().stream().mapToDouble(Double::doubleValue).sum());
            }
        }
    }

    private static void near(double expected, double actual) {
        assertEquals(expected, actual, 1e-9 * Math.abs(expected));
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws Exception {
        for (int threads = 1; threads <= 2; threads++) {
            Path out = directory.resolve("threads" + threads);
            Shell.good(Workshop.words(Workshop.RUN, "--weights", SHOP.weights(), "-o", out, "--threads", threads));
            assertEquals(Workshop.bytes(SHOP.out()), Workshop.bytes(out), threads + " threads");
        }
    }

    @Test
    void theSingleStepsGiveWhatRunGives() throws Exception {
        Path spiking = directory.resolve("s.safetensors");
        Shell.good("convert", SHOP.file("staircase.safetensors"), "-o", spiking);
        same("spiking.safetensors", spiking);
        Path program = directory.resolve("p.mtp");
        Shell.good("compile", spiking, "-o", program);
        same("program.mtp", program);
        Path baseline = directory.resolve("b.mtp");
        Shell.good("compile", SHOP.file("dnn.safetensors"), "--dense", "-o", baseline);
        same("baseline.mtp", baseline);
    }

    @Test
    void disassemblyAssemblesToTheSameBytes() throws Exception {
        for (String name : List.of("program.mtp", "baseline.mtp")) {
            Path text = directory.resolve("x.s");
            Shell.good("disassemble", SHOP.file(name), "-o", text);
            assertEquals(Files.readString(text), Shell.good("disassemble", SHOP.file(name)));
            Path again = directory.resolve("x.mtp");
            Shell.good("assemble", text, "-o", again);
            same(name, again);
        }
    }

    private Path recorded(Object... more) {
        Path file = directory.resolve("a.mtt");
        Shell.good(Workshop.words(new String[] {"trace", "record", "--network", SHOP.file("spiking.safetensors").toString(), "--images", "2",
            "-o", file.toString()}, more));
        return file;
    }

    @Test
    void simulateAndRecordGiveWhatRunGave() {
        String json = Shell.good("simulate", SHOP.file("program.mtp"), "--network", SHOP.file("spiking.safetensors"),
                "--images", 2, "--json");
        assertEquals(0, number(json, "mismatches"));
        assertEquals(number(SHOP.json(), "machine", "cycles"), number(json, "machine", "cycles"));
        assertEquals(Workshop.events(SHOP.file("spikes.mtt")), Workshop.events(recorded()));
    }

    @Test
    void spikesAreTheSameWhereverTheyWait() {
        Path program = directory.resolve("dram.mtp");
        Shell.good("compile", SHOP.file("spiking.safetensors"), "--spikes", "dram", "-o", program);
        String json = Shell.good("simulate", program, "--network", SHOP.file("spiking.safetensors"), "--images", 2, "--json");
        assertEquals(0, number(json, "mismatches"));
        assertTrue(number(json, "machine", "cycles") > number(SHOP.json(), "machine", "cycles"), "DRAM takes longer");
        assertEquals(Workshop.spikes(SHOP.file("spikes.mtt")), Workshop.spikes(recorded("--program", program)));
    }

    @Test
    void anUntrainedArchitectureRunsWithRandomWeights() {
        Path program = directory.resolve("googlenet.mtp");
        Shell.good("compile", "googlenet", "--target", "large", "--seed", 3, "-o", program);
        String json = Shell.good("simulate", program, "--network", "googlenet", "--target", "large", "--seed", 3,
                "--images", 1, "--json");
        assertEquals(0, number(json, "mismatches"));
        assertTrue(json.contains("random images"), json);
    }

    @Test
    void simulateRunsTheBaseline() {
        String json = Shell.good("simulate", SHOP.file("baseline.mtp"), "--network", SHOP.file("dnn.safetensors"),
                "--images", 2, "--json");
        assertEquals(0, number(json, "mismatches"));
        assertEquals(number(SHOP.json(), "baseline", "cycles"), number(json, "machine", "cycles"));
    }

    @Test
    void replayCostsWhatAFullRunCostsOnAnyTarget() {
        for (String target : List.of("default", "edge", "large")) {
            Path program = directory.resolve("p.mtp");
            Shell.good("compile", SHOP.file("spiking.safetensors"), "--target", target, "-o", program);
            String full = Shell.good("simulate", program, "--network", SHOP.file("spiking.safetensors"), "--target",
                    target, "--images", 2, "--json");
            String replayed = Shell.good("trace", "replay", SHOP.file("spikes.mtt"), "--network",
                    SHOP.file("spiking.safetensors"), "--target", target, "--json");
            assertEquals(((Json.Obj) JsonParser.parse(full)).get("machine").map(metronome.core.json.JsonWriter::compact),
                    ((Json.Obj) JsonParser.parse(replayed)).get("machine").map(metronome.core.json.JsonWriter::compact),
                    target);
        }
    }

    @Test
    void exploreAgreesWithReplayAndDoesNotDependOnThreads() {
        Object[] words = {"explore", "--network", SHOP.file("spiking.safetensors"), "--set", "lif.lanes=32,256,4096",
            "--set", "lif.potentials=64,16384", "--images", 2, "--threads"};
        String one = Shell.good(Workshop.words(new String[0], words[0], words[1], words[2], words[3], words[4], words[5],
                words[6], words[7], words[8], words[9], 1));
        String two = Shell.good(Workshop.words(new String[0], words[0], words[1], words[2], words[3], words[4], words[5],
                words[6], words[7], words[8], words[9], 2));
        assertEquals(one, two);
        List<String> lines = one.lines().toList();
        assertEquals(7, lines.size());
        assertTrue(lines.get(1).startsWith("32,64,,") && lines.get(1).contains("must be at least 256"), lines.get(1));
        double cycles = number(SHOP.json(), "machine", "cycles");
        assertTrue(lines.get(4).startsWith("256,16384," + cycles + ","), lines.get(4));
    }

    @Test
    void everyVariantPolicyAndCircuitRuns() {
        for (String[] options : new String[][] {{"--variant", "A"}, {"--variant", "B", "--rounding", "ceil"},
            {"--zeros", "floor"}, {"--zeros", "floor", "--pool", "reset", "--readout", "last-spike"},
            {"--zeros", "silent", "--steps", "8", "--time-constant", "2.5"}}) {
            Shell shell = Shell.run(Workshop.words(new String[] {"run", "--images-functional", "2", "--images-machine",
                "1", "--weights", SHOP.weights().toString(), "--json"}, (Object[]) options));
            assertEquals(0, shell.code(), shell::err);
            RunResult result = ResultFile.parse(shell.out(), "run");
            String what = String.join(" ", options);
            assertEquals(0, result.mismatch().machineSpikes(), what);
            assertEquals(0, result.mismatch().staircaseSteps(), what);
            for (int i = 0; i < options.length; i += 2) {
                assertTrue(result.provenance().command().contains(options[i] + " " + options[i + 1]), what);
            }
        }
    }

    @Test
    void opsCountsWhatRunCounts() {
        String json = Shell.good("ops", "--weights", SHOP.weights(), "--images", 6, "--json");
        Json.Arr layers = (Json.Arr) ((Json.Obj) JsonParser.parse(json)).get("layers").orElseThrow();
        Json.Obj total = (Json.Obj) layers.items().getLast();
        String text = metronome.core.json.JsonWriter.compact(total);
        assertEquals(number(SHOP.json(), "operations", "dnn_total"), number(text, "dnn_dense", "total"));
        assertEquals(number(SHOP.json(), "operations", "tdsnn_event_total"), number(text, "tdsnn_event", "total"));
        assertTrue(Shell.good("ops", "--weights", SHOP.weights(), "--images", 1).contains("TDSNN, event-driven"));
    }

    @Test
    void theTextTellsTheSameRun() {
        String text = Shell.good(Workshop.words(Workshop.RUN, "--weights", SHOP.weights()));
        assertTrue(text.contains("6 images through the functional models, 2 through the machine"), text);
    }
}
