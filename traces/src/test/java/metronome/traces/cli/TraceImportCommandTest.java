package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.network.Shape;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TracedNetwork;
import metronome.traces.workload.Arrays01;
import metronome.traces.workload.SpikeTrace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do spikes from elsewhere become traces, do those drive the machine, and is what does not fit refused in words? */
class TraceImportCommandTest {
    /** At column 5, row 2, on, at 70,000 us; the same at 70,900 us; at column 0, row 33, off, at 72,100 us. */
    private static final byte[] EVENTS = {5, 2, (byte) 0x81, 0x11, 0x70, 5, 2, (byte) 0x81, 0x14, (byte) 0xf4, 0, 33, 1, 0x19, (byte) 0xa4};

    @TempDir
    private Path directory;

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path out() {
        return directory.resolve("out.mtt");
    }

    private static List<ChipEvent> spikes(TraceReader in, int image, int layer) {
        List<ChipEvent> events = new ArrayList<>();
        in.blocks(EventStream.SPIKES).filter(b -> b.image() == image && b.hasLayer(layer)).forEach(b -> in.read(b, events::add));
        return events;
    }

    @Test
    void aReplayAsksForTheNetworkOfImportedSpikes() {
        Shell.run("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out());
        Shell shell = Shell.run("trace", "replay", out());
        assertEquals(1, shell.code());
        assertEquals("metronome: " + out() + ": imported spikes name no network: name it with --network, or give the cost of each layer by itself with "
                + "workload\n", shell.err());
    }

    @Test
    void aRecordingBecomesTheSpikesOfAnInput() {
        Shell shell = Shell.run("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out());
        assertEquals("N-MNIST: 3 events from 70,000 to 72,100 us: 2 spikes, 1 events merged into them, 0 before step 0, 0 after the last "
                + "step\n", shell.err());
        assertEquals("""
                N-MNIST: steps 0 to 2, images: 1
                layer  shape    steps  spikes  of neurons a step
                input  2x34x34      3       2             0.03 %
                """, shell.out());
        assertArrayEquals(new int[][] {{34 * 34 + 2 * 34 + 5}, {}, {33 * 34}}, SpikeTrace.input(out()).train().neurons());
        try (TraceReader in = TraceReader.open(out())) {
            assertEquals(TraceHeader.Source.IMPORT, in.header().source());
            assertEquals("7.bs2", in.header().spikes().dataset());
            assertEquals("trace import --from nmnist --step-us 1000 --polarity channels", in.header().provenance().command());
        }
    }

    @Test
    void theGridIsChosen() {
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out(), "--step-us", 500, "--start-us", 70_500, "--last-step",
                3, "--size", "17x2", "--polarity", "merged");
        assertEquals(new Shape(1, 17, 2), SpikeTrace.input(out()).shape());
        assertArrayEquals(new int[][] {{2}, {}, {}, {32}}, SpikeTrace.input(out()).train().neurons());
    }

    /** At column 210, row 93 of a DAVIS346, on. */
    @Test
    void aCameraIsNamed() {
        Path recording = file("old.aedat", concat("#!AER-DAT2.0\r\n", new byte[] {0x29, (byte) 0x88, 0x78, 0, 0, 0, 0, 70}));
        Shell shell = Shell.run("trace", "import", recording, "--from", "aedat", "--camera", "davis346", "-o", out());
        assertEquals(0, shell.code(), shell.err());
        assertTrue(shell.err().startsWith("note: the header names no camera: taken as a davis346, as --camera says\n"), shell.err());
        assertEquals(new Shape(2, 260, 346), SpikeTrace.input(out()).shape());
        assertArrayEquals(new int[][] {{260 * 346 + 93 * 346 + 210}}, SpikeTrace.input(out()).train().neurons());
        try (TraceReader in = TraceReader.open(out())) {
            assertEquals("trace import --from aedat --camera davis346 --step-us 1000 --polarity channels", in.header().provenance().command());
        }
        Path other = directory.resolve("other.mtt");
        assertTrue(Shell.bad(1, "trace", "import", recording, "--from", "aedat", "-o", other).endsWith("name it with --camera\n"));
        assertEquals("metronome: " + recording + ": a size of 130x173 does not divide the pixels of a DVS128 of 128 x 128 pixels; the header names no "
                + "camera (AEChip): if it is of another than a DVS128, name it with --camera\n",
                Shell.bad(1, "trace", "import", recording, "--from", "aedat", "--size", "130x173", "-o", other));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "aedat", "--camera", "DVS127")
                .contains("DAVIS640, perhaps with letters behind it: DVS127; did you mean DVS128?\n"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "nmnist", "--camera", "DVS128").contains("--camera is only for aedat\n"));
        assertFalse(Files.exists(other));
    }

    private static byte[] concat(String text, byte[] bytes) {
        return java.nio.ByteBuffer.allocate(text.length() + bytes.length).put(text.getBytes()).put(bytes).array();
    }

    @Test
    void theSameFileGivesTheSameBytes() throws IOException {
        Path other = directory.resolve("other.mtt");
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out());
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", other);
        assertArrayEquals(Files.readAllBytes(out()), Files.readAllBytes(other));
    }

    @Test
    void textBecomesTheSpikesOfAllLayers() {
        Path text = file("s.csv", "image,layer,neuron,step\n0,0,5,0\n0,1,2,3\n1,1,0,1\n1,1,0,0\n".getBytes());
        assertTrue(Shell.good("trace", "import", text, "--from", "csv", "--shapes", "1x2x3,4x1x1", "-o", out())
                .startsWith("s: steps 0 to 3, images: 2\n"));
        try (TraceReader in = TraceReader.open(out())) {
            assertEquals(List.of(new TracedNetwork.Layer("input", new Shape(1, 2, 3)), new TracedNetwork.Layer("layer1", Shape.vector(4))),
                    in.header().spikes().layers());
            assertEquals(List.of(new ChipEvent.Spike(0, 0, 5, 0)), spikes(in, 0, 0));
            assertEquals(List.of(new ChipEvent.Spike(0, 1, 2, 3)), spikes(in, 0, 1));
            assertEquals(List.of(new ChipEvent.Spike(0, 1, 0, 0), new ChipEvent.Spike(0, 1, 0, 1)), spikes(in, 1, 1));
        }
        assertArrayEquals(new int[][] {{5}, {}, {}, {}}, SpikeTrace.input(out()).train().neurons());
    }

    @Test
    void arraysBecomeTheSpikesOfAllLayers() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("one", Arrays01.npy("(2, 1, 1, 2)", new byte[] {1, 0, 0, 1}));
        arrays.put("two", Arrays01.npy("(1, 3)", new byte[] {0, 0, 1}));
        Shell shell = Shell.run("trace", "import", Arrays01.zip(directory.resolve("net.npz"), arrays), "--from", "npz", "-o", out());
        assertEquals("", shell.err());
        assertEquals("""
                net: steps 0 to 1, images: 1
                layer  shape  steps  spikes  of neurons a step
                one    1x1x2      2       2            50.00 %
                two    3x1x1      1       1            33.33 %
                """, shell.out());
        try (TraceReader in = TraceReader.open(out())) {
            assertEquals(List.of(new TracedNetwork.Layer("one", new Shape(1, 1, 2)), new TracedNetwork.Layer("two", Shape.vector(3), OptionalInt.of(1))),
                    in.header().spikes().layers());
            assertEquals(List.of(new ChipEvent.Spike(0, 0, 0, 0), new ChipEvent.Spike(0, 0, 1, 1)), spikes(in, 0, 0));
            assertEquals(List.of(new ChipEvent.Spike(0, 1, 2, 0)), spikes(in, 0, 1));
        }
    }

    /** Makes a network for the trace, runs its program with both engines beside the oracle, and gives the result. */
    private Json.Obj driven(Path trace) {
        Path network = directory.resolve("net.safetensors");
        Path program = directory.resolve("net.mtp");
        Shell.good("plain", "random", "--for", trace, "--layers", 2, "--neurons", 32, "-o", network);
        Shell.good("compile", network, "-o", program);
        return (Json.Obj) JsonParser.parse(Shell.good("simulate", program, "--network", network, "--input", trace, "--engine", "both", "--json"));
    }

    private static String number(Json.Obj json, String key) {
        return ((Json.Num) json.get(key).orElseThrow()).text();
    }

    private static String inputSpikes(Json.Obj result) {
        return number((Json.Obj) ((Json.Arr) result.get("spikes").orElseThrow()).items().getFirst(), "spikes");
    }

    @Test
    void aRecordingDrivesTheMachine() {
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out());
        Json.Obj result = driven(out());
        assertEquals("0", number(result, "mismatches"));
        assertEquals("2", number(result, "steps"));
        assertEquals("2", inputSpikes(result));
    }

    @Test
    void aRealRecordingDrivesTheMachine() {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Shell shell = Shell.run("trace", "import", Path.of(data, "nmnist/nmnist-small.zip"), "--from", "nmnist", "--entry", "60001.bs2",
                "--step-us", 5000, "-o", out());
        assertEquals(0, shell.code(), shell.err());
        assertTrue(shell.err().startsWith("N-MNIST: 3,330 events from 5,087 to 307,827 us: "), shell.err());
        Json.Obj result = driven(out());
        assertEquals("0", number(result, "mismatches"));
        assertEquals("60", number(result, "steps"));
        assertEquals(Long.toString(SpikeTrace.input(out()).train().spikes()), inputSpikes(result));
    }

    @Test
    void optionsOfOtherFormatsAreRefused() {
        Path recording = file("7.bs2", EVENTS);
        assertTrue(Shell.bad(2, "trace", "import", recording).contains("needs --from FORMAT"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "nmnist", "--shapes", "1x2x3").contains("--shapes is only for csv"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "npz", "--size", "2x3").contains("--size is only for recordings of cameras"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "nmnist", "--size", "0x3").contains("--size must be ROWSxCOLUMNS"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "csv").contains("needs --shapes"));
        assertTrue(Shell.bad(2, "trace", "import", recording, "--from", "csv", "--shapes", "1x2x3,65536x32768x1")
                .contains("each three whole numbers from 1 on with x between them, whose product is below 2^31: 1x2x3,65536x32768x1\n"));
        assertTrue(Shell.bad(2, "plain", "random", "--for", recording, "--last-step", 3).contains("--last-step is not for a network with --for"));
    }

    @Test
    void nothingIsWrittenOfWhatIsDamaged() {
        Path recording = file("7.bs2", new byte[] {5, 2, 1, 2, 3, 4});
        assertEquals("metronome: " + recording + ": byte 5: the file ends 1 bytes into an event of 5\n",
                Shell.bad(1, "trace", "import", recording, "--from", "nmnist", "-o", out()));
        assertEquals("metronome: " + recording + ": no events of a camera, expected some\n",
                Shell.bad(1, "trace", "import", file("7.bs2", new byte[0]), "--from", "nmnist", "-o", out()));
        assertFalse(Files.exists(out()));
        assertEquals(List.of(recording), List.of(directory.toFile().listFiles()).stream().map(f -> f.toPath()).toList());
    }

    @Test
    void aTraceThatDoesNotFitANetworkIsRefused() {
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", "-o", out());
        driven(out());
        refused(" of 1x34x34 over the steps 0 to 2, the network takes 2x34x34 and 0 to 2\n", "--polarity", "merged");
        refused(" of 2x34x34 over the steps 0 to 3, the network takes 2x34x34 and 0 to 2\n", "--last-step", 3);
        Path text = file("s.csv", "image,layer,neuron,step\n0,0,5,0\n".getBytes());
        assertTrue(simulated(text).contains(text + ":1: expected the line \"step,neuron\", found \"image,layer,neuron,step\""));
    }

    private void refused(String message, Object option, Object value) {
        Path other = directory.resolve("other.mtt");
        Shell.good("trace", "import", file("7.bs2", EVENTS), "--from", "nmnist", option, value, "-o", other);
        assertEquals("metronome: " + other + ": spikes of an input" + message, simulated(other));
    }

    private String simulated(Path input) {
        return Shell.bad(1, "simulate", directory.resolve("net.mtp"), "--network", directory.resolve("net.safetensors"), "--input", input);
    }
}
