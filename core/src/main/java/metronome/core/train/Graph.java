package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Shape;
import metronome.core.network.Stage;
import metronome.core.tensor.Kernels;

/** A network ready to be trained, {@link Kernels#LANES} samples at a time. */
final class Graph {
    private static final int LANES = Kernels.LANES;
    private static final Kernels KERNELS = Kernels.vector();
    /** The place of the network's input among the values. */
    private static final int INPUT = 0;

    private final List<Layer> layers = new ArrayList<>();
    /** Of each layer, the places of its inputs among the values; layer i's own is i + 1. */
    private final List<List<Integer>> sources = new ArrayList<>();
    private final int[] sizes;
    private final int[] readers;

    Graph(Network network) {
        Map<String, Shape> shapes = network.shapes();
        List<String> names = List.copyOf(shapes.keySet());
        sizes = shapes.values().stream().mapToInt(shape -> shape.size() * LANES).toArray();
        readers = new int[sizes.length];
        for (Node node : network.nodes()) {
            Shape input = shapes.get(node.inputs().getFirst());
            layers.add(Layer.of(new Stage(node, input, shapes.get(node.name()))));
            sources.add(node.inputs().stream().map(names::indexOf).toList());
            sources.getLast().forEach(source -> readers[source]++);
        }
    }

    /** Zeros for the gradients of every layer. */
    List<Layer.Gradient> gradients() {
        return layers.stream().map(Layer::gradient).toList();
    }

    /** One thread's buffers: activations and their gradients of one chunk. */
    final class Buffers {
        private final List<float[]> values = Arrays.stream(sizes).mapToObj(float[]::new).toList();
        private final List<float[]> gradients = Arrays.stream(sizes).mapToObj(float[]::new).toList();

        /** Where the input goes, [features, lanes]. */
        float[] input() {
            return values.getFirst();
        }

        /** Adds the gradients of the summed loss of the first lanes, as many as there are labels. */
        CrossEntropy.Score learn(int[] labels, List<Layer.Gradient> sums) {
            for (int i = 0; i < layers.size(); i++) {
                layers.get(i).forward(in(i), values.get(i + 1), new Layer.Batch(labels.length, sums.get(i)));
            }
            gradients.forEach(g -> Arrays.fill(g, 0));
            var score = CrossEntropy.gradient(values.getLast(), labels, gradients.getLast());
            for (int i = layers.size() - 1; i >= 0; i--) {
                backward(i, new Layer.Batch(labels.length, sums.get(i)));
            }
            return score;
        }

        private List<float[]> in(int layer) {
            return sources.get(layer).stream().map(values::get).toList();
        }

        /** A value that several layers read gathers the gradients of all of them. */
        private void backward(int layer, Layer.Batch batch) {
            List<Integer> from = sources.get(layer);
            List<float[]> parts = from.stream().map(source -> source == INPUT ? new float[0]
                    : readers[source] == 1 ? gradients.get(source) : new float[sizes[source]]).toList();
            layers.get(layer).backward(new Layer.Pass(in(layer), values.get(layer + 1), gradients.get(layer + 1), parts),
                    batch);
            for (int i = 0; i < from.size(); i++) {
                if (from.get(i) != INPUT && readers[from.get(i)] > 1) {
                    KERNELS.axpy(1, parts.get(i), gradients.get(from.get(i)));
                }
            }
        }
    }
}
