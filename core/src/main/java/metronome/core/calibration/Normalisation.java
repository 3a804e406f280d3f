package metronome.core.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.code.TemporalCode;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Brings the activations of a rectifier network into [0, 1], where a temporal code can express them: layer l's weights
 * are multiplied by {@code s(l-1) / s(l)} and its bias by {@code 1 / s(l)}, which leaves the function as it was but for
 * the scale of what lies inside. s(l) is a high percentile of the positive activations on some images (as Rueckauer et
 * al., Frontiers in Neuroscience 11:682, 2017, do for rate codes): what lies above is clipped and left to retraining.
 */
public final class Normalisation {
    private static final int LANES = Kernels.LANES;
    /** Of a layer's values over {@link Kernels#LANES} images, about so many; the step is odd, so that it meets all images. */
    private static final int LOOKED_AT = 1 << 19;

    private Normalisation() {
    }

    /**
     * {@return the scale of each rectifier: the percentile of its positive activations; 1 where there are none}
     *
     * @param network with rectifiers
     * @param images [count, ...] to measure on; of a large layer only a part of the values is looked at
     * @param percentile in (0, 100]
     * @param threads at least 1
     */
    public static Map<String, Double> scales(Network network, Tensor images, double percentile, int threads) {
        List<Node> nodes = network.nodes();
        List<List<double[]>> parts = new ArrayList<>();
        for (int chunk = 0; chunk <= images.extent(0) / LANES; chunk++) {
            parts.add(List.of());
        }
        Inference.of(network).visit(images, threads, (first, count, activations) -> {
            List<double[]> positives = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                positives.add(nodes.get(i).operator() instanceof Operator.Rectifier
                        ? positive(activations.get(i + 1), count) : new double[0]);
            }
            parts.set(first / LANES, positives);
        });
        Map<String, Double> scales = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).operator() instanceof Operator.Rectifier(float ceiling)) {
                scales.put(nodes.get(i).name(), Math.min(percentile(parts, i, percentile), ceiling));
            }
        }
        return scales;
    }

    private static double[] positive(float[] values, int count) {
        int step = values.length <= LOOKED_AT ? 1 : values.length / LOOKED_AT | 1;
        double[] positive = new double[values.length / step + 1];
        int n = 0;
        for (int i = 0; i < values.length; i += step) {
            if (values[i] > 0 && i % LANES < count) {
                positive[n++] = values[i];
            }
        }
        return java.util.Arrays.copyOf(positive, n);
    }

    private static double percentile(List<List<double[]>> parts, int node, double percentile) {
        double[] all = parts.stream().filter(p -> !p.isEmpty()).map(p -> p.get(node))
                .flatMapToDouble(java.util.Arrays::stream).toArray();
        return all.length == 0 ? 1 : new Percentile(percentile).evaluate(all);
    }

    /**
     * {@return the network with its scales folded into its weights and a staircase in place of each rectifier}
     *
     * @param network a {@link metronome.core.network.Folding folded} one, whose every layer of weights but the last is
     *     followed by a rectifier
     * @param scales of each rectifier, positive
     * @param code of the staircases
     * @throws IllegalArgumentException if the network is not folded
     */
    public static Network staircase(Network network, Map<String, Double> scales, TemporalCode code) {
        return staircase(network, scales, code, 1);
    }

    /**
     * {@return the same for a network whose input was scaled too}
     *
     * @param network a {@link metronome.core.network.Folding folded} one
     * @param scales of each rectifier, positive
     * @param code of the staircases
     * @param unit what one in the new network's input stands for in the old one's
     * @throws IllegalArgumentException if the network is not folded
     */
    public static Network staircase(Network network, Map<String, Double> scales, TemporalCode code, double unit) {
        return new Rescaling(network, scales, Optional.of(code)).run(unit);
    }

    /**
     * {@return the network with its scales folded into its weights and its rectifiers kept, their ceilings divided}
     *
     * @param network a {@link metronome.core.network.Folding folded} one
     * @param scales of each rectifier, positive
     * @param unit what one in the new network's input stands for in the old one's
     * @throws IllegalArgumentException if the network is not folded
     */
    public static Network rectified(Network network, Map<String, Double> scales, double unit) {
        return new Rescaling(network, scales, Optional.empty()).run(unit);
    }

    /**
     * {@return the network with weights and bias of its last layer divided by its greatest output} No ranking of outputs
     * changes, but they lie within the range of the code, so that a read-out by the last spike can tell them apart.
     *
     * @param network whose last node is dense
     * @param images [count, ...] to measure on
     * @param threads at least 1
     */
    public static Network readOut(Network network, Tensor images, int threads) {
        double greatest = 0;
        for (float output : Inference.of(network).outputs(images, threads).data()) {
            greatest = Math.max(greatest, output);
        }
        return greatest == 0 || !(network.nodes().getLast().operator() instanceof Operator.Dense) ? network
                : divided(network, greatest);
    }

    /** The network with weights and bias of its last layer of weights divided. */
    static Network divided(Network network, double by) {
        for (Node node : network.nodes().reversed()) {
            switch (node.operator()) {
                case Operator.Dense(Tensor weights, Tensor bias) -> {
                    return network.with(Map.of(node.name(), new Operator.Dense(scaled(weights, 1 / by), scaled(bias, 1 / by))));
                }
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) -> {
                    return network.with(Map.of(node.name(),
                            new Operator.Convolution(window, scaled(weights, 1 / by), scaled(bias, 1 / by))));
                }
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _,
                        Operator.BatchNormalisation _, Operator.Rectifier _, Operator.Staircase _ -> { }
            }
        }
        return network;
    }

    private static Tensor scaled(Tensor tensor, double factor) {
        float[] scaled = tensor.data().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * factor);
        }
        return Tensor.of(scaled, tensor.shape());
    }
}
