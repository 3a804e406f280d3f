package metronome.core.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;

/** Turns a graph into a network, node after node; what the graph's output does not need is left out. */
final class Lowering {
    private static final Set<String> TRANSPARENT = Set.of("Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze",
            "Transpose", "Softmax", "LogSoftmax");

    private final Model model;
    private final Graph graph;
    private final Budget budget;
    private final Map<String, Value> values = new HashMap<>();
    private final SequencedMap<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> aliases = new HashMap<>();
    private final Names names = new Names();
    private final List<String> remarks = new ArrayList<>();
    private final Readers readers;
    private int pairs;
    private String firstPair = "";

    private Lowering(Model model, long bytes) {
        this.model = model;
        graph = model.graph();
        budget = new Budget(bytes);
        readers = Readers.of(graph, output(graph));
    }

    /** {@return the network}
     *
     * @param model what to lower
     * @param bytes of the file
     * @param name of the network
     * @param images shape of the images, where the file's input does not say it
     */
    static OnnxImport lower(Model model, long bytes, String name, Optional<Shape> images) {
        return new Lowering(model, bytes).network(name, images);
    }

    private static String output(Graph graph) {
        if (graph.outputs().size() != 1) {
            throw new DataException("the graph has " + graph.outputs().size() + " outputs, expected one");
        }
        return graph.outputs().getFirst().name();
    }

    private OnnxImport network(String name, Optional<Shape> images) {
        values.putAll(graph.initialisers());
        ImageInput input = ImageInput.of(graph, images, readers);
        input.remark().ifPresent(this::remark);
        values.put(input.name(), Activation.of(Network.INPUT, input.view(), false));
        for (OnnxNode node : graph.nodes()) {
            if (readers.needed(node)) {
                lower(node);
            }
        }
        requireResult();
        if (pairs > 0) {
            remark(pairs + " pairs of QuantizeLinear and DequantizeLinear on activations are left out, the first at node " + firstPair
                    + ": activations are not rounded to 8 bits, as they would be there");
        }
        return new OnnxImport(new Network(name, input.view().shape(), List.copyOf(nodes.values())), List.copyOf(remarks));
    }

    private void lower(OnnxNode node) {
        Site site = new Site(node, this);
        for (int i = 1; i < node.outputs().size(); i++) {
            site.require(readers.count(node.outputs().get(i)) == 0, "its output " + node.outputs().get(i)
                    + " is used, only the first output is supported");
        }
        Value value;
        try {
            value = Rules.of(site).lower(site);
        } catch (IllegalArgumentException e) {
            throw site.refusal(e.getMessage());
        } catch (DataException e) {
            throw e.getMessage().startsWith("node ") ? e : e.in(node.place());
        }
        site.requireAllRead();
        define(site, node.outputs().getFirst(), value);
    }

    private void define(Site site, String name, Value value) {
        site.require(values.putIfAbsent(name, value) == null, "there are two values of the name " + name);
        if (value instanceof Activation activation) {
            aliases.computeIfAbsent(activation.node(), _ -> new ArrayList<>()).add(name);
        }
    }

    private void requireResult() {
        String name = output(graph);
        Value result = values.get(name);
        if (!(result instanceof Activation activation) || nodes.isEmpty()) {
            throw new DataException("the output " + name + " is not computed from the network's input");
        }
        if (activation.levels().isPresent() || !activation.border().equals(Border.NONE) || !activation.view().inOrder()
                || !activation.node().equals(nodes.lastEntry().getKey())) {
            throw new DataException("the output " + name + " is quantised, padded or in another order than channels, rows, columns");
        }
    }

    // For sites

    int opset() {
        return model.opset();
    }

    Budget budget() {
        return budget;
    }

    void remark(String text) {
        remarks.add(text);
    }

    void countPair(String node) {
        firstPair = pairs++ == 0 ? node : firstPair;
    }

    Optional<Value> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String append(String title, Operator operator, List<String> inputs) {
        String name = names.unique(title);
        nodes.put(name, new Node(name, operator, inputs));
        return name;
    }

    /** {@return the operator of a network's node if every value that stands for it has one reader} */
    Optional<Operator> soleReader(String node) {
        boolean alone = aliases.getOrDefault(node, List.of()).stream().allMatch(name -> readers.count(name) == 1);
        return Optional.ofNullable(nodes.get(node)).map(Node::operator).filter(_ -> alone);
    }

    void replace(String node, Operator operator) {
        nodes.computeIfPresent(node, (_, old) -> new Node(old.name(), operator, old.inputs()));
    }

    /** {@return whether nothing but layout is computed from a value} */
    boolean isLast(String value) {
        Deque<String> values = new ArrayDeque<>(List.of(value));
        Set<String> seen = new HashSet<>();
        while (!values.isEmpty()) {
            for (OnnxNode reader : readers.of(values.pop())) {
                if (!TRANSPARENT.contains(reader.operator())) {
                    return false;
                }
                reader.outputs().stream().filter(seen::add).forEach(values::push);
            }
        }
        return true;
    }
}
