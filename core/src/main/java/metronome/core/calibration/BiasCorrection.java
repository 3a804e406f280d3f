package metronome.core.calibration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * Moves each bias so that the sums of its channel have the mean over some images that they have without rounding, layer by
 * layer from the input on, each with the layers before it already moved (Nagel et al., "Data-Free Quantization Through
 * Weight Equalization and Bias Correction", ICCV 2019, the empirical way). What the code rounds up at its floor and clips at
 * 1 so costs no mean.
 */
final class BiasCorrection {
    private static final int LANES = Kernels.LANES;

    private final Tensor inputs;
    private final int threads;

    BiasCorrection(Tensor inputs, int threads) {
        this.inputs = inputs;
        this.threads = threads;
    }

    /** The staircase network with the means of one that has the same weights without rounding. */
    Network corrected(Network staircase, Network exact) {
        Map<String, double[]> wanted = means(exact);
        Network network = staircase;
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            if (!isLayer(node)) {
                continue;
            }
            double[] has = means(new Network(network.name(), network.input(), network.nodes().subList(0, i + 1)))
                    .get(node.name());
            network = network.with(Map.of(node.name(), moved(node.operator(), wanted.get(node.name()), has)));
        }
        return network;
    }

    private static boolean isLayer(Node node) {
        return node.operator() instanceof Operator.Convolution || node.operator() instanceof Operator.Dense;
    }

    private static Operator moved(Operator operator, double[] wanted, double[] has) {
        return switch (operator) {
            case Operator.Convolution(var window, Tensor weights, Tensor bias) ->
                new Operator.Convolution(window, weights, moved(bias, wanted, has));
            case Operator.Dense(Tensor weights, Tensor bias) -> new Operator.Dense(weights, moved(bias, wanted, has));
            case Operator other -> other;
        };
    }

    private static Tensor moved(Tensor bias, double[] wanted, double[] has) {
        float[] moved = bias.data().clone();
        for (int c = 0; c < moved.length; c++) {
            moved[c] += (float) (wanted[c] - has[c]);
        }
        return Tensor.of(moved, bias.shape());
    }

    /** Of each layer of weights, the mean of every channel over images and places. */
    private Map<String, double[]> means(Network network) {
        List<Node> nodes = network.nodes();
        Map<String, Shape> shapes = network.shapes();
        int chunks = (inputs.extent(0) + LANES - 1) / LANES;
        double[][][] sums = new double[chunks][nodes.size()][];
        Inference.of(network).visit(inputs, threads, (first, count, activations) -> {
            for (int i = 0; i < nodes.size(); i++) {
                if (isLayer(nodes.get(i))) {
                    sums[first / LANES][i] = sums(activations.get(i + 1), shapes.get(nodes.get(i).name()), count);
                }
            }
        });
        Map<String, double[]> means = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (isLayer(nodes.get(i))) {
                means.put(nodes.get(i).name(), mean(sums, i, shapes.get(nodes.get(i).name())));
            }
        }
        return means;
    }

    private static double[] sums(float[] values, Shape shape, int count) {
        double[] sums = new double[shape.channels()];
        int run = shape.height() * shape.width() * LANES;
        for (int i = 0; i < values.length; i++) {
            sums[i / run] += i % LANES < count ? values[i] : 0;
        }
        return sums;
    }

    private double[] mean(double[][][] sums, int node, Shape shape) {
        double[] mean = new double[shape.channels()];
        for (double[][] chunk : sums) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += chunk[node][c] / ((double) inputs.extent(0) * shape.height() * shape.width());
            }
        }
        return mean;
    }
}
