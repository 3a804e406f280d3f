package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does retrain write a network that evaluate judges as it said, and refuse what it cannot train? */
class RetrainCommandTest {
    @TempDir
    private Path directory;

    private static double of(String json, String key) {
        Json.Obj accuracy = (Json.Obj) ((Json.Obj) JsonParser.parse(json)).get("accuracy").orElseThrow();
        return ((Json.Num) accuracy.get(key).orElseThrow()).value();
    }

    private static String told(List<Object> line, int threads) {
        return Shell.good(Stream.concat(line.stream(), Stream.of(threads)).toArray());
    }

    @Test
    void evaluateJudgesTheResultAsItWasToldToBe() throws Exception {
        Path file = directory.resolve("s.safetensors");
        List<Object> line = List.of("retrain", "digits", "--training-images", 4000, "--held-out", 20, "--rate", 0.02, "--epochs", 4,
                "--steps", 3,
                "--time-constant", 1, "--json", "-o", file, "--threads");
        String told = told(line, 2);
        assertTrue(of(told, "retrained") > of(told, "converted"), told);
        assertEquals(of(told, "retrained"), of(Shell.good("evaluate", file, "--dataset", "digits", "--json"), "top_1"));
        assertEquals(of(told, "dnn"), of(Shell.good("evaluate", "digits", "--json"), "top_1"));
        byte[] first = Files.readAllBytes(file);
        assertEquals(told, told(line, 1));
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    @Test
    void refusesWhatCannotBeTrained() {
        Path colours = directory.resolve("colours.safetensors");
        NetworkFile.write(colours, NetworkBuilder.chain("colours", new Shape(3, 28, 28)).dense("fc", 10).build());
        assertTrue(Shell.bad(1, "retrain", colours, "--dataset", "digits").contains("its input is of 3x28x28"));
        assertTrue(Shell.bad(1, "retrain", colours, "--dataset", directory).contains("no recipe for data set"));
        assertTrue(Shell.bad(2, "retrain", "digits", "--held-out", "95").contains("--held-out must be a number in (0, 90]"));
    }
}
