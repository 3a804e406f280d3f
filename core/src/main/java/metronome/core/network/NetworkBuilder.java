package metronome.core.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.tensor.Tensor;

/**
 * Writes operators down in order, each reading the one before; {@link #from} goes back to an earlier one, where a branch
 * begins, and {@link #concat} joins branches. Weights are zeros until they are trained or loaded.
 *
 * <pre>{@code
 * Network lenet = NetworkBuilder.chain("lenet", new Shape(1, 28, 28))
 *         .convolution("conv1", 16, Window.square(5, 1)).rectifier("relu1").maxPool("pool1", Window.square(2, 2))
 *         .dense("fc1", 10).build();
 * }</pre>
 */
public final class NetworkBuilder {
    /** PyTorch's. */
    private static final double EPSILON = 1e-5;

    private final String name;
    private final Shape input;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private String last = Network.INPUT;
    private Shape shape;

    private NetworkBuilder(String name, Shape input) {
        this.name = name;
        this.input = input;
        shape = input;
        shapes.put(Network.INPUT, input);
    }

    /**
     * {@return a builder of an empty chain}
     *
     * @param name of the network
     * @param input shape of one sample
     */
    public static NetworkBuilder chain(String name, Shape input) {
        return new NetworkBuilder(name, input);
    }

    /**
     * Appends a convolution.
     *
     * @param node its name
     * @param outputs how many channels it has
     * @param window kernel, stride, padding, dilation and groups
     * @return this
     * @throws IllegalArgumentException if the kernel does not fit into its padded input or the groups do not divide the
     *     channels
     */
    public NetworkBuilder convolution(String node, int outputs, Window window) {
        Shape output = window.output(shape, outputs);
        Tensor weights = Tensor.zeros(outputs, shape.channels() / window.groups(), window.height(), window.width());
        shape = output;
        return append(node, new Operator.Convolution(window, weights, Tensor.zeros(outputs)));
    }

    /**
     * Appends a fully connected layer.
     *
     * @param node its name
     * @param outputs how many units it has
     * @return this
     */
    public NetworkBuilder dense(String node, int outputs) {
        Tensor weights = Tensor.zeros(outputs, shape.size());
        shape = Shape.vector(outputs);
        return append(node, new Operator.Dense(weights, Tensor.zeros(outputs)));
    }

    /**
     * Appends a maximum over each window.
     *
     * @param node its name
     * @param window kernel, stride and padding
     * @return this
     * @throws IllegalArgumentException if the kernel does not fit into its padded input
     */
    public NetworkBuilder maxPool(String node, Window window) {
        shape = window.output(shape, shape.channels());
        return append(node, new Operator.MaxPool(window));
    }

    /**
     * Appends a mean over each window.
     *
     * @param node its name
     * @param window kernel, stride and padding, whose cells count as zeros
     * @return this
     * @throws IllegalArgumentException if the kernel does not fit into its padded input
     */
    public NetworkBuilder averagePool(String node, Window window) {
        shape = window.output(shape, shape.channels());
        return append(node, new Operator.AveragePool(window));
    }

    /**
     * Goes back to an earlier node: what is appended next reads it.
     *
     * @param node its name, or {@link Network#INPUT}
     * @return this
     * @throws IllegalArgumentException if there is no such node
     */
    public NetworkBuilder from(String node) {
        shape = shape(node);
        last = node;
        return this;
    }

    /**
     * Stacks the channels of several nodes; what is appended next reads them all.
     *
     * @param node its name
     * @param inputs names of nodes of one height and width, in the order of their channels
     * @return this
     * @throws IllegalArgumentException if there is no such node, or they do not match
     */
    public NetworkBuilder concat(String node, String... inputs) {
        shape = Shape.stacked(Stream.of(inputs).map(this::shape).toList());
        return append(new Node(node, new Operator.Concat(), List.of(inputs)));
    }

    /**
     * Adds several nodes up; what is appended next reads the sum.
     *
     * @param node its name
     * @param inputs names of nodes of one shape
     * @return this
     * @throws IllegalArgumentException if there is no such node, or their shapes differ
     */
    public NetworkBuilder add(String node, String... inputs) {
        shape = Shape.common(Stream.of(inputs).map(this::shape).toList());
        return append(new Node(node, new Operator.Add(), List.of(inputs)));
    }

    /**
     * Appends a batch normalisation that does nothing until it is trained or loaded: mean 0, variance 1, scale 1, shift 0.
     *
     * @param node its name
     * @return this
     */
    public NetworkBuilder batchNormalisation(String node) {
        int channels = shape.channels();
        return append(node, new Operator.BatchNormalisation(Tensor.zeros(channels), Tensor.filled(1, channels),
                Tensor.filled(1, channels), Tensor.zeros(channels), EPSILON));
    }

    private Shape shape(String node) {
        Shape found = shapes.get(node);
        if (found == null) {
            throw new IllegalArgumentException("no node " + node + " comes before");
        }
        return found;
    }

    /**
     * Appends {@code max(z, 0)}.
     *
     * @param node its name
     * @return this
     */
    public NetworkBuilder rectifier(String node) {
        return append(node, new Operator.Rectifier());
    }

    /**
     * Appends the activation of a temporal code.
     *
     * @param node its name
     * @param code gives the levels
     * @return this
     */
    public NetworkBuilder staircase(String node, TemporalCode code) {
        return append(node, new Operator.Staircase(code));
    }

    /**
     * {@return the network}
     *
     * @throws IllegalArgumentException if it is empty or two nodes share a name
     */
    public Network build() {
        return new Network(name, input, nodes);
    }

    private NetworkBuilder append(String node, Operator operator) {
        return append(new Node(node, operator, List.of(last)));
    }

    private NetworkBuilder append(Node node) {
        nodes.add(node);
        shapes.put(node.name(), shape);
        last = node.name();
        return this;
    }
}
