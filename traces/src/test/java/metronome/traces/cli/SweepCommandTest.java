package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are the points of a sweep what evaluate and ops say of each code? */
class SweepCommandTest {
    @TempDir
    private Path directory;

    private static double number(Json json, String... keys) {
        Json at = json;
        for (String key : keys) {
            at = ((Json.Obj) at).get(key).orElseThrow();
        }
        return ((Json.Num) at).value();
    }

    @Test
    void pointsAreWhatEvaluateAndOpsSay() throws Exception {
        Path network = directory.resolve("d.safetensors");
        metronome.core.network.NetworkFile.write(network, metronome.core.network.ZooWeights.load("digits",
                metronome.core.network.ZooWeights.Kind.DNN));
        Json sweep = JsonParser.parse(Shell.good("sweep", network, "--dataset", "digits", "--images", 150, "--over-steps",
                "6,16", "--over-time-constants", "2,4", "--operation-images", 2, "-o", directory, "--json"));
        Json evaluated = JsonParser.parse(Shell.good("evaluate", network, "--dataset", "digits", "--images", 150, "--as",
                "staircase", "--steps", 16, "--time-constant", 4, "--json"));
        List<Json> points = ((Json.Arr) ((Json.Obj) sweep).get("points").orElseThrow()).items();
        assertEquals(4, points.size());
        assertEquals(number(evaluated, "accuracy", "top_1"), number(points.get(3), "accuracy", "top_1"));
        Json ops = JsonParser.parse(Shell.good("ops", network, "--dataset", "digits", "--images", 2, "--steps", 16,
                "--time-constant", 4, "--json"));
        Json total = ((Json.Arr) ((Json.Obj) ops).get("layers").orElseThrow()).items().getLast();
        assertEquals(number(total, "tdsnn_event", "total"), number(points.get(3), "operations_event"));
        assertEquals(number(total, "tdsnn_clock", "total"), number(points.get(3), "operations_clock"));
        assertEquals(number(total, "dnn_dense", "total"), number(sweep, "operations_dnn"));
        String command = ((Json.Str) ((Json.Obj) ((Json.Obj) sweep).get("provenance").orElseThrow()).get("command").orElseThrow()).value();
        assertTrue(command.contains("--over-steps 6,16 --over-time-constants 2.0,4.0"), command);
        // Two convolutions, two resetting max-pools and two dense layers, each a window behind what it reads.
        assertEquals(6 * 16, number(points.get(3), "latency_steps"));
        List<String> csv = Files.readAllLines(directory.resolve("sweep.csv"));
        assertEquals(5, csv.size());
        assertTrue(csv.getFirst().startsWith("steps,time_constant_steps,latency_steps,top_1,operations_event"), csv.getFirst());
        String page = Files.readString(directory.resolve("sweep.html"));
        assertTrue(page.contains("top-1 accuracy, %") && page.contains("T 16, L 4"), "page");
    }
}
