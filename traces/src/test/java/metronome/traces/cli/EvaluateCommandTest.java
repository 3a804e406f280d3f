package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.data.DataSets;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.network.ZooWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is the accuracy that evaluate prints that of the models, and is what cannot be judged refused? */
class EvaluateCommandTest {
    @TempDir
    private Path directory;

    private static double top(String json, String key) {
        Json.Obj accuracy = (Json.Obj) ((Json.Obj) JsonParser.parse(json)).get("accuracy").orElseThrow();
        return ((Json.Num) accuracy.get(key).orElseThrow()).value();
    }

    private static Samples digits(int count) {
        return StrokeDigits.dataset(DataSets.DIGITS_SEED, 0, count).test();
    }

    @Test
    void formsOfTheShippedNetworkAreTheModels() {
        Network dnn = ZooWeights.load("digits", ZooWeights.Kind.DNN);
        Network staircase = ZooWeights.load("digits", ZooWeights.Kind.STAIRCASE);
        assertEquals(Inference.of(dnn).accuracy(digits(300), 1), top(Shell.good("evaluate", "digits", "--images", 300, "--json"), "top_1"));
        assertEquals(Inference.of(staircase).accuracy(digits(300), 1),
                top(Shell.good("evaluate", "digits", "--as", "staircase", "--images", 300, "--json"), "top_1"));
        String run = Shell.good("run", "--images-functional", 60, "--images-machine", 1, "--json");
        Json.Obj accuracy = (Json.Obj) ((Json.Obj) JsonParser.parse(run)).get("accuracy").orElseThrow();
        for (String form : new String[] {"spiking", "fixed"}) {
            String json = Shell.good("evaluate", "digits", "--as", form, "--images", 60, "--json");
            String key = form.equals("fixed") ? "spiking_fixed" : "spiking_double";
            assertEquals(((Json.Num) accuracy.get(key).orElseThrow()).value(), top(json, "top_1"), form);
            assertTrue(json.contains("evaluate --seed 1") && json.contains("lenet --dataset digits --as " + form + " --images 60"), json);
        }
    }

    @Test
    void aFileIsJudgedAsWhatItIs() {
        Path file = directory.resolve("s.safetensors");
        NetworkFile.write(file, ZooWeights.load("digits", ZooWeights.Kind.STAIRCASE));
        String text = Shell.good("evaluate", file, "--dataset", "digits", "--images", 100);
        assertTrue(text.contains(" on digits as staircase, 100 images of 10 classes\ntop-1 "), text);
        String one = Shell.good("evaluate", file, "--dataset", "digits", "--images", 100, "--threads", 1, "--json");
        assertEquals(one, Shell.good("evaluate", file, "--dataset", "digits", "--images", 100, "--threads", 2, "--json"));
    }

    @Test
    void refusesWhatCannotBeJudged() {
        Path staircase = directory.resolve("s.safetensors");
        NetworkFile.write(staircase, ZooWeights.load("digits", ZooWeights.Kind.STAIRCASE));
        Path dnn = directory.resolve("d.safetensors");
        NetworkFile.write(dnn, ZooWeights.load("digits", ZooWeights.Kind.DNN));
        Path two = directory.resolve("two.safetensors");
        NetworkFile.write(two, NetworkBuilder.chain("two", new Shape(1, 28, 28)).dense("fc", 2).build());
        Path colours = directory.resolve("colours.safetensors");
        NetworkFile.write(colours, NetworkBuilder.chain("colours", new Shape(3, 28, 28)).dense("fc", 10).build());
        refused("has staircases, expected none of a DNN", staircase, "--dataset", "digits", "--as", "dnn");
        refused("it has 2 outputs, digits 10 classes", two, "--dataset", "digits");
        refused("its input is of 3x28x28, the images of digits of 1x28x28" + System.lineSeparator(), colours, "--dataset", "digits");
        Path flat = directory.resolve("flat.safetensors");
        NetworkFile.write(flat, NetworkBuilder.chain("flat", new Shape(784, 1, 1)).dense("fc", 10).build());
        refused("its input is of 784x1x1, the images of digits of 1x28x28; a flat input gets its shape by import --input 1x28x28", flat,
                "--dataset", "digits");
        refused("unknown data set \"digit\", expected one of digits, mnist, fashion-mnist, cifar10, or a directory of photographs; "
                + "did you mean digits?", dnn, "--dataset", "digit");
        refused("index.csv: cannot be read: no such file", colours, "--dataset", directory);
        refused("none: cannot be read: no such file", directory.resolve("none"), "--dataset", "digits");
        Shell without = Shell.run("evaluate", dnn.toString());
        assertEquals(2, without.code());
        assertTrue(without.err().contains("needs --dataset NAME|DIR"), without.err());
    }

