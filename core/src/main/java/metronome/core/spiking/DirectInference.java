package metronome.core.spiking;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * A trained network in double precision, straight from its definition: the reference by which quantisation is calibrated
 * and zero activations are counted. Immutable.
 */
public final class DirectInference {
    private final Network network;
    private final SequencedMap<String, Shape> shapes;
    private final Map<String, DirectProduct> products = new LinkedHashMap<>();

    /**
     * Prepares a network; float weights are widened.
     *
     * @param network of any operators
     */
    public DirectInference(Network network) {
        this.network = network;
        this.shapes = network.shapes();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ -> products.put(node.name(),
                        DirectProduct.of(node.operator(), shapes.get(node.inputs().getFirst()), shapes.get(node.name())));
                case Operator.MaxPool _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _,
                        Operator.Rectifier _, Operator.Staircase _ -> { }
            }
        }
    }

    /**
     * {@return the values of {@link Network#INPUT} and of every node's output, channel-major}
     *
     * @param image values in channel-major order
     * @throws IllegalArgumentException if there are too few or too many values
     */
    public SequencedMap<String, double[]> run(float[] image) {
        if (image.length != network.input().size()) {
            throw new IllegalArgumentException("input must have " + network.input().size() + " values: " + image.length);
        }
        double[] input = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            input[i] = image[i];
        }
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        values.put(Network.INPUT, input);
        for (Node node : network.nodes()) {
            values.put(node.name(), apply(node, node.inputs().stream()
                    .flatMapToDouble(name -> Arrays.stream(values.get(name))).toArray()));
        }
        return values;
    }

    /**
     * {@return the class of an image: the output with the greatest value, among equals the first}
     *
     * @param image values in channel-major order
     */
    public int winner(float[] image) {
        double[] output = run(image).lastEntry().getValue();
        int winner = 0;
        for (int i = 1; i < output.length; i++) {
            winner = output[i] > output[winner] ? i : winner;
        }
        return winner;
    }

    private double[] apply(Node node, double[] values) {
        return switch (node.operator()) {
            case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ -> products.get(node.name()).apply(values);
            case Operator.Rectifier(float ceiling) -> Arrays.stream(values).map(z -> Math.clamp(z, 0, ceiling)).toArray();
            case Operator.Staircase(var code) -> Arrays.stream(values).map(code::activation).toArray();
            case Operator.Concat _ -> values;
            case Operator.Add _ -> sum(values, node.inputs().size());
            case Operator.BatchNormalisation n -> normalised(n, values);
            case Operator.MaxPool(Window window) ->
                maxima(values, shapes.get(node.inputs().getFirst()), shapes.get(node.name()), window);
        };
    }

    /** Adds up several inputs that lie one after the other. */
    private static double[] sum(double[] values, int inputs) {
        double[] sum = new double[values.length / inputs];
        for (int i = 0; i < values.length; i++) {
            sum[i % sum.length] += values[i];
        }
        return sum;
    }

    private static double[] normalised(Operator.BatchNormalisation n, double[] values) {
        int area = values.length / n.mean().size();
        double[] normalised = new double[values.length];
        Arrays.setAll(normalised, i -> values[i] * n.factor(i / area) + n.offset(i / area));
        return normalised;
    }

    private static double[] maxima(double[] values, Shape input, Shape output, Window window) {
        double[] maxima = new double[output.size()];
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        PoolFanOut fanOut = new PoolFanOut(input, output, window);
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            fanOut.forEach(i, neuron -> maxima[neuron] = Math.max(maxima[neuron], value));
        }
        return maxima;
    }
}
