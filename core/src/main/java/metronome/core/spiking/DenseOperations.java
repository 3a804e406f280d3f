package metronome.core.spiking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import metronome.core.network.Folding;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * Counts the operations of a DNN by the rule of docs/operations.md, its normalisations folded into its layers. Immutable.
 */
final class DenseOperations {
    private final Network network;
    private final Map<String, Shape> shapes;
    private final Map<String, FanOut> fanOuts = new HashMap<>();

    /** The operations of one node, all computed and with zeros skipped. */
    record Ways(Operations dense, Operations skipping) {
        static Ways same(long multiplications, long additions, long comparisons) {
            Operations operations = new Operations(multiplications, additions, comparisons);
            return new Ways(operations, operations);
        }
    }

    DenseOperations(Network dnn) {
        network = Folding.normalisations(dnn);
        shapes = network.shapes();
        for (Node node : network.nodes()) {
            window(node).ifPresent(w -> fanOuts.put(node.name(), new FanOut(input(node), shapes.get(node.name()), w)));
        }
    }

    private static Optional<Window> window(Node node, Shape input) {
        return switch (node.operator()) {
            case Operator.Convolution(Window window, _, _) -> Optional.of(window);
            case Operator.Dense _ -> Optional.of(Window.covering(input));
            case Operator.AveragePool(Window window) -> Optional.of(window.grouped(input.channels()));
            case Operator.MaxPool _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _, Operator.Rectifier _,
                    Operator.Staircase _ -> Optional.empty();
        };
    }

    private Optional<Window> window(Node node) {
        return window(node, input(node));
    }

    private Shape input(Node node) {
        return shapes.get(node.inputs().getFirst());
    }

    /** The network that is counted. */
    Network network() {
        return network;
    }

    /**
     * Of every node that computes something, by name.
     *
     * @param present of a node's input, which values are not zero
     */
    SequencedMap<String, Ways> count(Function<Node, IntPredicate> present) {
        SequencedMap<String, Ways> counts = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            boolean passesOn = switch (node.operator()) {
                case Operator.Concat _, Operator.Rectifier _, Operator.Staircase _ -> true;
                case Operator.Convolution _, Operator.Dense _, Operator.MaxPool _, Operator.AveragePool _, Operator.Add _,
                        Operator.BatchNormalisation _ -> false;
            };
            if (!passesOn) {
                counts.put(node.name(), count(node, present));
            }
        }
        return counts;
    }

    private Ways count(Node node, Function<Node, IntPredicate> present) {
        long outputs = shapes.get(node.name()).size();
        return switch (node.operator()) {
            case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ -> product(node, present.apply(node));
            case Operator.MaxPool(Window window) -> Ways.same(0, 0, Arrays.stream(
                    new PoolFanOut(input(node), shapes.get(node.name()), window).inputs()).asLongStream().sum() - outputs);
            case Operator.Add _ -> Ways.same(0, (node.inputs().size() - 1) * outputs, comparisons(node));
            case Operator.BatchNormalisation _ -> Ways.same(outputs, outputs, comparisons(node));
            case Operator.Concat _, Operator.Rectifier _, Operator.Staircase _ -> Ways.same(0, 0, 0);
        };
    }

    private Ways product(Node node, IntPredicate present) {
        Window window = window(node).orElseThrow();
        Shape input = input(node);
        long synapses = (long) shapes.get(node.name()).size() * (input.channels() / window.groups()) * window.height()
                * window.width();
        long skipping = fanOuts.get(node.name()).synapses(input, present);
        return new Ways(new Operations(synapses, synapses, comparisons(node)),
                new Operations(skipping, skipping, comparisons(node)));
    }

    /** One for each output if a rectifier reads it; the search for the largest of a last layer. */
    private long comparisons(Node node) {
        List<Node> readers = network.readers(node.name());
        long outputs = shapes.get(node.name()).size();
        if (readers.isEmpty()) {
            return outputs - 1;
        }
        return readers.stream().anyMatch(r -> r.operator() instanceof Operator.Rectifier
                || r.operator() instanceof Operator.Staircase) ? outputs : 0;
    }
}
