package metronome.core.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.PoolCircuit;
import metronome.core.code.Ticking;
import metronome.core.spiking.Converter;
import metronome.core.spiking.Evaluation;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikingSimulator;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a calibrated network compute what the trained one did, as far as its code can say it? */
class CalibrationTest {
    private static final long SEED = 41;
    private static final TemporalCode FINE = new TemporalCode(120, 1000, Rounding.HALF_STEP, ZeroPolicy.SILENT);
    private static final TemporalCode COARSE = new TemporalCode(2, 6, Rounding.HALF_STEP, ZeroPolicy.SILENT);

    private final SampleNetwork sample = new SampleNetwork(SEED);

    private static double spread(Tensor outputs) {
        double sum = 0;
        for (float value : outputs.data()) {
            sum += Math.abs(value);
        }
        return sum / outputs.size();
    }

    @ParameterizedTest
    @EnumSource(InputForm.class)
    void theInputMayTakeAnyForm(InputForm form) {
        for (int padding = 0; padding <= 1; padding++) {
            Network network = sample.network(padding);
            Tensor images = sample.images(40);
            Tensor expected = Inference.of(network).outputs(images, 2);
            Prepared ready = Prepared.of(network, form);
            Tensor inputs = ready.inputs(images, 2);
            for (int i = 0; i < inputs.size(); i++) {
                inputs.data()[i] *= (float) ready.unit();
            }
            assertArrayEquals(expected.data(), Inference.of(ready.body()).outputs(inputs, 1).data(),
                    (float) (1e-4 * spread(expected)), form + " seed " + SEED);
        }
    }

    @ParameterizedTest
    @EnumSource(InputForm.class)
    void aFineCodeLosesLittle(InputForm form) {
        Network network = sample.network(1);
        Tensor images = sample.images(64);
        Tensor expected = Inference.of(network).outputs(images, 2);
        Prepared staircase = new Calibration(FINE, form, 100, Correction.NONE).of(network, images, 2).prepared();
        Tensor inputs = staircase.inputs(images, 2);
        for (float value : inputs.data()) {
            assertTrue(value >= 0 && value <= 1, "input " + value);
        }
        Tensor found = Inference.of(staircase.body()).outputs(inputs, 2);
        assertArrayEquals(expected.data(), found.data(), (float) (0.05 * spread(expected)), form + " seed " + SEED);
    }

    @Test
    void correctedSumsHaveTheMeanThatTheyHad() {
        Network network = sample.network(1);
        Tensor images = sample.images(80);
        double[] expected = means(Inference.of(network).outputs(images, 2));
        double[] errors = new double[2];
        for (Correction correction : new Correction[] {Correction.NONE, Correction.BIASES}) {
            Prepared staircase = new Calibration(COARSE, InputForm.SPLIT, 99, correction).of(network, images, 2).prepared();
            double[] found = means(Inference.of(staircase.body()).outputs(staircase.inputs(images, 2), 2));
            for (int i = 0; i < expected.length; i++) {
                errors[correction.ordinal()] = Math.max(errors[correction.ordinal()], Math.abs(expected[i] - found[i]));
            }
        }
        assertTrue(errors[1] < 1e-4 && errors[0] > 100 * errors[1], errors[0] + " to " + errors[1] + " seed " + SEED);
    }

    private static double[] means(Tensor outputs) {
        double[] means = new double[outputs.extent(1)];
        for (int i = 0; i < outputs.size(); i++) {
            means[i % means.length] += (double) outputs.data()[i] / outputs.extent(0);
        }
        return means;
    }

    /** What a calibrated network computes, its neurons do. */
    @Test
    void itConvertsToSpikes() {
        Network network = sample.network(1);
        Tensor images = sample.images(20);
        Prepared staircase = new Calibration(COARSE, InputForm.FOLD, 99, Correction.BIASES).of(network, images, 2).prepared();
        Tensor inputs = staircase.inputs(images, 2);
        int[] expected = Inference.largest(Inference.of(staircase.body()).outputs(inputs, 2));
        int[] found = Evaluation.classes(new SpikingSimulator(Converter.convert(staircase.body(), Ticking.DEFAULT,
                PoolCircuit.RESET, Readout.POTENTIAL)), inputs, 2);
        int differing = 0;
        for (int i = 0; i < found.length; i++) {
            differing += found[i] == expected[i] ? 0 : 1;
        }
        // Single precision may round a sum on a boundary to the other side.
        assertTrue(differing <= 1, differing + " of " + found.length + " seed " + SEED);
    }

