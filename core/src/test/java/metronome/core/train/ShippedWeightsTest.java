package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.ZooWeights;
import metronome.core.spiking.Evaluation;
import metronome.core.spiking.Readout;
import metronome.core.spiking.StaircaseModel;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Do the shipped weights reach what is said of them, and do they survive 8 bits? */
class ShippedWeightsTest {
    @Test
    void digits() {
        check(DataSets.load("digits", Optional.empty()), 0.98);
    }

    @Test
    void mnist() {
        check(real("mnist"), 0.99);
    }

    @Test
    void fashionMnist() {
        check(real("fashion-mnist"), 0.90);
    }

    @Test
    void cifar10() {
        check(real("cifar10"), 0.88, 0.005, 0.007);
    }

    /** Outputs beyond 1 would all spike at the last step and the first of them would win. */
    @Test
    void digitsCanBeReadByTheLastSpike() {
        Samples test = DataSets.load("digits", Optional.empty()).test().first(500);
        Tensor images = Tensor.zeros(test.count(), test.shape().size());
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = (test.images()[i] & 0xff) / 255f;
        }
        int[] labels = IntStream.range(0, test.count()).map(test::label).toArray();
        double accuracy = Evaluation.accuracy(Evaluation.classes(new StaircaseModel(
                ZooWeights.load("digits", ZooWeights.Kind.STAIRCASE), Readout.LAST_SPIKE), images, 2), labels);
        assertTrue(accuracy >= 0.97, "right by the last spike: " + accuracy);
    }

    @Test
    void unknownNamesAreRefused() {
        assertThrows(DataException.class, () -> ZooWeights.load("nist", ZooWeights.Kind.DNN));
    }

    private static Dataset real(String name) {
        Optional<Path> directory = Optional.ofNullable(System.getenv("METRONOME_DATA")).map(Path::of)
                .filter(d -> d.resolve(name).toFile().isDirectory());
        try {
            return DataSets.load(name, directory);
        } catch (DataException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    private static void check(Dataset data, double least) {
        check(data, least, 0.003, 0.005);
    }

    private static void check(Dataset data, double least, double byStairs, double byBits) {
        Network dnn = ZooWeights.load(data.name(), ZooWeights.Kind.DNN);
        Network staircase = ZooWeights.load(data.name(), ZooWeights.Kind.STAIRCASE);
        assertEquals(new Operator.Staircase(TrainingRecipes.of(data.name()).retraining().calibration().code()),
                staircase.nodes().get(1).operator());
        double of = Inference.of(dnn).accuracy(data.test(), 2);
        double stairs = Inference.of(staircase).accuracy(data.test(), 2);
        double bits = Inference.of(rounded(staircase)).accuracy(data.test(), 2);
        String figures = data.name() + ": dnn " + of + ", staircase " + stairs + ", of 8 bits " + bits;
        System.out.println(figures);
        assertTrue(of >= least, figures);
        assertTrue(stairs >= of - byStairs, figures);
        assertTrue(bits >= of - byBits, figures);
    }

    /** Weights rounded to 8 bits, symmetrically, with one scale for each layer. */
    private static Network rounded(Network network) {
        Map<String, Operator> rounded = new HashMap<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(var window, var weights, var bias) ->
                    rounded.put(node.name(), new Operator.Convolution(window, rounded(weights), bias));
                case Operator.Dense(var weights, var bias) ->
                    rounded.put(node.name(), new Operator.Dense(rounded(weights), bias));
                default -> { }
            }
        }
        return network.with(rounded);
    }

    private static Tensor rounded(Tensor weights) {
        float largest = 0;
        for (float w : weights.data()) {
            largest = Math.max(largest, Math.abs(w));
        }
        float[] rounded = weights.data().clone();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(rounded[i] * 127 / largest) * largest / 127;
        }
        return Tensor.of(rounded, weights.shape());
    }
}
