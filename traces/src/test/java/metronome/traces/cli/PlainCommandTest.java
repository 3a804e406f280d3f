package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Can a user compile and run a plain network from its file, and is what does not fit together refused in words? */
class PlainCommandTest {
    @TempDir
    private Path directory;
    private Path network;
    private Path input;
    private Path program;

    @BeforeEach
    void make() {
        network = directory.resolve("plain.safetensors");
        input = directory.resolve("in.csv");
        program = directory.resolve("plain.mtp");
        Shell.good("plain", "random", "--layers", 2, "--neurons", 40, "--last-step", 9, "-o", network, "--input", input);
        Shell.good("compile", network, "-o", program);
    }

    private static Json.Obj json(String text) {
        return (Json.Obj) JsonParser.parse(text);
    }

    @Test
    void aPlainNetworkRunsAsItsOracleSays() throws Exception {
        String text = Shell.good("simulate", program, "--network", network, "--input", input, "--engine", "both", "--json");
        Json.Obj result = json(text);
        assertEquals("0", ((Json.Num) result.get("mismatches").orElseThrow()).text());
        assertEquals("9", ((Json.Num) result.get("steps").orElseThrow()).text());
        String table = Shell.good("simulate", program, "--network", network, "--input", input);
        assertTrue(table.contains("dense on " + input + ", target default, steps 0 to 9; 0 differences from the oracle"), table);
    }

    @Test
    void randomSpikesComeFromRateAndSeed() {
        String one = Shell.good("simulate", program, "--network", network, "--rate", 0.3, "--seed", 5);
        assertEquals(one, Shell.good("simulate", program, "--network", network, "--rate", 0.3, "--seed", 5));
        assertFalse(one.equals(Shell.good("simulate", program, "--network", network, "--rate", 0.3, "--seed", 6)));
        assertTrue(one.contains("random spikes of rate 0.3, seed 5"), one);
    }

    @Test
    void theSameSeedMakesTheSameNetwork() throws Exception {
        Path other = directory.resolve("other.safetensors");
        Shell.good("plain", "random", "--layers", 2, "--neurons", 40, "--last-step", 9, "-o", other);
        assertArrayEquals(Files.readAllBytes(network), Files.readAllBytes(other));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertTrue(Shell.bad(2, "simulate", program).contains("needs --network"));
        assertTrue(Shell.bad(2, "simulate", program, "--network", network, "--images", 3).contains("--images is not for"));
        assertTrue(Shell.bad(2, "compile", network, "--spikes", "dram").contains("--spikes is not for a plain network"));
        Path other = directory.resolve("other.safetensors");
        Shell.good("plain", "random", "--layers", 1, "--neurons", 40, "--last-step", 9, "-o", other);
        assertTrue(Shell.bad(1, "simulate", program, "--network", other).contains(other
                + ": the program is of another network"));
        assertTrue(Shell.bad(1, "simulate", program, "--network", program).contains("plain.mtp"));
        assertTrue(Shell.bad(1, "compile", network, "--target", "tinyodin").contains("lif.weight_bits"));
    }

    @Test
    void anInputThatDoesNotFitIsRefused() throws Exception {
        Files.writeString(input, "step,neuron\n0,40\n");
        assertEquals("metronome: " + input + ":2: neuron must be a whole number in [0, 39]: 40", Shell.bad(1, "simulate",
                program, "--network", network, "--input", input).strip());
    }

    @Test
    void onlyPlainNetworksTakeSpikeTrains() {
        Workshop shop = Workshop.shared();
        assertTrue(Shell.bad(2, "simulate", shop.file("program.mtp"), "--network", shop.file("spiking.safetensors"), "--rate",
                0.2).contains("--rate is for the program of a plain network"));
    }

    @Test
    void itsSpikesAreReplayedOnAnotherTarget() {
        Path trace = directory.resolve("plain.mtt");
        Shell.good("trace", "record", "--network", network, "--input", input, "-o", trace);
        Shell.good("compile", network, "--target", "edge", "-o", program);
        String full = Shell.good("simulate", program, "--network", network, "--input", input, "--target", "edge", "--json");
        String replayed = Shell.good("trace", "replay", trace, "--network", network, "--target", "edge", "--json");
        assertEquals(json(full).get("machine").map(JsonWriter::compact), json(replayed).get("machine").map(JsonWriter::compact));
    }

    @Test
    void spikesAreNotReplayedWithAnotherLeak() throws Exception {
        Workshop shop = Workshop.shared();
        Path lazy = Files.writeString(directory.resolve("lazy.json"), "{\"lif\": {\"leak\": \"lazy\"}}");
        assertTrue(Shell.bad(1, "trace", "replay", shop.file("spikes.mtt"), "--network", shop.file("spiking.safetensors"), "--target",
                lazy).contains("spikes.mtt: the trace is of potentials with an eager leak, the target has a lazy leak by a table "
                + "of 16 powers"));
        Path record = directory.resolve("lazy.mtt");
        Shell.good("trace", "record", "--network", shop.file("spiking.safetensors"), "--images", 1, "--target", lazy, "-o", record);
        Shell.good("trace", "replay", record, "--network", shop.file("spiking.safetensors"), "--target", lazy);
        assertTrue(Shell.bad(1, "trace", "replay", record, "--network", shop.file("spiking.safetensors")).contains("an eager leak"));
    }
}
