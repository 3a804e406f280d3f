package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.traces.workload.Arrays01;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a user get the cost of published spikes layer by layer, and a reason where there is none? */
class WorkloadCommandTest {
    @TempDir
    private Path directory;
    private Path archive;
    private Path table;

    @BeforeEach
    void make() throws IOException {
        byte[] image = new byte[2 * 8 * 8];
        Arrays.fill(image, 60, 80, (byte) 1);
        byte[] flat = new byte[2 * 64];
        Arrays.fill(flat, 0, 10, (byte) 1);
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("0", Arrays01.npy("(2, 1, 8, 8)", image));
        arrays.put("1", Arrays01.npy("(2, 64)", flat));
        archive = Arrays01.zip(directory.resolve("mine.npz"), arrays);
        table = Files.writeString(directory.resolve("layers.csv"), """
                net,layer,type,in_c,in_h,in_w,kernel,stride,pad,groups,out_c,out_h,out_w
                mine,conv,conv,1,8,8,3,1,1,1,4,8,8
                mine,fc,fc,4,4,4,0,1,0,1,10,1,1
                wide,conv,conv,1,8,8,3,1,1,1,5000,8,8
                wide,fc,fc,64,1,1,0,1,0,1,10,1,1
                """);
    }

    private static double number(Json.Obj json, String key) {
        return ((Json.Num) json.get(key).orElseThrow()).value();
    }

    private static String text(Json.Obj json, String key) {
        return ((Json.Str) json.get(key).orElseThrow()).value();
    }

    @Test
    void layersSumToTheWhole() {
        Json.Obj result = (Json.Obj) JsonParser.parse(Shell.good("workload", archive, "--layers", table, "--engine", "both", "--json"));
        var layers = ((Json.Arr) result.get("layers").orElseThrow()).items().stream().map(l -> (Json.Obj) l).toList();
        for (String figure : new String[] {"cycles", "latency_us", "energy_pJ", "energy_low_pJ", "energy_high_pJ"}) {
            assertEquals(layers.stream().mapToDouble(l -> number(l, figure)).sum(), number(result, figure), figure);
            assertTrue(number(layers.getFirst(), figure) > 0, figure);
        }
        assertEquals("fewest", text(layers.getFirst(), "output_known"));
        assertEquals(10, number(layers.getFirst(), "output_spikes"));
        assertEquals(20, number(layers.getFirst(), "input_spikes"));
        assertEquals("unknown", text(layers.getLast(), "output_known"));
        assertEquals(100, number(layers.getLast(), "updates"));
        assertEquals(0, number(result, "missing"));
    }

    private Path imported(Path npz) {
        Path trace = directory.resolve("imported.mtt");
        Shell.good("trace", "import", npz, "--from", "npz", "-o", trace);
        return trace;
    }

    /** The second array has fewer steps than the first, whose output is unknown then. */
    @Test
    void aTraceCostsWhatItsArchiveCosts() throws IOException {
        assertEquals(Shell.good("workload", archive, "--layers", table, "--json"),
                Shell.good("workload", imported(archive), "--layers", table, "--image", 0, "--json"));
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("0", Arrays01.npy("(2, 1, 8, 8)", new byte[128]));
        arrays.put("1", Arrays01.npy("(1, 64)", new byte[64]));
        Path shorter = Arrays01.zip(directory.resolve("mine.npz"), arrays);
        String text = Shell.good("workload", shorter, "--layers", table);
        assertEquals(text, Shell.good("workload", imported(shorter), "--layers", table));
        assertTrue(text.lines().anyMatch(line -> line.matches("fc +4x4x4 +10x1x1 +1 +0 .*")), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet5_mnist", "vgg9_cifar10"})
    void aTraceOfPublishedSpikesCostsWhatTheyCost(String name) {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path npz = Path.of(data, "spike-traces", name + ".npz");
        assertEquals(Shell.good("workload", npz, "--json"), Shell.good("workload", imported(npz), "--json"));
    }

    /** The trace has the output too: its spikes are known. */
    @Test
    void aRecordedPlainNetworkIsAWorkload() throws IOException {
        Path network = directory.resolve("net.safetensors");
        Path trace = directory.resolve("recorded.mtt");
        Shell.good("plain", "random", "--layers", 2, "--neurons", 32, "--last-step", 9, "-o", network);
        Shell.good("trace", "record", "--network", network, "--rate", "0.2", "-o", trace);
        Path dense = Files.writeString(directory.resolve("dense.csv"), """
                net,layer,type,in_c,in_h,in_w,kernel,stride,pad,groups,out_c,out_h,out_w
                net,a,fc,32,1,1,0,1,0,1,32,1,1
                net,b,fc,32,1,1,0,1,0,1,32,1,1
                """);
        Json.Obj result = (Json.Obj) JsonParser.parse(Shell.good("workload", trace, "--layers", dense, "--net", "net", "--json"));
        for (Json layer : ((Json.Arr) result.get("layers").orElseThrow()).items()) {
            assertEquals("exact", text((Json.Obj) layer, "output_known"));
            assertEquals(10, number((Json.Obj) layer, "steps"));
        }
    }

    @Test
    void theTableTellsWhatDoesNotFit() {
        String text = Shell.good("workload", archive, "--layers", table, "--net", "mine", "--target", "edge", "--leak", "none");
        assertTrue(text.startsWith("mine on target edge, leak none; each layer by itself, potentials not computed\n"), text);
        assertTrue(text.contains("\nall layers: "), text);
        String wide = Shell.good("workload", archive, "--layers", table, "--net", "wide");
        assertTrue(wide.contains("\nall but 1 layers: "), wide);
        assertTrue(wide.contains("\nconv does not fit: layer conv: shape 5000x8x8 passes 4096 channels"), wide);
    }

    @Test
    void sweepsOfTheLeakTakeCycles() {
        Json.Obj with = (Json.Obj) JsonParser.parse(Shell.good("workload", archive, "--layers", table, "--json"));
        Json.Obj without = (Json.Obj) JsonParser.parse(Shell.good("workload", archive, "--layers", table, "--leak", "none", "--json"));
        assertTrue(number(with, "cycles") > number(without, "cycles"));
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        assertEquals("metronome: the layers that ship: no network \"mine\", expected one of lenet5_mnist, vgg9_cifar10\n",
                Shell.bad(1, "workload", archive));
        assertEquals("metronome: " + table + ": no network \"mini\", expected one of mine, wide; did you mean mine?\n",
                Shell.bad(1, "workload", archive, "--layers", table, "--net", "mini"));
        assertTrue(Shell.bad(1, "workload", archive, "--net", "vgg9_cifar10").contains(archive
                + ": vgg9_cifar10 has spikes of 2 layers (0, 1), the table 9 ("));
        assertEquals("metronome: " + archive + ": no trace, which alone has images by number\n", Shell.bad(1, "workload", archive, "--image", 0));
        assertTrue(Shell.bad(1, "workload", table, "--net", "vgg9_cifar10").contains(table + ": cannot be read as zip: "));
    }
}
