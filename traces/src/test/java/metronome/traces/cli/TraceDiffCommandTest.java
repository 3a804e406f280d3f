package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the exit code tell whether traces are equal, and the text where they are not? */
class TraceDiffCommandTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path folder;

    private Path imported(String name, String... spikes) throws IOException {
        Path text = Files.writeString(folder.resolve("s.csv"), "image,layer,neuron,step\n" + String.join("\n", spikes) + "\n");
        Path trace = folder.resolve(name);
        Shell.good("trace", "import", text, "--from", "csv", "--shapes", "1x2x3,4x1x1", "-o", trace);
        return trace;
    }

    private Path recorded(String name, Object... options) {
        Path trace = folder.resolve(name);
        Shell.good(Workshop.words(new String[] {"trace", "record", "--images", "2", "-o", trace.toString(), "--network",
            SHOP.file("spiking.safetensors").toString()}, options));
        return trace;
    }

    @Test
    void equalIsZeroAndDifferentIsOne() throws IOException {
        Path a = imported("a.mtt", "0,0,5,0", "0,1,2,3");
        Path same = imported("same.mtt", "0,1,2,3", "0,0,5,0");
        assertEquals("spikes: 2 events, equal\nlayers: 2 events, equal\n", Shell.good("trace", "diff", a, same));
        Path other = imported("other.mtt", "0,0,5,0", "0,1,1,3");
        Shell shell = Shell.run("trace", "diff", a, other);
        assertEquals(1, shell.code());
        assertEquals("metronome: " + a + " and " + other + " differ\n", shell.err());
        assertEquals("""
                spikes: image 0 differs from its event 0 on in layer layer1 (1 events equal)
                < cycle 0: layer1 neuron 2 at step 3
                > cycle 0: layer1 neuron 1 at step 3
                layers: 2 events, equal
                """, shell.out());
        Shell json = Shell.run("trace", "diff", a, other, "--json", "--spikes", "--context", 0);
        assertEquals(1, json.code());
        assertEquals("""
                {"equal":false,"header":[],"streams":[{"stream":"spikes","equal_events":1,"first":{"image":0,"event":0,"before":[],\
                "left":[{"layer":"layer1","step":3,"neuron":2}],"right":[{"layer":"layer1","step":3,"neuron":1}]}}]}""",
                JsonWriter.compact(JsonParser.parse(json.out())));
        assertTrue(Shell.good("trace", "diff", a, same, "--json").startsWith("{\n  \"equal\": true,\n"));
        assertEquals("spikes: 1 events, equal\nlayers: 2 events, equal\n", Shell.good("trace", "diff", a, other, "--layers", "input"));
    }

    @Test
    void theMachineSpikesAsItsOracleAndOtherTargetsDo() {
        Path machine = recorded("machine.mtt", "--streams", "spikes,stalls");
        Path oracle = recorded("oracle.mtt", "--from", "oracle");
        String text = Shell.good("trace", "diff", machine, oracle, "--spikes");
        assertTrue(text.startsWith("header: source\n< \"machine\"\n> \"oracle\"\n"), text);
        assertTrue(text.matches("(?s).*\\nspikes: [\\d,]{5,} events, equal\\n"), text);
        Path edge = recorded("edge.mtt", "--target", "edge");
        assertTrue(Shell.good("trace", "diff", machine, edge, "--spikes").contains("\nheader: target_sha256\n"));
        Shell cycles = Shell.run("trace", "diff", machine, edge, "--context", 0);
        assertEquals(1, cycles.code());
        assertTrue(cycles.out().matches("(?s).*\\nspikes: image 0 differs from its event \\d+ on in layer \\w+ \\([\\d,]+ events equal\\)\\n< cycle .*\\n> "
                + "cycle .*\\nlayers: image 0 differs .*"), cycles.out());
    }

    @Test
    void badCommandLinesAndFilesAreRefused() throws IOException {
        Path a = imported("a.mtt", "0,0,5,0");
        assertTrue(Shell.bad(2, "trace", "diff", a).contains("needs B"));
        assertTrue(Shell.bad(2, "trace", "diff", a, a, "--spikes", "--cycles", "1:2").contains("--cycles does not go with --spikes"));
        Path damaged = folder.resolve("b.mtt");
        byte[] bytes = Files.readAllBytes(a);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        assertTrue(Shell.bad(1, "trace", "diff", a, damaged).startsWith("metronome: " + damaged + ": damaged "));
    }
}
