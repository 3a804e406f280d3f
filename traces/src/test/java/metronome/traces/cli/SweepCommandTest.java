package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Correction;
import metronome.core.calibration.InputForm;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.network.ZooWeights;
import metronome.traces.report.SweepResult;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are the points of a sweep what evaluate and ops say of each setting, and is the best chosen by the right images? */
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
        NetworkFile.write(network, ZooWeights.load("digits", ZooWeights.Kind.DNN));
        Json sweep = JsonParser.parse(Shell.good("sweep", network, "--dataset", "digits", "--images", 150, "--choose-by", "test",
                "--over-steps", "6,16", "--over-time-constants", "2,4", "--operation-images", 2, "-o", directory, "--json"));
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
        assertTrue(csv.getFirst().startsWith("steps,time_constant_steps,percentile,latency_steps,top_1,operations_event"), csv.getFirst());
        String page = Files.readString(directory.resolve("sweep.html"));
        assertTrue(page.contains("top-1 accuracy, %") && page.contains("T 16, L 4"), "page");
    }

    private static Json member(Json of, String key) {
        return ((Json.Obj) of).get(key).orElseThrow();
    }

    /** What chooses are training images behind those that calibrate: the test images only say what became of it. */
    @Test
    void trainingImagesChooseAndTestImagesJudge() throws Exception {
        Path network = directory.resolve("d.safetensors");
        Network dnn = ZooWeights.load("digits", ZooWeights.Kind.DNN);
        NetworkFile.write(network, dnn);
        Json sweep = JsonParser.parse(Shell.good("sweep", network, "--dataset", "digits", "--images", 80, "--images-choice", 120,
                "--calibration", 60, "--over-steps", "3,5,8", "--over-time-constants", "2", "--over-percentiles", "90,99",
                "--operation-images", 0, "--json"));
        Samples training = StrokeDigits.dataset(1, 180, 1).training();
        List<Json> points = ((Json.Arr) member(sweep, "points")).items();
        List<Integer> right = new ArrayList<>();
        for (Json point : points) {
            Calibration calibration = new Calibration(new TemporalCode(2, (int) number(point, "steps"), Rounding.HALF_STEP,
                    ZeroPolicy.SILENT), InputForm.TENSOR, number(point, "percentile"), Correction.BIASES);
            double accuracy = calibration.of(dnn, training.first(60).tensor(), 2).prepared().accuracy(training.range(60, 180), 2);
            assertEquals(accuracy, number(point, "accuracy", "top_1"), 1e-12, point.toString());
            right.add((int) Math.round(120 * accuracy));
        }
        assertEquals(6, points.size());
        assertEquals(120, number(sweep, "images"));
        assertEquals("training", ((Json.Str) member(sweep, "chosen_by")).value());
        int chosen = (int) number(sweep, "chosen", "point");
        assertEquals(right.indexOf(Collections.max(right)), chosen, right.toString());
        assertTrue(Collections.min(right) < Collections.max(right), right.toString());
        Json best = points.get(chosen);
        Json evaluated = JsonParser.parse(Shell.good("evaluate", network, "--dataset", "digits", "--images", 80, "--calibration", 60,
                "--as", "staircase", "--steps", (int) number(best, "steps"), "--time-constant", 2, "--percentile",
                number(best, "percentile"), "--json"));
        assertEquals(number(evaluated, "accuracy", "top_1"), number(sweep, "chosen", "accuracy", "top_1"));
        assertEquals(80, number(sweep, "chosen", "images"));
    }

    private static SweepResult.Point point(double accuracy, int latency) {
        return new SweepResult.Point(8, 2, 99, latency, Map.of("top_1", accuracy), 0, 0);
    }

    @Test
    void ofEquallyGoodSettingsTheFastestIsChosen() {
        assertEquals(2, SweepResult.best(List.of(point(0.8, 10), point(0.9, 30), point(0.9, 20), point(0.9, 20), point(0.7, 5))));
    }

    /** Photographs have no training images: what does not calibrate is all that can choose. */
    @Test
    void withoutTrainingImagesTestImagesChoose() throws Exception {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path network = directory.resolve("p.safetensors");
        NetworkFile.write(network, NetworkBuilder.chain("p", new Shape(3, 8, 8)).dense("h", 4).rectifier("r").dense("d", 1000).build());
        Object[] words = {"sweep", network, "--dataset", Path.of(data, "imagenet-samples"), "--calibration", 1, "--images", 3,
            "--over-steps", "8", "--over-time-constants", "2"};
        String text = Shell.good(words);
        assertTrue(text.contains("on imagenet-samples, 3 test images") && text.contains("chosen by test images: T 8, L 2, 99.9 %; of 3 test"),
                text);
        String message = Shell.bad(1, Stream.concat(Stream.of(words), Stream.of("--choose-by", "training")).toArray());
        assertTrue(message.contains("has 0 training images and 1 calibrate, expected more to choose by"), message);
    }
}
