package metronome.core.spiking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Turns a rectifier network into 8-bit integers by calibration: each layer's activations are scaled so that a percentile
 * of those measured over some images becomes 255; weights so that the largest of a layer becomes 127.
 */
public final class IntegerQuantiser {
    private static final int ACTIVATION_LEVELS = 255;
    private static final int WEIGHT_LEVELS = 127;
    private static final int MULTIPLIER_BITS = 31;
    private static final int MAX_SHIFT = 62;

    private final Network network;
    private final Map<String, Double> ranges;
    private final List<IntegerLayer> layers = new ArrayList<>();

    private IntegerQuantiser(Network network, Map<String, Double> ranges) {
        this.network = network;
        this.ranges = ranges;
    }

    /**
     * {@return the network in integers, activations scaled to their maximum}
     *
     * @param dnn a chain of convolutions and dense layers, each but the last with a rectifier, and of max-pools
     * @param calibration images [count, ...], values in [0, 1]
     * @throws DataException naming the node that cannot be quantised
     */
    public static IntegerNetwork quantise(Network dnn, Tensor calibration) {
        return quantise(dnn, calibration, 100);
    }

    /**
     * {@return the network in integers}
     *
     * @param dnn a chain of convolutions and dense layers, each but the last with a rectifier, and of max-pools
     * @param calibration images [count, ...], values in [0, 1]
     * @param percentile of a layer's positive activations that becomes 255, in (0, 100]; what is above is clipped
     * @throws DataException naming the node that cannot be quantised
     */
    public static IntegerNetwork quantise(Network dnn, Tensor calibration, double percentile) {
        IntegerQuantiser quantiser = new IntegerQuantiser(dnn, new HashMap<>());
        quantiser.requireChain();
        quantiser.calibrate(calibration, percentile);
        return quantiser.run();
    }

    private void requireChain() {
        String previous = Network.INPUT;
        boolean awaitsRectifier = false;
        for (Node node : network.nodes()) {
            boolean product = isProduct(node);
            if (!node.inputs().equals(List.of(previous)) || !isQuantisable(node.operator())) {
                throw refusal(node, "only chains with rectifiers can be quantised to integers");
            }
            if (product && awaitsRectifier) {
                throw refusal(node, "there is no rectifier between it and the product before it");
            }
            awaitsRectifier = product || awaitsRectifier && !(node.operator() instanceof Operator.Rectifier);
            previous = node.name();
        }
        if (!isProduct(network.nodes().getLast())) {
            throw refusal(network.nodes().getLast(), "the last node must be a convolution or a dense layer");
        }
    }

    private static boolean isQuantisable(Operator operator) {
        return switch (operator) {
            case Operator.Convolution _, Operator.Dense _, Operator.MaxPool _ -> true;
            case Operator.Rectifier(float ceiling) -> ceiling == Float.POSITIVE_INFINITY;
            case Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _,
                    Operator.Staircase _ -> false;
        };
    }

    private static boolean isProduct(Node node) {
        return node.operator() instanceof Operator.Convolution || node.operator() instanceof Operator.Dense;
    }

    private void calibrate(Tensor images, double percentile) {
        DirectInference inference = new DirectInference(network);
        Map<String, List<double[]>> seen = new HashMap<>();
        for (int i = 0; i < images.extent(0); i++) {
            inference.run(Evaluation.image(images, i)).forEach((name, values) -> seen
                    .computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(Arrays.stream(values).filter(v -> v > 0).toArray()));
        }
        seen.forEach((name, values) -> ranges.put(name, range(values, percentile)));
    }

    private static double range(List<double[]> values, double percentile) {
        double[] all = values.stream().flatMapToDouble(Arrays::stream).toArray();
        double range = all.length == 0 ? 0 : StatUtils.percentile(all, percentile);
        return range > 0 ? range : 1;
    }

    private IntegerNetwork run() {
        double activationScale = 1.0 / ACTIVATION_LEVELS;
        for (Node node : network.nodes()) {
            Shape input = network.shapes().get(node.inputs().getFirst());
            Shape output = network.shapes().get(node.name());
            switch (node.operator()) {
                case Operator.MaxPool(Window window) ->
                    layers.add(new IntegerLayer.Pool(node.name(), input, output, window));
                case Operator.Rectifier _, Operator.Staircase _, Operator.AveragePool _, Operator.Concat _, Operator.Add _,
                        Operator.BatchNormalisation _ -> { }
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                    activationScale = add(node, input, output, window, weights, bias, activationScale);
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    activationScale = add(node, input, output, Window.covering(input), weights, bias, activationScale);
            }
        }
        return new IntegerNetwork(network.name(), network.input(), layers);
    }

    /** Adds a product and gives the scale of its activations. */
    private double add(Node node, Shape input, Shape output, Window window, Tensor weights, Tensor bias, double scale) {
        double largest = 0;
        for (float weight : weights.data()) {
            largest = Math.max(largest, Math.abs(weight));
        }
        double weightScale = largest == 0 ? 1 : largest / WEIGHT_LEVELS;
        byte[] integers = new byte[weights.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (byte) Math.round(weights.data()[i] / weightScale);
        }
        double accumulatorScale = scale * weightScale;
        int[] integerBias = bias(node, bias, accumulatorScale);
        requireAccumulators(node, integers, integerBias);
        double nextScale = ranges.get(node.name()) / ACTIVATION_LEVELS;
        boolean last = node == network.nodes().getLast();
        double factor = last ? 0.5 : accumulatorScale / nextScale;
        int shift = Math.clamp(MULTIPLIER_BITS - 1 - Math.getExponent(factor), 1, MAX_SHIFT);
        long multiplier = Math.round(Math.scalb(factor, shift));
        if (multiplier > Integer.MAX_VALUE) {
            shift--;
            multiplier = Math.round(Math.scalb(factor, shift));
        }
        if (shift < 1 || multiplier > Integer.MAX_VALUE) {
            throw refusal(node, "accumulators would have to be scaled up by " + factor + "; its activations are too small");
        }
        layers.add(new IntegerLayer.Product(node.name(), input, output, window, integers, integerBias, (int) multiplier,
                shift, last));
        return nextScale;
    }

    private static int[] bias(Node node, Tensor bias, double scale) {
        int[] integers = new int[bias.size()];
        for (int i = 0; i < integers.length; i++) {
            double value = Math.rint(bias.data()[i] / scale);
            if (!(Math.abs(value) <= Integer.MAX_VALUE)) {
                throw refusal(node, "bias " + bias.data()[i] + " leaves 32-bit accumulators");
            }
            integers[i] = (int) value;
        }
        return integers;
    }

    private static void requireAccumulators(Node node, byte[] weights, int[] bias) {
        int taps = weights.length / bias.length;
        for (int out = 0; out < bias.length; out++) {
            long bound = Math.abs((long) bias[out]);
            for (int i = out * taps; i < (out + 1) * taps; i++) {
                bound += (long) ACTIVATION_LEVELS * Math.abs(weights[i]);
            }
            if (bound > Integer.MAX_VALUE) {
                throw refusal(node, "sums up to " + bound + " leave 32-bit accumulators");
            }
        }
    }

    private static DataException refusal(Node node, String reason) {
        return new DataException("node " + node.name() + ": " + reason);
    }
}
