package metronome.core.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A trained or trainable network: an immutable graph whose nodes stand in topological order; the last one is the output.
 *
 * @param name what it is called in reports
 * @param input shape of one sample
 * @param nodes in topological order
 */
public record Network(String name, Shape input, List<Node> nodes) {
    /** The name by which nodes refer to the network's input. */
    public static final String INPUT = "input";

    /**
     * Checks names, order and shapes.
     *
     * @throws IllegalArgumentException naming the node that does not fit
     */
    public Network {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a network needs a node");
        }
        shapes(input, nodes);
    }

    /** {@return the shape of each node's output, and of {@link #INPUT}} */
    public SequencedMap<String, Shape> shapes() {
        return shapes(input, nodes);
    }

    /** {@return the shape of the output} */
    public Shape output() {
        return shapes().lastEntry().getValue();
    }

    /**
     * {@return how often a weight is multiplied by an activation for one sample, cells of the padding counted as others:
     * the figure that is published of architectures. Pools multiply nothing}
     */
    public long multiplyAccumulates() {
        SequencedMap<String, Shape> shapes = shapes();
        long sum = 0;
        for (Node node : nodes) {
            sum += switch (node.operator()) {
                case Operator.Convolution(_, var weights, _) -> {
                    Shape output = shapes.get(node.name());
                    yield (long) weights.size() * output.height() * output.width();
                }
                case Operator.Dense(var weights, _) -> weights.size();
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _,
                        Operator.BatchNormalisation _, Operator.Rectifier _, Operator.Staircase _ -> 0;
            };
        }
        return sum;
    }

    /** {@return how many weights and biases there are, and scales and shifts of normalisations} */
    public long parameters() {
        long sum = 0;
        for (Node node : nodes) {
            sum += switch (node.operator()) {
                case Operator.Convolution(_, var weights, var bias) -> weights.size() + bias.size();
                case Operator.Dense(var weights, var bias) -> weights.size() + bias.size();
                case Operator.BatchNormalisation(_, _, var scale, var shift, _) -> scale.size() + shift.size();
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.Rectifier _,
                        Operator.Staircase _ -> 0;
            };
        }
        return sum;
    }

    /** {@return the nodes that read a node's output, or {@link #INPUT}}
     *
     * @param node its name
     */
    public List<Node> readers(String node) {
        return nodes.stream().filter(other -> other.inputs().contains(node)).toList();
    }

    /**
     * {@return this network with other operators of the same names}
     *
     * @param replacements by name of node
     */
    public Network with(Map<String, ? extends Operator> replacements) {
        List<Node> replaced = new ArrayList<>();
        for (Node node : nodes) {
            Operator operator = replacements.get(node.name());
            replaced.add(operator == null ? node : new Node(node.name(), operator, node.inputs()));
        }
        return new Network(name, input, replaced);
    }

    private static SequencedMap<String, Shape> shapes(Shape input, List<Node> nodes) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(INPUT, input);
        for (Node node : nodes) {
            List<Shape> inputs = node.inputs().stream().filter(shapes::containsKey).map(shapes::get).toList();
            boolean several = node.operator() instanceof Operator.Concat || node.operator() instanceof Operator.Add;
            if (inputs.size() != node.inputs().size() || (several ? inputs.size() < 2 : inputs.size() != 1)) {
                throw new IllegalArgumentException("node " + node.name() + ": needs " + (several ? "two inputs or more"
                        : "one input") + " that " + (several ? "come" : "comes") + " before it, has " + node.inputs());
            }
            Shape shape;
            try {
                shape = output(node.operator(), inputs);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("node " + node.name() + ": " + e.getMessage(), e);
            }
            if (node.name().isEmpty() || shapes.put(node.name(), shape) != null) {
                throw new IllegalArgumentException("node " + node.name() + ": names must be unique and not empty");
            }
        }
        return shapes;
    }

    private static Shape output(Operator operator, List<Shape> inputs) {
        Shape input = inputs.getFirst();
        return switch (operator) {
            case Operator.Convolution(Window window, var weights, _) -> {
                expect(weights.extent(1) * window.groups(), input.channels(), "channels");
                yield window.output(input, weights.extent(0));
            }
            case Operator.Dense(var weights, _) -> {
                expect(weights.extent(1), input.size(), "inputs");
                yield Shape.vector(weights.extent(0));
            }
            case Operator.MaxPool(Window window) -> window.output(input, input.channels());
            case Operator.AveragePool(Window window) -> window.output(input, input.channels());
            case Operator.Concat _ -> Shape.stacked(inputs);
            case Operator.Add _ -> Shape.common(inputs);
            case Operator.BatchNormalisation(var mean, _, _, _, _) -> {
                expect(mean.size(), input.channels(), "channels");
                yield input;
            }
            case Operator.Rectifier _, Operator.Staircase _ -> input;
        };
    }

    private static void expect(int weights, int input, String of) {
        if (weights != input) {
            throw new IllegalArgumentException("weights for " + weights + " " + of + " meet an input of " + input);
        }
    }
}