    @Test
    void photographsAreJudgedByTheFirstFive() throws Exception {
        Network network = NetworkBuilder.chain("pool", new Shape(3, 16, 16)).averagePool("mean", Window.square(16, 1))
                .dense("fc", 1000).build();
        float[] bias = ((metronome.core.network.Operator.Dense) network.nodes().getLast().operator()).bias().data();
        for (int i = 0; i < bias.length; i++) {
            bias[i] = -i;
        }
        Path file = directory.resolve("n.safetensors");
        NetworkFile.write(file, network);
        Path photographs = Files.createDirectories(directory.resolve("photographs/256"));
        for (int label : new int[] {0, 4, 5, 900}) {
            try (InputStream black = EvaluateCommandTest.class.getResourceAsStream("black.jpg")) {
                Files.copy(black, photographs.resolve("%04d.jpg".formatted(label)));
            }
        }
        Files.writeString(directory.resolve("photographs/index.csv"), "class\n0\n4\n5\n900\n");
        String json = Shell.good("evaluate", file, "--dataset", directory.resolve("photographs"), "--json");
        assertEquals(0.25, top(json, "top_1"));
        assertEquals(0.5, top(json, "top_5"));
        refused("data set \"photographs\" has 4 test images, fewer than the 5 asked for", file, "--dataset",
                directory.resolve("photographs"), "--images", 5);
    }

    private static void refused(String message, Object... words) {
        Shell shell = Shell.run(Workshop.words(new String[] {"evaluate"}, words));
        assertEquals(1, shell.code(), shell::err);
        assertTrue(shell.err().contains(message), shell.err());
    }

    /** Without retraining: a fine code loses next to nothing, a coarse one a little. */
    @Test
    void aDnnIsConvertedWithoutRetraining() {
        Path dnn = directory.resolve("d.safetensors");
        NetworkFile.write(dnn, ZooWeights.load("digits", ZooWeights.Kind.DNN));
        double exact = top(Shell.good("evaluate", dnn, "--dataset", "digits", "--images", 400, "--json"), "top_1");
        double fine = top(Shell.good("evaluate", dnn, "--dataset", "digits", "--images", 400, "--as", "staircase", "--steps", 64,
                "--time-constant", 14, "--json"), "top_1");
        assertEquals(exact, fine, 0.005);
        String spiking = Shell.good("evaluate", dnn, "--dataset", "digits", "--images", 60, "--as", "spiking", "--json");
        String staircase = Shell.good("evaluate", dnn, "--dataset", "digits", "--images", 60, "--as", "staircase", "--json");
        assertEquals(top(staircase, "top_1"), top(spiking, "top_1"), 0.02);
        assertTrue(spiking.contains("--calibration 100"), spiking);
    }

    @Test
    void photographsToCalibrateByAreNotJudged() throws Exception {
        Network network = NetworkBuilder.chain("pool", new Shape(3, 16, 16)).averagePool("mean", Window.square(16, 1))
                .dense("fc", 1000).build();
        Path file = directory.resolve("n.safetensors");
        NetworkFile.write(file, network);
        Path photographs = Files.createDirectories(directory.resolve("photographs/256"));
        for (int label = 0; label < 5; label++) {
            try (InputStream black = EvaluateCommandTest.class.getResourceAsStream("black.jpg")) {
                Files.copy(black, photographs.resolve("%04d.jpg".formatted(label)));
            }
        }
        Files.writeString(directory.resolve("photographs/index.csv"), "class\n0\n1\n2\n3\n4\n");
        Path set = directory.resolve("photographs");
        refused("has no training images to calibrate by; say with --calibration N", file, "--dataset", set, "--as", "staircase");
        String json = Shell.good("evaluate", file, "--dataset", set, "--calibration", 2, "--json");
        assertTrue(json.contains("\"images\": 3"), json);
    }
}
