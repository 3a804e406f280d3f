package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the command compare all kinds on the same images, and say the same whatever the number of threads? */
class RivalsCommandTest {
    private static final Workshop SHOP = Workshop.shared();
    private static final List<Object> SMALL = List.of("rivals", "--weights", SHOP.weights(), "--images", 6, "--images-machine", 2,
            "--images-choice", 8, "--most-steps", 12, "--units", "1,2", "--percentiles", "99", "--levels", "1,3");

    @TempDir
    private Path directory;

    private static String rivals(Object... more) {
        List<Object> words = new ArrayList<>(SMALL);
        words.addAll(List.of(more));
        return Shell.good(words.toArray());
    }

    @Test
    void comparesAllKinds() throws Exception {
        String json = rivals("--threads", 1, "--json", "-o", directory);
        assertEquals(json, rivals("--threads", 2, "--json"));
        assertEquals(json, Files.readString(directory.resolve("rivals.json")));
        String page = Files.readString(directory.resolve("rivals.html"));
        Json.Obj result = (Json.Obj) JsonParser.parse(json);
        List<Json> rows = ((Json.Arr) result.get("rows").orElseThrow()).items();
        List<String> names = rows.stream().map(r -> text(r, "name")).toList();
        assertEquals(List.of("DNN, tensor core", "DNN, skipping zeros", "rate", "rate, LIF array", "TTFS", "TTFS, LIF array",
                "TTFS, dynamic threshold", "TTFS, dynamic threshold, LIF array", "TTFS, clamped", "TTFS, clamped, LIF array", "TDSNN, LIF array"), names);
        for (Json row : rows) {
            boolean dnn = text(row, "name").startsWith("DNN");
            assertTrue(page.contains(">" + text(row, "name") + "<"), text(row, "name"));
            assertTrue(number(row, "accuracy") >= 0 && number(row, "accuracy") <= 1);
            assertTrue(dnn == (number(row, "steps") == 0));
            assertTrue(!dnn || number(row, "spikes_per_neuron") == 0);
            assertTrue(number(row, "operations") == 0 || dnn || number(row, "spikes_per_neuron") > 0, text(row, "name"));
            assertTrue(!text(row, "name").startsWith("TTFS") || number(row, "spikes_per_neuron") <= 1);
            boolean runs = text(row, "name").contains("array") || text(row, "name").contains("core");
            assertEquals(runs ? 1 : 0, ((Json.Arr) ((Json.Obj) row).get("machine").orElseThrow()).items().size(), text(row, "name"));
            for (Json cost : ((Json.Arr) ((Json.Obj) row).get("machine").orElseThrow()).items()) {
                assertTrue(number(cost, "cycles") > 0 && number(cost, "energy_low_pJ") < number(cost, "energy_pJ"));
                assertEquals(0, number(cost, "differing"), text(row, "name"));
            }
        }
        assertEquals(2, page.split("<svg", -1).length - 1);
    }

    @Test
    void printsATable() {
        assertTrue(rivals().contains("TTFS, dynamic threshold"));
    }

    private static double number(Json object, String key) {
        return ((Json.Num) ((Json.Obj) object).get(key).orElseThrow()).value();
    }

    private static String text(Json object, String key) {
        return ((Json.Str) ((Json.Obj) object).get(key).orElseThrow()).value();
    }
}
