package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.json.JsonParser;
import metronome.core.json.ObjectReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command gemm: what it prints and writes, and what it refuses. */
class GemmCommandTest {
    private static final String CFG = """
            [general]
            run_name = mine
            [architecture_presets]
            ArrayHeight: 4
            ArrayWidth: 3
            IfmapSramSzkB: 1
            FilterSramSzkB: 1
            OfmapSramSzkB: 2
            Dataflow: ws
            Bandwidth: 10
            """;

    @TempDir
    private Path directory;
    private Path topology;

    @BeforeEach
    void layer() throws Exception {
        topology = Files.writeString(directory.resolve("t.csv"), "Layer,M,N,K,\nfirst,9,4,10,\n");
    }

    private ObjectReader json(Object... more) {
        Object[] words = new Object[more.length + 4];
        words[0] = "gemm";
        words[1] = "--topology";
        words[2] = topology;
        words[3] = "--json";
        System.arraycopy(more, 0, words, 4, more.length);
        return ObjectReader.of(JsonParser.parse(Shell.good(words)), "");
    }

    private static long cycles(ObjectReader json) {
        return json.objects("layers").getFirst().integer("cycles", 0, Long.MAX_VALUE);
    }

    @Test
    void writesTheReportOfScaleSim() throws Exception {
        Path out = directory.resolve("out");
        String text = Shell.good("gemm", "--topology", topology, "--array", "4x3", "--dataflow", "os", "--counting",
                "scalesim", "-o", out);
        assertEquals("""
                LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, \
                Compute Util %,
                0, 89, 89, 0, 33.70786516853933, 50.0, 33.33333333333333,
                """.replace("33.33333333333333,", 100 * (360 / 1080.0) + ","),
                Files.readString(out.resolve("COMPUTE_REPORT.csv")));
        assertTrue(text.startsWith("4x3 cells, os, counting scalesim, no memory stalls\n"), text);
        assertTrue(text.endsWith("\n89 cycles in all\n"), text);
    }

    @Test
    void everyCountingAndDataflow() {
        assertEquals(89, cycles(json("--array", "4x3", "--counting", "scalesim")));
        assertEquals(6 * 19, cycles(json("--array", "4x3", "--counting", "causal")));
        assertEquals(5 * 10 + 19, cycles(json("--array", "4x3", "--counting", "double-buffered")));
        assertEquals(3 * 2 * 18 - 1, cycles(json("--array", "4x3", "--dataflow", "ws", "--counting", "scalesim")));
        assertEquals(3 * 3 * 13, cycles(json("--array", "4x3", "--dataflow", "is", "--counting", "causal")));
    }

    @Test
    void theTargetSaysWhatTheCommandLineDoesNot() throws Exception {
        ObjectReader preset = json();
        assertEquals("causal", preset.string("counting"));
        assertEquals(16, preset.integer("rows", 1, 1024));
        Path cfg = Files.writeString(directory.resolve("scale.CFG"), CFG);
        ObjectReader read = json("--target", cfg);
        assertEquals("ws", read.string("dataflow"));
        assertEquals(3 * 2 * 18, cycles(read));
        Path shadow = Files.writeString(directory.resolve("t.json"), "{\"tensor\": {\"shadow_registers\": \"yes\"}}");
        assertEquals("double-buffered", json("--target", shadow).string("counting"));
    }

    @Test
    void checkingAConfigurationTellsWhatIsIgnored() throws Exception {
        Path cfg = Files.writeString(directory.resolve("scale.cfg"), CFG);
        String out = Shell.good("target", "check", cfg);
        assertTrue(out.startsWith("mine: good, hash "), out);
        assertTrue(out.endsWith("\nwithout a counterpart: Bandwidth\n"), out);
        assertTrue(Shell.good("target", "show", cfg).contains("\"blocks\": 48"), "3 kB in blocks of 64 B");
    }

    @Test
    void refusesInWordsAndWritesNothing() throws Exception {
        assertTrue(Shell.bad(2, "gemm").contains("needs --topology FILE.csv"));
        for (String array : new String[] {"0x4", "4x1025", "4", "4x", "x4", "-1x2", "4X4", "99999x1"}) {
            assertTrue(Shell.bad(2, "gemm", "--topology", topology, "--array", array)
                    .contains("--array must be ROWSxCOLUMNS, both in [1, 1024]: " + array));
        }
        assertTrue(Shell.bad(2, "gemm", "--topology", topology, "--counting", "causl").contains("did you mean causal?"));
        assertTrue(Shell.bad(2, "gemm", "--topology", topology, "--dataflow", "rs").contains("one of os, ws, is: rs"));
        Path bad = Files.writeString(directory.resolve("bad.csv"), "Layer,M,N,K\na,1,0,1\n");
        Path out = directory.resolve("none");
        String err = Shell.bad(1, "gemm", "--topology", bad, "-o", out);
        assertEquals("metronome: N must be a whole number in [1, 16777216]: \"0\" (" + bad + ":2:5)", err.strip());
        assertFalse(Files.exists(out));
        Path cfg = Files.writeString(directory.resolve("bad.cfg"), CFG.replace("ws", "rs").replace("ArrayWidth", "Arraywidht"));
        err = Shell.bad(1, "gemm", "--topology", topology, "--target", cfg);
        assertEquals(3, err.lines().count(), err);
        assertTrue(err.contains("did you mean ArrayWidth?") && err.contains("bad.cfg:9:11"), err);
    }
}
