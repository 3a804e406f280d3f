package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import metronome.traces.workload.Arrays01;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a user get the part that the options name, and a message where there is none? */
class TraceCutCommandTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path folder;
    private Path trace;
    private Path part;

    @BeforeEach
    void make() throws IOException {
        Path text = Files.writeString(folder.resolve("s.csv"), "image,layer,neuron,step\n0,0,5,0\n0,1,2,3\n1,1,0,1\n1,1,0,0\n2,0,1,1\n");
        trace = folder.resolve("a.mtt");
        part = folder.resolve("part.mtt");
        Shell.good("trace", "import", text, "--from", "csv", "--shapes", "1x2x3,4x1x1", "-o", trace);
    }

    private String cut(Object... options) {
        return Shell.good(Workshop.words(new String[] {"trace", "cut", trace.toString(), "-o", part.toString()}, options));
    }

    private static void contains(String text, String part) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void optionsSelect() {
        contains(cut("--images", "1:"), "images 1 to 2, 2 of them whole\n");
        contains(cut("--images", ":1"), "images 0 to 1, 2 of them whole\n");
        String one = cut("--images", "1", "--layers", "layer1");
        contains(one, "image 1, whole\n");
        contains(one, "\ncut to   layers layer1\n");
        contains(one, "\nspikes       1       2 ");
        assertEquals(one, Shell.good("trace", "info", part));
        assertFalse(cut("--streams", "spikes").contains("cut to"));
        assertEquals("metronome: " + trace + ": the trace has no cycles: no hardware was modelled\n",
                Shell.bad(1, "trace", "cut", trace, "-o", part, "--cycles", "1:"));
    }

    @Test
    void aCutTraceDrivesNothing() {
        cut("--layers", "input");
        assertEquals("metronome: " + part + ": the trace is cut to layers input, expected a whole one\n",
                Shell.bad(1, "plain", "random", "--for", part, "-o", folder.resolve("net")));
    }

    @Test
    void aLayerThatIsCalledLikeANumberIsMeantByIt() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("1", Arrays01.npy("(2, 3)", new byte[] {1, 0, 0, 1, 1, 0}));
        arrays.put("0", Arrays01.npy("(2, 2)", new byte[] {0, 1, 0, 0}));
        Path named = folder.resolve("named.mtt");
        Shell.good("trace", "import", Arrays01.zip(folder.resolve("n.npz"), arrays), "--from", "npz", "-o", named);
        contains(Shell.good("trace", "cut", named, "--layers", "0", "-o", part), "\nspikes       1       1 ");
        contains(Shell.good("trace", "cut", named, "--layers", "1", "-o", part), "\nspikes       1       3 ");
    }

    @Test
    void aTraceOfOneImageAndLayerHasNoRanges() throws IOException {
        Path text = Files.writeString(folder.resolve("one.csv"), "image,layer,neuron,step\n0,0,5,0\n");
        Path one = folder.resolve("one.mtt");
        Shell.good("trace", "import", text, "--from", "csv", "--shapes", "1x2x3", "-o", one);
        for (String layer : new String[] {"1", "conv"}) {
            assertEquals("metronome: " + one + ": the trace has no layer \"" + layer + "\", expected input, its only layer, or 0\n",
                    Shell.bad(1, "trace", "cut", one, "-o", part, "--layers", layer));
        }
        assertEquals("metronome: " + one + ": the trace has image 0 only, none of 1 and later\n",
                Shell.bad(1, "trace", "cut", one, "-o", part, "--images", "1:"));
        Files.writeString(text, "image,layer,neuron,step\n0,1,5,0\n");
        assertEquals("metronome: " + text + ":2: layer must be 0, as there is no other: 1\n",
                Shell.bad(1, "trace", "import", text, "--from", "csv", "--shapes", "1x2x3", "-o", part));
    }

    /** Images are whole in a part; layers and cycles are not. */
    @Test
    void aCutTraceIsNotReplayed() {
        Path network = SHOP.file("spiking.safetensors");
        Path whole = folder.resolve("whole.mtt");
        Shell.good("trace", "record", "--images", 2, "-o", whole, "--network", network);
        Shell.good("trace", "cut", whole, "--images", 1, "-o", part);
        contains(Shell.good("trace", "replay", part, "--network", network, "--json"), "\"images\": 1");
        contains(Shell.good("trace", "cut", whole, "--cycles", "1:", "-o", part), "\ncut to   cycles 1 and later\n");
        contains(Shell.good("trace", "info", part, "--json"), "\"first_cycle\": 1");
        Shell.good("trace", "cut", whole, "--cycles", "0:5000", "-o", part);
        assertEquals("metronome: " + part + ": the trace is cut to cycles 0 to 5000, expected a whole one\n",
                Shell.bad(1, "trace", "replay", part, "--network", network));
    }

    @Test
    void whatCannotBeSelectedIsRefused() {
        String err = Shell.bad(1, "trace", "cut", trace, "-o", part, "--images", "3:4");
        assertEquals("metronome: " + trace + ": the trace has images 0 to 2, none of 3 to 4\n", err);
        Object[] others = {"instructions,energy,stalls", "energy,dram,stalls,instructions", "dram,energy", "energy,stalls"};
        for (Object streams : others) {
            assertEquals("metronome: " + trace + ": the trace has no " + (streams.toString().contains("instructions") ? "instructions" : streams.equals("dram,energy")
                    ? "dram" : "stalls") + ", expected among spikes, layers\n", Shell.bad(1, "trace", "cut", trace, "-o", part, "--streams", streams));
        }
        for (String number : new String[] {"-1", "2", "1.5", "+2", "99999999999"}) {
            assertEquals("metronome: " + trace + ": the trace has no layer \"" + number + "\", expected a number from 0 (input) to 1 (layer1)\n",
                    Shell.bad(1, "trace", "cut", trace, "-o", part, "--layers", number));
        }
        assertEquals("metronome: " + trace + ": the trace has no layer \"layer2\", expected one of input, layer1, or a number from 0 to 1; did you mean "
                + "layer1?\n", Shell.bad(1, "trace", "cut", trace, "-o", part, "--layers", "layer2"));
        assertEquals("metronome: " + trace + ": the trace has no layer \"0:1\", expected one of input, layer1, or a number from 0 to 1, several with commas "
                + "between them\n", Shell.bad(1, "trace", "cut", trace, "-o", part, "--layers", "0:1"));
        for (String span : new String[] {"3:1", ":", "", "a:b", "1:2:3", "-1:2", "9007199254740992", "1.5"}) {
            contains(Shell.bad(2, "trace", "cut", trace, "-o", part, "--cycles", span), "--cycles must be A:B, A:, :B or A, whole numbers in ");
        }
        String[] export = {"trace", "export", SHOP.file("spikes.mtt").toString(), "--to", "csv", "-o", part.toString(), "--cycles", "9000000:"};
        for (String[] command : new String[][] {export, {"trace", "cut", export[2], "-o", part.toString(), "--cycles", "9000000:"},
            {"trace", "diff", export[2], export[2], "--cycles", "9000000:"}}) {
            err = Shell.bad(1, (Object[]) command);
            assertTrue(err.matches("metronome: \\Q" + export[2] + "\\E: the trace has cycles 0 to \\d+ in images 0 to 1, none of 9000000 and later\n"), err);
        }
        contains(Shell.bad(2, "trace", "cut", trace, "--streams", "layers"), "--streams must be ");
        assertFalse(Files.exists(part));
    }
}
