package metronome.core.train;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Shape;
import metronome.core.network.Stage;
import metronome.core.tensor.Kernels;

/** A chain of layers ready to be trained, {@link Kernels#LANES} samples at a time. */
final class Chain {
    private static final int LANES = Kernels.LANES;

    private final int inputs;
    private final List<Layer> layers = new ArrayList<>();

    Chain(Network network) {
        inputs = network.input().size();
        String last = Network.INPUT;
        Shape shape = network.input();
        for (Node node : network.nodes()) {
            if (!node.inputs().equals(List.of(last))) {
                throw new IllegalArgumentException(
                        "only chains can be trained: node " + node.name() + " reads " + node.inputs() + ", not " + last);
            }
            Shape output = network.shapes().get(node.name());
            layers.add(new Layer(new Stage(node, shape, output)));
            last = node.name();
            shape = output;
        }
    }

    /** Zeros for the gradients of every layer. */
    List<Layer.Gradient> gradients() {
        return layers.stream().map(Layer::gradient).toList();
    }

    /** One thread's buffers: activations and their gradients of one chunk. */
    final class Buffers {
        private final List<float[]> values = new ArrayList<>();
        private final List<float[]> gradients = new ArrayList<>();

        Buffers() {
            values.add(new float[inputs * LANES]);
            gradients.add(new float[0]);
            for (Layer layer : layers) {
                values.add(new float[layer.outputSize() * LANES]);
                gradients.add(new float[layer.outputSize() * LANES]);
            }
        }

        /** Where the input goes, [features, lanes]. */
        float[] input() {
            return values.getFirst();
        }

        /** Adds the gradients of the summed loss of the first lanes, as many as there are labels. */
        CrossEntropy.Score learn(int[] labels, List<Layer.Gradient> sums) {
            for (int i = 0; i < layers.size(); i++) {
                layers.get(i).forward(values.get(i), values.get(i + 1));
            }
            var score = CrossEntropy.gradient(values.getLast(), labels, gradients.getLast());
            for (int i = layers.size() - 1; i >= 0; i--) {
                layers.get(i).backward(new Layer.Pass(values.get(i), values.get(i + 1), gradients.get(i + 1),
                        gradients.get(i)), sums.get(i), i == 0);
            }
            return score;
        }
    }
}
