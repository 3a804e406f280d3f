package metronome.core.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Inference;
import metronome.core.network.Lockstep;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does fitting a network layer by layer bring it nearer to what it computes without rounding? */
class LayerwiseTest {
    private static final long SEED = 43;
    private static final TemporalCode COARSE = new TemporalCode(2, 6, Rounding.HALF_STEP, ZeroPolicy.SILENT);

    private final SampleNetwork sample = new SampleNetwork(SEED);

    private Network corrected(Network network, Tensor images, Correction correction, int threads) {
        return new Calibration(COARSE, InputForm.FOLD, 100, correction).of(network, images, threads).prepared().body();
    }

    private static double error(Network network, Network staircase, Tensor images) {
        float[] expected = Inference.of(network).outputs(images, 2).data();
        float[] found = Inference.of(staircase).outputs(images, 2).data();
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += (expected[i] - found[i]) * (expected[i] - found[i]);
        }
        return sum / expected.length;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void nodeByNodeComputesWhatInferenceDoes(int threads) {
        Network network = Prepared.of(sample.network(0), InputForm.FOLD).body();
        Tensor images = sample.images(2 * Kernels.LANES + 3);
        float[] expected = Inference.of(network).outputs(images, 1).data();
        try (Workers workers = new Workers(threads)) {
            Lockstep lockstep = new Lockstep(network, images, workers);
            network.nodes().forEach(node -> {
                lockstep.compute(node);
                lockstep.end(node);
            });
            float[] found = new float[expected.length];
            for (int i = 0; i < found.length; i++) {
                int image = i / 5;
                found[i] = lockstep.values("d").get(image / Kernels.LANES)[i % 5 * Kernels.LANES + image % Kernels.LANES];
            }
            assertArrayEquals(expected, found, "seed " + SEED);
            assertThrows(IllegalStateException.class, () -> lockstep.values("c1"), "let go behind its last reader");
        }
    }

    /** Judged by images that the correction has not seen. */
    @Test
    void eachCorrectionIsBetterThanTheOneBefore() {
        Network network = sample.network(0);
        Tensor seen = sample.images(400);
        Tensor unseen = sample.images(200);
        double none = error(network, corrected(network, seen, Correction.NONE, 2), unseen);
        double biases = error(network, corrected(network, seen, Correction.BIASES, 2), unseen);
        double weights = error(network, corrected(network, seen, Correction.WEIGHTS, 2), unseen);
        assertTrue(biases < 0.8 * none && weights < 0.9 * biases, none + ", " + biases + ", " + weights + " seed " + SEED);
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        Network network = sample.network(0);
        Tensor images = sample.images(100);
        assertArrayEquals(NetworkFile.bytes(corrected(network, images, Correction.WEIGHTS, 1)),
                NetworkFile.bytes(corrected(network, images, Correction.WEIGHTS, 3)));
    }

    /** Of four images none is held out, so nothing says how far to go. */
    @Test
    void tooFewImagesChangeOnlyBiases() {
        Network network = sample.network(0);
        Tensor images = sample.images(4);
        assertArrayEquals(NetworkFile.bytes(corrected(network, images, Correction.BIASES, 2)),
                NetworkFile.bytes(corrected(network, images, Correction.WEIGHTS, 2)));
    }

    /** A network before its correction: with staircases, and the same with rectifiers. */
    private record Pair(Network staircase, Network exact) {
        static Pair of(Network network, Tensor images) {
            Network body = Prepared.of(network, InputForm.FOLD).body();
            Map<String, Double> scales = Normalisation.scales(body, images, 98, 2);
            return new Pair(Normalisation.staircase(body, scales, COARSE, 1), Normalisation.rectified(body, scales, 1));
        }
    }

    private static Map<String, List<float[]>> values(Network network, Tensor images) {
        Map<String, List<float[]>> values = new HashMap<>();
        Inference.of(network).visit(images, 1, (_, _, activations) -> {
            for (int i = 0; i < activations.size(); i++) {
                values.computeIfAbsent(i == 0 ? Network.INPUT : network.nodes().get(i - 1).name(), _ -> new ArrayList<>())
                        .add(activations.get(i).clone());
            }
        });
        return values;
    }

    private static Network refitted(Network network, Node node, Network exact, Tensor images, Correction correction, Workers workers) {
        Map<String, Shape> shapes = network.shapes();
        Network now = network;
        for (int pass = correction == Correction.WEIGHTS ? 0 : 1; pass < 2; pass++) {
            Operator operator = now.nodes().stream().filter(n -> n.name().equals(node.name())).findFirst().orElseThrow().operator();
            Map<String, List<float[]>> found = values(now, images);
            Layerwise.Site site = new Layerwise.Site(operator, shapes.get(node.inputs().getFirst()), shapes.get(node.name()),
                    images.extent(0), found.get(node.inputs().getFirst()), found.get(node.name()), values(exact, images).get(node.name()));
            now = now.with(Map.of(node.name(), pass == 0 ? LeastSquares.of(site, workers) : MeanFit.of(site)));
        }
        return now;
    }

