package metronome.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;

/**
 * What a network expects of its input beyond pixels in [0, 1] and channels in the order red, green, blue, as all of ours
 * take them: {@code (pixel * scale - mean) / deviation}, and the channels the other way round.
 *
 * @param scale by which a pixel is multiplied first; 255 for networks that take bytes
 * @param mean of each channel in the network's own order, one for all, or none for 0; in units after the scale
 * @param deviation of each channel likewise, positive; none for 1
 * @param order of the channels that the network takes
 */
public record InputTransform(double scale, List<Double> mean, List<Double> deviation, Order order) {
    /** Nothing beyond. */
    public static final InputTransform NONE = new InputTransform(1, List.of(), List.of(), Order.RGB);
    /** Name of the node that scales and shifts the input. */
    static final String NODE = "preprocessing";

    /** Order of the channels of an image in colour. */
    public enum Order {
        /** Red, green, blue, as images are stored. */
        RGB,
        /** Blue, green, red, as Caffe's networks take them. */
        BGR
    }

    /** Copies the lists. */
    public InputTransform {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /**
     * {@return a network that takes pixels in [0, 1], red first}
     *
     * @param network that takes what this describes
     * @throws DataException if numbers and channels do not match, or what reads the input cannot take its channels in another
     *     order
     */
    public Network before(Network network) {
        Network reordered = order == Order.BGR ? reversed(network) : network;
        return scale == 1 && isAll(mean, 0) && isAll(deviation, 1) ? reordered : headed(reordered);
    }

    private static boolean isAll(List<Double> values, double value) {
        return values.stream().allMatch(v -> v == value);
    }

    private Network headed(Network network) {
        int channels = network.input().channels();
        float[] means = perChannel("mean", mean, channels, 0);
        float[] deviations = perChannel("deviation", deviation, channels, 1);
        Tensor variance = Tensor.zeros(channels);
        Tensor scales = Tensor.zeros(channels);
        for (int c = 0; c < channels; c++) {
            variance.data()[c] = deviations[c] * deviations[c];
            scales.data()[c] = (float) scale;
            means[c] = (float) (means[c] / scale);
        }
        Node head = new Node(NODE, new Operator.BatchNormalisation(Tensor.of(means, channels), variance, scales,
                Tensor.zeros(channels), 0), List.of(Network.INPUT));
        List<Node> nodes = new ArrayList<>(List.of(head));
        network.nodes().forEach(node -> nodes.add(new Node(node.name(), node.operator(),
                node.inputs().stream().map(input -> input.equals(Network.INPUT) ? NODE : input).toList())));
        return new Network(network.name(), network.input(), nodes);
    }

    /** In the order of pixels. */
    private float[] perChannel(String what, List<Double> values, int channels, double otherwise) {
        if (values.size() > 1 && values.size() != channels) {
            throw new DataException(values.size() + " values of the " + what + " for an input of " + channels + " channels");
        }
        float[] all = new float[channels];
        for (int c = 0; c < channels; c++) {
            int at = order == Order.BGR ? channels - 1 - c : c;
            all[c] = (float) (values.isEmpty() ? otherwise : (double) values.get(values.size() == 1 ? 0 : at));
        }
        return all;
    }

    private static Network reversed(Network network) {
        Shape input = network.input();
        if (input.channels() != 3) {
            throw new DataException("only images of three channels have an order of colours, the network takes " + input);
        }
        List<Node> nodes = network.nodes().stream().map(node -> !node.inputs().contains(Network.INPUT) ? node
                : new Node(node.name(), reversed(node, input).orElseThrow(() -> new DataException("node " + node.name()
                        + ": reads the input and cannot take its channels in another order; only convolutions and dense "
                        + "layers can")), node.inputs())).toList();
        return new Network(network.name(), input, nodes);
    }

    private static Optional<Operator> reversed(Node node, Shape input) {
        return switch (node.operator()) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) when window.groups() == 1 ->
                    Optional.of(new Operator.Convolution(window, reversed(weights, window.height() * window.width()), bias));
            case Operator.Dense(Tensor weights, Tensor bias) ->
                    Optional.of(new Operator.Dense(reversed(weights, input.height() * input.width()), bias));
            case Operator.Convolution _, Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _,
                    Operator.BatchNormalisation _, Operator.Rectifier _, Operator.Staircase _ -> Optional.empty();
        };
    }

    /** [out, 3, plane], the three planes of each output the other way round. */
    private static Tensor reversed(Tensor weights, int plane) {
        Tensor reversed = weights.copy();
        for (int from = 0; from < weights.size(); from += 3 * plane) {
            System.arraycopy(weights.data(), from, reversed.data(), from + 2 * plane, plane);
            System.arraycopy(weights.data(), from + 2 * plane, reversed.data(), from, plane);
        }
        return reversed;
    }

    @Override
    public String toString() {
        return "(pixel * " + scale + " - " + (mean.isEmpty() ? 0 : mean) + ") / " + (deviation.isEmpty() ? 1 : deviation)
                + ", channels " + order.name().toLowerCase(java.util.Locale.ROOT);
    }
}