    /** The reference of the correction clips where the trained network does: a fine code has nothing to correct. */
    @Test
    void aCeilingIsNotTakenForRounding() {
        Network network = NetworkBuilder.chain("n", new Shape(3, 9, 9)).convolution("c", 4, new Window(3, 3, 1, 1))
                .rectifier("r").averagePool("mean", Window.square(9, 1)).dense("d", 5).build();
        network = network.with(java.util.Map.of("r", new Operator.Rectifier(0.3f)));
        sample.fill(((Operator.Convolution) network.nodes().getFirst().operator()).weights(),
                ((Operator.Convolution) network.nodes().getFirst().operator()).bias());
        sample.fill(((Operator.Dense) network.nodes().getLast().operator()).weights(),
                ((Operator.Dense) network.nodes().getLast().operator()).bias());
        Tensor images = sample.images(64);
        double[] expected = means(Inference.of(network).outputs(images, 2));
        Prepared staircase = new Calibration(FINE, InputForm.FOLD, 100, Correction.BIASES).of(network, images, 2).prepared();
        double[] found = means(Inference.of(staircase.body()).outputs(images, 2));
        assertArrayEquals(expected, found, 1e-4, "seed " + SEED);
    }

    @Test
    void meansOutsideOfTheImageAreRefused() {
        Network network = NetworkBuilder.chain("n", new Shape(1, 4, 4)).batchNormalisation("centred")
                .convolution("c", 2, new Window(3, 3, 1, 1)).rectifier("r").dense("d", 2).build();
        ((Operator.BatchNormalisation) network.nodes().getFirst().operator()).mean().data()[0] = -0.5f;
        DataException refused = assertThrows(DataException.class, () -> Prepared.of(network, InputForm.FOLD));
        assertTrue(refused.getMessage().contains("expected one in [0, 1]"), refused.getMessage());
        assertEquals(2, Prepared.of(network, InputForm.SPLIT).body().input().channels());
    }

    /** Caffe's LeNet has no rectifier behind its convolutions; two dense layers without one are split. */
    @Test
    void signedLayersGetRectifiersAndComputeTheSame() {
        Network network = NetworkBuilder.chain("n", new Shape(3, 9, 9)).convolution("c1", 4, new Window(3, 3, 1, 1))
                .maxPool("p1", Window.square(2, 2).roundedUp()).convolution("c2", 6, Window.square(2, 1))
                .convolution("c3", 5, new Window(3, 3, 1, 1)).maxPool("p3", Window.square(2, 2)).dense("d1", 7).dense("d2", 4)
                .rectifier("r").dense("d3", 3).build();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor w, Tensor b) -> sample.fill(w, b);
                case Operator.Dense(Tensor w, Tensor b) -> sample.fill(w, b);
                default -> { }
            }
        }
        Tensor images = sample.images(50);
        Tensor expected = Inference.of(network).outputs(images, 2);
        SignedLayers signed = SignedLayers.of(network, images, 2);
        assertEquals(java.util.List.of("c2", "d1"), signed.split());
        assertEquals(java.util.List.of("c1", "c3"), signed.raised());
        assertArrayEquals(expected.data(), Inference.of(signed.network()).outputs(images, 1).data(),
                (float) (1e-3 * spread(expected)), "seed " + SEED);
        Prepared fine = new Calibration(FINE, InputForm.FOLD, 100, Correction.NONE).of(network, images, 2).prepared();
        assertArrayEquals(expected.data(), Inference.of(fine.body()).outputs(images, 2).data(),
                (float) (0.1 * spread(expected)), "seed " + SEED);
    }

    @Test
    void signedValuesThatSomethingElseReadsAreRefused() {
        Network network = NetworkBuilder.chain("n", new Shape(2, 4, 4)).convolution("a", 2, Window.square(1, 1))
                .from(Network.INPUT).convolution("b", 2, Window.square(1, 1)).rectifier("r").concat("all", "a", "r")
                .dense("d", 2).build();
        DataException refused = assertThrows(DataException.class, () -> SignedLayers.of(network, Tensor.zeros(1, 32), 1));
        assertEquals("node a: has signed values that all reads; put a rectifier behind it and retrain", refused.getMessage());
    }
}
