package metronome.core.calibration;

import java.util.Arrays;
import java.util.Random;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** Networks and images by chance, for tests. */
final class SampleNetwork {
    private final Random random;

    SampleNetwork(long seed) {
        random = new Random(seed);
    }

    /** A residual network whose input is brought to mean 0, with padding in its first layer. */
    Network network(int padding) {
        NetworkBuilder builder = NetworkBuilder.chain("n", new Shape(3, 9, 9)).batchNormalisation("centred")
                .convolution("c1", 6, new Window(3, 3, 1, padding)).rectifier("r1")
                .convolution("c2", 8, new Window(3, 3, 2, 1)).rectifier("r2").convolution("c3", 8, new Window(3, 3, 1, 1))
                .from("r1").convolution("short", 8, Window.square(1, 2)).add("sum", "c3", "short").rectifier("r3")
                .maxPool("p", Window.square(2, 2).roundedUp());
        Network network = builder.averagePool("mean", Window.square(padding == 1 ? 3 : 2, 1)).dense("d", 5).build();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor w, Tensor b) -> fill(w, b);
                case Operator.Dense(Tensor w, Tensor b) -> fill(w, b);
                case Operator.BatchNormalisation(Tensor mean, Tensor variance, _, _, _) -> {
                    Arrays.fill(mean.data(), 0.45f);
                    Arrays.fill(variance.data(), 0.06f);
                }
                default -> { }
            }
        }
        return network;
    }

    void fill(Tensor weights, Tensor bias) {
        double deviation = 1.5 / Math.sqrt((double) weights.size() / weights.extent(0));
        for (int i = 0; i < weights.size(); i++) {
            weights.data()[i] = (float) (deviation * random.nextGaussian());
        }
        for (int i = 0; i < bias.size(); i++) {
            bias.data()[i] = (float) (0.1 * random.nextGaussian());
        }
    }

    Tensor images(int count) {
        Tensor images = Tensor.zeros(count, 3, 9, 9);
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = random.nextFloat();
        }
        return images;
    }
}
