package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does retrain write a network that evaluate judges as it said, and refuse what it cannot train? */
class RetrainCommandTest {
    private static final long SEED = 3;

    @TempDir
    private Path directory;

    private static double of(String json, String key) {
        Json.Obj accuracy = (Json.Obj) ((Json.Obj) JsonParser.parse(json)).get("accuracy").orElseThrow();
        return ((Json.Num) accuracy.get(key).orElseThrow()).value();
    }

    private static String told(List<Object> line, int threads) {
        Shell shell = Shell.run(Stream.concat(line.stream(), Stream.of(threads)).toArray());
        assertEquals(0, shell.code(), shell.err());
        assertTrue(shell.err().matches("(?s)converted: [0-9.]+ % of those held out\\Rstaircase: epoch 1 of 6, .*"), shell.err());
        return shell.out();
    }

    /** Of weights by chance, so that there is much to learn in few images. */
    private Path untrained() {
        Network network = NetworkBuilder.chain("untrained", new Shape(1, 28, 28)).convolution("c", 8, Window.square(6, 2)).rectifier("r1")
                .maxPool("p", Window.square(2, 2)).dense("d1", 32).rectifier("r2").dense("d2", 10).build();
        Random random = new Random(SEED);
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor weights, _) -> fill(weights, random);
                case Operator.Dense(Tensor weights, _) -> fill(weights, random);
                default -> { }
            }
        }
        Path file = directory.resolve("untrained.safetensors");
        NetworkFile.write(file, network);
        return file;
    }

    private static void fill(Tensor weights, Random random) {
        double deviation = Math.sqrt(2.0 * weights.extent(0) / weights.size());
        for (int i = 0; i < weights.size(); i++) {
            weights.data()[i] = (float) (deviation * random.nextGaussian());
        }
    }

    @Test
    void evaluateJudgesTheResultAsItWasToldToBe() throws Exception {
        Path dnn = untrained();
        Path file = directory.resolve("s.safetensors");
        List<Object> line = List.of("retrain", dnn, "--dataset", "digits", "--training-images", 1000, "--held-out", 20, "--rate", 0.05,
                "--epochs", 6, "--images", 300, "--steps", 8, "--time-constant", 2, "--json", "-o", file, "--threads");
        String told = told(line, 2);
        assertTrue(of(told, "retrained") > of(told, "converted") + 0.2, told + " seed " + SEED);
        assertEquals(of(told, "retrained"), of(judged(file), "top_1"));
        assertEquals(of(told, "dnn"), of(judged(dnn), "top_1"));
        byte[] first = Files.readAllBytes(file);
        assertEquals(told, told(line, 1));
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    private static String judged(Path network) {
        return Shell.good("evaluate", network, "--dataset", "digits", "--images", 300, "--json");
    }

    @Test
    void refusesWhatCannotBeTrained() {
        Path colours = directory.resolve("colours.safetensors");
        NetworkFile.write(colours, NetworkBuilder.chain("colours", new Shape(3, 28, 28)).dense("fc", 10).build());
        assertTrue(Shell.bad(1, "retrain", colours, "--dataset", "digits", "--training-images", 1, "--images", 1).contains("its input is of 3x28x28"));
        assertTrue(Shell.bad(1, "retrain", colours, "--dataset", directory).contains("no recipe for data set"));
        assertTrue(Shell.bad(2, "retrain", "digits", "--held-out", "95").contains("--held-out must be a number in (0, 90]"));
    }
}