    /** In one pass the same comes out as if the network were run from its input again for each layer. */
    @ParameterizedTest
    @EnumSource(value = Correction.class, names = {"BIASES", "WEIGHTS"})
    void eachLayerReadsWhatTheCorrectedOnesBeforeItGive(Correction correction) {
        Tensor images = sample.images(2 * Kernels.LANES + 5);
        Pair pair = Pair.of(sample.network(0), images);
        Network expected = pair.staircase;
        try (Workers workers = new Workers(2)) {
            for (Node node : pair.exact.nodes().stream().filter(SignedLayers::isLayer).toList()) {
                expected = refitted(expected, node, pair.exact, images, correction, workers);
            }
        }
        Network found = new Layerwise(images, correction).corrected(pair.staircase, pair.exact, 2);
        assertArrayEquals(NetworkFile.bytes(expected), NetworkFile.bytes(found), "seed " + SEED);
    }

    private static double mean(List<float[]> chunks, int channel, int area, int images) {
        double sum = 0;
        for (int image = 0; image < images; image++) {
            for (int place = channel * area; place < (channel + 1) * area; place++) {
                sum += chunks.get(image / Kernels.LANES)[place * Kernels.LANES + image % Kernels.LANES];
            }
        }
        return sum / images / area;
    }

    /** Of each layer, not of the last alone; whatever the last lanes hold, where there is no image. */
    @ParameterizedTest
    @EnumSource(value = Correction.class, names = {"BIASES", "WEIGHTS"})
    void everyChannelKeepsItsMean(Correction correction) {
        Tensor images = sample.images(Kernels.LANES + 7);
        Pair pair = Pair.of(sample.network(0), images);
        Network corrected = new Layerwise(images, correction).corrected(pair.staircase, pair.exact, 2);
        Map<String, List<float[]>> wanted = values(pair.exact, images);
        Map<String, List<float[]>> found = values(corrected, images);
        Map<String, List<float[]>> before = values(pair.staircase, images);
        corrected.shapes().forEach((node, shape) -> {
            if (corrected.nodes().stream().anyMatch(n -> n.name().equals(node) && SignedLayers.isLayer(n))) {
                double moved = 0;
                for (int c = 0; c < shape.channels(); c++) {
                    double mean = mean(wanted.get(node), c, shape.height() * shape.width(), images.extent(0));
                    assertEquals(mean, mean(found.get(node), c, shape.height() * shape.width(), images.extent(0)), 1e-5,
                            node + " channel " + c + " seed " + SEED);
                    moved = Math.max(moved, Math.abs(mean - mean(before.get(node), c, shape.height() * shape.width(),
                            images.extent(0))));
                }
                assertTrue(moved > 1e-3, node + " had nothing to correct, seed " + SEED);
            }
        });
    }

    private Network grouped() {
        Network network = NetworkBuilder.chain("g", new Shape(3, 9, 9)).convolution("c1", 6, new Window(3, 3, 1, 1)).rectifier("r1")
                .convolution("c2", 6, new Window(3, 3, 2, 2, 2, 3)).rectifier("r2").dense("d", 4).build();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor w, Tensor b) -> sample.fill(w, b);
                case Operator.Dense(Tensor w, Tensor b) -> sample.fill(w, b);
                default -> { }
            }
        }
        return network;
    }

    private static Tensor weights(Network network, String node) {
        return ((Operator.Convolution) network.nodes().stream().filter(n -> n.name().equals(node)).findFirst().orElseThrow()
                .operator()).weights();
    }

    /** Each group's kernels are fitted to the group's own channels, dilated and with strides. */
    @Test
    void groupsAreFittedByThemselves() {
        Network network = grouped();
        Tensor seen = sample.images(400);
        Network found = corrected(network, seen, Correction.WEIGHTS, 2);
        Network biases = corrected(network, seen, Correction.BIASES, 2);
        for (int group = 0; group < 3; group++) {
            int size = weights(found, "c2").size() / 3;
            int changed = 0;
            for (int i = group * size; i < (group + 1) * size; i++) {
                changed += weights(found, "c2").data()[i] == weights(biases, "c2").data()[i] ? 0 : 1;
            }
            assertEquals(size, changed, "group " + group + " seed " + SEED);
        }
        Tensor unseen = sample.images(200);
        double before = error(network, biases, unseen);
        double after = error(network, found, unseen);
        assertTrue(after < 0.9 * before, before + " to " + after + " seed " + SEED);
    }

    @Test
    void weightsOfZeroStayZero() {
        Network network = grouped();
        float[] weights = weights(network, "c2").data();
        for (int i = 0; i < weights.length; i += 7) {
            weights[i] = 0;
        }
        Network found = corrected(network, sample.images(200), Correction.WEIGHTS, 2);
        for (int i = 0; i < weights.length; i++) {
            assertEquals(weights[i] == 0, weights(found, "c2").data()[i] == 0, "weight " + i);
        }
    }
}
