package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metronome.core.calibration.Normalisation;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does training learn, and give the same bytes for any number of threads? */
class TrainerTest {
    private static final Augmentation NONE = new Augmentation.None();

    @Test
    void theBytesDependOnTheSeedButNotOnTheThreads() {
        Dataset digits = StrokeDigits.dataset(3, 300, 100);
        Recipe recipe = TrainingRecipes.of("digits").withEpochs(2, 1);
        Network dnn = recipe.dnn(digits.training(), 1, Progress.NONE, Checkpoints.none());
        byte[] one = NetworkFile.bytes(recipe.staircase(dnn, digits.training(), 1, Progress.NONE, Checkpoints.none()));
        for (int threads : new int[] {2, 3}) {
            Network other = recipe.dnn(digits.training(), threads, Progress.NONE, Checkpoints.none());
            assertArrayEquals(NetworkFile.bytes(dnn), NetworkFile.bytes(other), threads + " threads");
            assertArrayEquals(one, NetworkFile.bytes(recipe.staircase(other, digits.training(), threads, Progress.NONE, Checkpoints.none())));
        }
        Network seeded = recipe.withSeed(2).dnn(digits.training(), 2, Progress.NONE, Checkpoints.none());
        assertFalse(Arrays.equals(NetworkFile.bytes(dnn), NetworkFile.bytes(seeded)));
    }

    @Test
    void learnsFromFewImagesAndTellsHowItGoes() {
        Dataset digits = StrokeDigits.dataset(3, 2000, 500);
        List<String> heard = new ArrayList<>();
        Network network = TrainingRecipes.of("digits").withEpochs(5, 0).dnn(digits.training(), 2,
                epoch -> heard.add(epoch.phase() + " " + epoch.number() + "/" + epoch.of()), Checkpoints.none());
        assertEquals(List.of("dnn 1/5", "dnn 2/5", "dnn 3/5", "dnn 4/5", "dnn 5/5"), heard);
        double accuracy = Inference.of(network).accuracy(digits.test(), 2);
        assertTrue(accuracy > 0.8, "accuracy " + accuracy);
    }

    @Test
    void aLinearClassifierIsNotEnoughForTheDigits() {
        Dataset digits = StrokeDigits.dataset(1, 20_000, 10_000);
        Network linear = NetworkBuilder.chain("linear", digits.shape()).dense("d", 10).build();
        Settings settings = new Settings(12, 128, new Schedule.Cosine(0.05, 0.0005, 0.5), 0.9, 1e-5, NONE, 1, EarlyStop.NEVER, Rates.EQUAL);
        Network trained = Trainer.train("linear", linear, digits.training(), settings, 2, Progress.NONE, Checkpoints.none());
        double learned = Inference.of(trained).accuracy(digits.training(), 2);
        double accuracy = Inference.of(trained).accuracy(digits.test(), 2);
        assertTrue(learned > 0.6 && accuracy < 0.93, "training " + learned + ", test " + accuracy);
    }

    @Test
    void foldingScalesLeavesTheFunction() {
        Dataset digits = StrokeDigits.dataset(5, 200, 100);
        Recipe recipe = TrainingRecipes.of("digits").withEpochs(1, 0);
        Network dnn = recipe.dnn(digits.training(), 2, Progress.NONE, Checkpoints.none());
        Map<String, Double> scales = Normalisation.scales(dnn, digits.training().tensor(), 99, 2);
        assertEquals(List.of("relu1", "relu2", "relu3"), List.copyOf(scales.keySet()));
        Network folded = Normalisation.staircase(dnn, scales, recipe.retraining().calibration().code()).with(Map.of("relu1",
                new Operator.Rectifier(), "relu2", new Operator.Rectifier(), "relu3", new Operator.Rectifier()));
        Tensor expected = Inference.of(dnn).outputs(digits.test(), 2);
        Tensor found = Inference.of(folded).outputs(digits.test(), 2);
        assertArrayEquals(expected.data(), found.data(), 1e-3f);
        Normalisation.scales(folded, digits.training().tensor(), 99, 2).values().forEach(s -> assertEquals(1, s, 1e-3));
    }

    @Test
    void schedulesFall() {
        Schedule step = new Schedule.Step(0.1, 0.5, 3);
        assertEquals(0.1, step.rate(2.9, 10), 1e-12);
        assertEquals(0.025, step.rate(6, 10), 1e-12);
        Schedule cosine = new Schedule.Cosine(0.1, 0.01, 1);
        assertEquals(0.05, cosine.rate(0.5, 11), 1e-12);
        assertEquals(0.1, cosine.rate(1, 11), 1e-12);
        assertEquals(0.055, cosine.rate(6, 11), 1e-12);
        assertEquals(0.01, cosine.rate(11, 11), 1e-12);
    }

    @Test
    void augmentationMovesImages() {
        Shape shape = new Shape(1, 5, 5);
        byte[] dot = new byte[25];
        dot[12] = (byte) 200;
        assertArrayEquals(dot, new Augmentation.Affine(0, 0, 0).apply(dot, shape, new Random(1)));
        for (int seed = 0; seed < 50; seed++) {
            byte[] flipped = new Augmentation.Flip(1).apply(dot, shape, new Random(seed));
            int at = 0;
            while (flipped[at] == 0) {
                at++;
            }
            assertEquals((byte) 200, flipped[at]);
            assertTrue(Math.abs(at / 5 - 2) <= 1 && Math.abs(at % 5 - 2) <= 1, "seed " + seed + " at " + at);
            byte[] moved = new Augmentation.Affine(1, 0.2, 0.1).apply(dot, shape, new Random(seed));
            assertArrayEquals(moved, new Augmentation.Affine(1, 0.2, 0.1).apply(dot, shape, new Random(seed)));
            int ink = 0;
            for (byte pixel : moved) {
                ink += pixel & 0xff;
            }
            assertTrue(ink > 120 && ink < 300, "seed " + seed + ": ink " + ink);
        }
        byte[] row = {1, 2, 3};
        assertArrayEquals(new byte[] {3, 2, 1}, Resampling.shifted(row, new Shape(1, 1, 3), true, 0, 0));
        assertArrayEquals(new byte[] {0, 1, 2}, Resampling.shifted(row, new Shape(1, 1, 3), false, 0, 1));
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertThrows(IllegalArgumentException.class,
                () -> new Settings(1, 100, new Schedule.Step(1, 1, 1), 0.9, 0, NONE, 1, EarlyStop.NEVER, Rates.EQUAL));
        assertThrows(IllegalArgumentException.class,
                () -> new Settings(1, 64, new Schedule.Step(1, 1, 1), 1, 0, NONE, 1, EarlyStop.NEVER, Rates.EQUAL));
        Samples samples = new Samples(new Shape(1, 2, 2), new byte[4], new int[1]);
        assertThrows(IllegalArgumentException.class,
                () -> TrainingRecipes.of("digits").dnn(samples, 1, Progress.NONE, Checkpoints.none()));
        assertThrows(DataException.class, () -> TrainingRecipes.of("nist"));
    }
}
