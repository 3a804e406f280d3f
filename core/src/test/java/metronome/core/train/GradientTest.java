package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
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
        Chain chain = new Chain(network);
        List<Layer.Gradient> gradients = chain.gradients();
        Chain.Buffers buffers = chain.new Buffers();
        for (int n = 0; n < images.length; n++) {
            for (int i = 0; i < images[n].length; i++) {
                buffers.input()[i * Kernels.LANES + n] = (images[n][i] & 0xff) / 255f;
            }
        }
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

    @Test
    void onlyChainsAreTrained() {
        Network network = new Network("n", Shape.vector(1), List.of(
                new Node("a", new Operator.Rectifier(), List.of(Network.INPUT)),
                new Node("b", new Operator.Rectifier(), List.of(Network.INPUT))));
        assertThrows(IllegalArgumentException.class, () -> new Chain(network));
    }
}
