package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.RandomResiduals;
import metronome.core.network.Reference;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import org.junit.jupiter.api.Test;

/** Are the gradients those of the loss? */
class GradientTest {
    private static final long SEED = 17;
    private static final int IMAGES = 5;
    private static final Shape SHAPE = new Shape(2, 8, 7);

    private final Random random = new Random(SEED);

    @Test
    void equalFiniteDifferencesOfADoublePrecisionTwin() {
        Network network = Weights.initialised(NetworkBuilder.chain("n", SHAPE)
                .convolution("c1", 5, new Window(3, 3, 1, 1)).rectifier("r1").maxPool("p1", Window.square(2, 2))
                .convolution("c2", 9, new Window(2, 3, 2, 1)).rectifier("r2")
                .convolution("c3", 6, new Window(2, 2, 1, 1, 2, 3)).maxPool("p2", new Window(2, 2, 1, 0))
                .dense("d1", 6).rectifier("r3").dense("d2", 4).build(), SEED);
        byte[][] images = new byte[IMAGES][SHAPE.size()];
        int[] labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            random.nextBytes(images[i]);
            labels[i] = random.nextInt(4);
        }
        List<Layer.Gradient> gradients = gradients(network, images, labels);
        List<Layer.Gradient> filled = gradients.stream().filter(g -> g.weights().length > 0).toList();
        List<Weights.Pair> pairs = Weights.pairs(network);
        for (int i = 0; i < pairs.size(); i++) {
            check(network, images, labels, pairs.get(i).weights().data(), filled.get(i).weights(), "weights " + i);
            check(network, images, labels, pairs.get(i).bias().data(), filled.get(i).bias(), "bias " + i);
        }
    }

    private static List<Layer.Gradient> gradients(Network network, byte[][] images, int[] labels) {
        Graph graph = new Graph(network);
        List<Layer.Gradient> gradients = graph.gradients();
        Graph.Buffers buffers = graph.new Buffers();
        fill(buffers, images);
        buffers.learn(labels, gradients);
        return gradients;
    }

    private void check(Network network, byte[][] images, int[] labels, float[] values, float[] gradient, String what) {
        for (int round = 0; round < 40; round++) {
            int i = random.nextInt(values.length);
            float old = values[i];
            values[i] = old + 1e-5f;
            double above = values[i];
            double lossAbove = loss(network, images, labels);
            values[i] = old - 1e-5f;
            double lossBelow = loss(network, images, labels);
            double slope = (lossAbove - lossBelow) / (above - values[i]);
            values[i] = old;
            assertEquals(slope, gradient[i], 2e-3 * (1 + Math.abs(slope)), what + " " + i + " seed " + SEED);
        }
    }

    private static double loss(Network network, byte[][] images, int[] labels) {
        double loss = 0;
        for (int n = 0; n < images.length; n++) {
            double[] logits = Reference.run(network, images[n]);
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            loss += Math.log(sum) - logits[labels[n]];
        }
        return loss;
    }

    @Test
    void ofAStaircaseIsThatOfTheClip() {
        TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.SILENT);
        float least = (float) code.smallest();
        Network network = NetworkBuilder.chain("n", Shape.vector(1)).dense("d1", 1).staircase("s", code).dense("d2", 2)
                .build();
        Weights.Pair first = Weights.pairs(network).getFirst();
        Weights.Pair second = Weights.pairs(network).getLast();
        second.weights().data()[0] = 2;
        for (float z : new float[] {-1, 0, least / 2, least, 0.5f, 1, 1.01f}) {
            first.bias().data()[0] = z;
            List<Layer.Gradient> gradients = gradients(network, new byte[1][1], new int[] {1});
            double odds = Math.exp(2 * code.activation(z));
            double expected = z >= least && z <= 1 ? 2 * odds / (odds + 1) : 0;
            assertEquals(expected, gradients.getFirst().bias()[0], 1e-5, "z = " + z);
        }
    }

    /**
     * Normalisations, additions, branches and means, in a chunk that is not full: against finite differences of the loss
     * that the graph itself gives, in steps large enough for single precision.
     */
    @Test
    void ofResidualNetworksEqualFiniteDifferences() {
        for (long seed = 1; seed <= 6; seed++) {
            Network network = new RandomResiduals(seed).network();
            byte[][] images = new byte[IMAGES][network.input().size()];
            Random own = new Random(seed);
            int[] labels = new int[IMAGES];
            for (int i = 0; i < IMAGES; i++) {
                own.nextBytes(images[i]);
                labels[i] = own.nextInt(3);
            }
            List<Layer.Gradient> gradients = gradients(network, images, labels).stream()
                    .filter(g -> g.weights().length > 0).toList();
            List<Weights.Pair> pairs = Weights.pairs(network);
            int far = 0;
            int checked = 0;
            for (int p = 0; p < pairs.size(); p++) {
                float[][] values = {pairs.get(p).weights().data(), pairs.get(p).bias().data()};
                float[][] found = {gradients.get(p).weights(), gradients.get(p).bias()};
                for (int part = 0; part < 2; part++) {
                    int i = own.nextInt(values[part].length);
                    double slope = slope(network, images, labels, values[part], i);
                    far += Math.abs(slope - found[part][i]) > 0.02 * (1 + Math.abs(slope)) ? 1 : 0;
                    checked++;
                }
            }
            // A step may cross a kink of a rectifier or a maximum; a wrong formula is wrong everywhere.
            assertTrue(far <= checked / 8, "seed " + seed + ": " + far + " of " + checked);
        }
    }

    private static double slope(Network network, byte[][] images, int[] labels, float[] values, int i) {
        float old = values[i];
        float step = 2e-3f * Math.max(1, Math.abs(old));
        values[i] = old + step;
        double above = graphLoss(network, images, labels);
        values[i] = old - step;
        double below = graphLoss(network, images, labels);
        values[i] = old;
        return (above - below) / (2 * (double) step);
    }

    private static double graphLoss(Network network, byte[][] images, int[] labels) {
        Graph graph = new Graph(network);
        Graph.Buffers buffers = graph.new Buffers();
        fill(buffers, images);
        return buffers.learn(labels, graph.gradients()).loss();
    }

    private static void fill(Graph.Buffers buffers, byte[][] images) {
        for (int n = 0; n < images.length; n++) {
            for (int i = 0; i < images[n].length; i++) {
                buffers.input()[i * Kernels.LANES + n] = (images[n][i] & 0xff) / 255f;
            }
        }
    }

    @Test
    void operationsAreThoseOfTheProducts() {
        Network network = NetworkBuilder.chain("n", new Shape(2, 4, 4)).convolution("c", 3, new Window(3, 3, 1, 1))
                .batchNormalisation("b").rectifier("r").dense("d", 5).build();
        assertEquals(2 * (2 * 3 * 18 * 16 + 3 * 5 * 48), Trainer.operations(network));
    }

    /** A chunk's normalisation is that of its images, whatever the lanes behind them hold. */
    @Test
    void lanesWithoutAnImageTeachNothing() {
        Network network = new RandomResiduals(3).network();
        byte[][] images = new byte[IMAGES][network.input().size()];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        Graph graph = new Graph(network);
        List<List<Layer.Gradient>> results = new java.util.ArrayList<>();
        for (float rest : new float[] {0, 5}) {
            Graph.Buffers buffers = graph.new Buffers();
            java.util.Arrays.fill(buffers.input(), rest);
            fill(buffers, images);
            List<Layer.Gradient> gradients = graph.gradients();
            buffers.learn(new int[] {0, 1, 2, 0, 1}, gradients);
            results.add(gradients);
        }
        for (int i = 0; i < results.getFirst().size(); i++) {
            assertArrayEquals(results.get(0).get(i).weights(), results.get(1).get(i).weights(), "node " + i);
            assertArrayEquals(results.get(0).get(i).seen(), results.get(1).get(i).seen(), "node " + i);
        }
    }
}
