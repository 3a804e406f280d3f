package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Correction;
import metronome.core.calibration.InputForm;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.PreparedFile;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.network.Inference;
import metronome.core.network.Lockstep;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Can a network that computes something before there are spikes be trained on, and is it the better for it? */
class RetrainingTest {
    private static final long SEED = 5;
    private static final TemporalCode COARSE = new TemporalCode(1.5, 4, Rounding.HALF_STEP, ZeroPolicy.SILENT);
    private static final Settings SETTINGS = new Settings(8, 64, new Schedule.Cosine(0.02, 0.0002, 0), 0.9, 1e-4,
            new Augmentation.None(), SEED, new EarlyStop(0.1, 8), Rates.SCALE_FREE);

    private final Samples samples = StrokeDigits.dataset(SEED, 3000, 10).training();

    /** Takes off a mean of 0.3 and divides by 0.5, as published networks do; trained without that, the weights changed to match. */
    private Network trained() {
        Network network = Weights.initialised(NetworkBuilder.chain("n", samples.shape()).convolution("c", 6, Window.square(5, 2))
                .rectifier("r1").dense("d1", 24).rectifier("r2").dense("d2", 10).build(), SEED);
        Settings first = new Settings(6, 64, new Schedule.Cosine(0.05, 0.0005, 0), 0.9, 0, new Augmentation.None(), SEED,
                EarlyStop.NEVER, Rates.EQUAL);
        Network dnn = Trainer.train("dnn", network, SETTINGS.stop().learned(samples), first, 2, Progress.NONE, Checkpoints.none());
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("mean", new Operator.BatchNormalisation(Tensor.filled(0.3f, 1), Tensor.filled(0.25f, 1), Tensor.filled(1, 1),
                Tensor.zeros(1), 0), List.of(Network.INPUT)));
        Operator.Convolution c = (Operator.Convolution) dnn.nodes().getFirst().operator();
        int taps = c.weights().size() / c.bias().size();
        for (int i = 0; i < c.weights().size(); i++) {
            c.bias().data()[i / taps] += 0.3f * c.weights().data()[i];
            c.weights().data()[i] *= 0.5f;
        }
        nodes.add(new Node("c", c, List.of("mean")));
        nodes.addAll(dnn.nodes().subList(1, dnn.nodes().size()));
        return new Network("n", samples.shape(), nodes);
    }

    private static Retraining retraining(InputForm form, Settings settings) {
        return new Retraining(new Calibration(COARSE, form, 99.9, Correction.BIASES), 100, settings);
    }

    @ParameterizedTest
    @EnumSource(InputForm.class)
    void isBetterThanConversionAlone(InputForm form) {
        Network dnn = trained();
        Samples unseen = SETTINGS.stop().heldOut(samples);
        Prepared converted = retraining(form, SETTINGS.withEpochs(0)).of(dnn, samples, 2, Progress.NONE, Checkpoints.none());
        Prepared retrained = retraining(form, SETTINGS).of(dnn, samples, 2, Progress.NONE, Checkpoints.none());
        assertEquals(form == InputForm.TENSOR || form == InputForm.SPLIT, retrained.front().isPresent());
        assertArrayEquals(PreparedFile.bytes(retrained),
                PreparedFile.bytes(retraining(form, SETTINGS).of(dnn, samples, 1, Progress.NONE, Checkpoints.none())));
        double before = converted.accuracy(unseen, 2);
        double after = retrained.accuracy(unseen, 2);
        assertTrue(after > before, before + " to " + after + " seed " + SEED);
    }

    /** A front that changes nothing leads to the same weights as none. */
    @Test
    void aFrontThatDoesNothingChangesNothing() {
        Tensor one = Tensor.filled(1, 1, 1, 1, 1);
        Network same = new Network("same", samples.shape(), List.of(new Node("same",
                new Operator.Convolution(Window.square(1, 1), one, Tensor.zeros(1)), List.of(Network.INPUT))));
        Network start = Weights.initialised(NetworkBuilder.chain("n", samples.shape()).dense("d1", 16).staircase("s", COARSE)
                .dense("d2", 10).build(), SEED);
        Network without = Trainer.train("n", start, samples, SETTINGS, 2, Progress.NONE, Checkpoints.none());
        Network with = Trainer.train("n", new Prepared(Optional.of(same), start, 1), samples, SETTINGS, 2, Progress.NONE,
                Checkpoints.none());
        assertArrayEquals(NetworkFile.bytes(without), NetworkFile.bytes(with));
    }

    /** What is learned from is what the network reads when it is judged. */
    @ParameterizedTest
    @EnumSource(InputForm.class)
    void readsWhatInferenceReads(InputForm form) {
        Prepared prepared = retraining(form, SETTINGS.withEpochs(0)).of(trained(), samples, 2, Progress.NONE, Checkpoints.none());
        int count = Kernels.LANES - 3;
        float[] read = new float[prepared.body().input().size() * Kernels.LANES];
        Arrays.fill(read, Float.NaN);
        new Inputs(prepared).read(java.util.stream.IntStream.range(0, count).mapToObj(samples::image).toList(), read);
        try (Workers workers = new Workers(1)) {
            Tensor inputs = prepared.inputs(samples.first(count).tensor(), 1);
            assertArrayEquals(new Lockstep(prepared.body(), inputs, workers).values(Network.INPUT).getFirst(), read);
        }
        assertEquals(10, Inference.of(prepared.body()).outputs(prepared.inputs(samples.first(1).tensor(), 1), 1).size());
    }
}
