package metronome.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.core.tensor.Tensor;

/** The graph of a network as JSON; its weights stand beside it, as tensors NODE.weight and NODE.bias. */
final class GraphJson {
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";
    private static final String MEAN = ".running_mean";
    private static final String VARIANCE = ".running_var";

    private GraphJson() {
    }

    static Json write(Network network) {
        Shape input = network.input();
        return Json.object().put("name", network.name())
                .put("input", Json.array(input.channels(), input.height(), input.width()))
                .put("nodes", Json.array(network.nodes().stream().map(GraphJson::write).toList())).build();
    }

    private static Json write(Node node) {
        ObjectBuilder object = Json.object().put("name", node.name());
        switch (node.operator()) {
            case Operator.Convolution(Window window, _, _) -> window(object.put("op", "convolution"), window);
            case Operator.Dense _ -> object.put("op", "dense");
            case Operator.MaxPool(Window window) -> window(object.put("op", "max-pool"), window);
            case Operator.AveragePool(Window window) -> window(object.put("op", "average-pool"), window);
            case Operator.Concat _ -> object.put("op", "concat");
            case Operator.Add _ -> object.put("op", "add");
            case Operator.BatchNormalisation n -> object.put("op", "batch-normalisation").put("epsilon", n.epsilon());
            case Operator.Rectifier(float ceiling) -> {
                object.put("op", "rectifier");
                if (ceiling < Float.POSITIVE_INFINITY) {
                    object.put("ceiling", ceiling);
                }
            }
            case Operator.Staircase(TemporalCode code) -> object.put("op", "staircase")
                    .put("time_constant", code.timeConstant()).put("steps", code.steps())
                    .put("rounding", text(code.rounding())).put("zeros", text(code.zeros()));
        }
        return object.put("inputs", Json.array(node.inputs().stream().map(Json::of).toList())).build();
    }

    private static void window(ObjectBuilder object, Window window) {
        object.put("kernel", Json.array(window.height(), window.width())).put("stride", window.stride())
                .put("padding", window.padding());
        if (!window.plain()) {
            object.put("dilation", window.dilation()).put("groups", window.groups());
        }
        if (window.ceiling()) {
            object.put("ceiling", true);
        }
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static void tensors(Network network, Map<String, Tensor> tensors) {
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor weights, Tensor bias) -> put(tensors, node, weights, bias);
                case Operator.Dense(Tensor weights, Tensor bias) -> put(tensors, node, weights, bias);
                case Operator.BatchNormalisation(Tensor mean, Tensor variance, Tensor scale, Tensor shift, _) -> {
                    put(tensors, node, scale, shift);
                    tensors.put(node.name() + MEAN, mean);
                    tensors.put(node.name() + VARIANCE, variance);
                }
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.Rectifier _,
                        Operator.Staircase _ -> { }
            }
        }
    }

    private static void put(Map<String, Tensor> tensors, Node node, Tensor weights, Tensor bias) {
        tensors.put(node.name() + WEIGHT, weights);
        tensors.put(node.name() + BIAS, bias);
    }

    /** Takes the tensors that the graph needs out of the map. */
    static Network read(Json graph, SequencedMap<String, Tensor> tensors) {
        Json.Obj object = Strict.object(graph, "graph");
        Strict.keys(object, "graph", "name", "input", "nodes");
        String name = Strict.string(Strict.member(object, "graph", "name"), "name");
        int[] input = extents(Strict.member(object, "graph", "input"), "input", 3);
        List<Node> nodes = new ArrayList<>();
        for (Json node : Strict.array(Strict.member(object, "graph", "nodes"), "nodes")) {
            nodes.add(node(Strict.object(node, "node " + nodes.size()), "node " + nodes.size(), tensors));
        }
        return new Network(name, new Shape(input[0], input[1], input[2]), nodes);
    }

    private static Node node(Json.Obj object, String what, Map<String, Tensor> tensors) {
        String name = Strict.string(Strict.member(object, what, "name"), what + ": name");
        List<String> inputs = Strict.array(Strict.member(object, what, "inputs"), what + ": inputs").stream()
                .map(i -> Strict.string(i, what + ": inputs")).toList();
        try {
            return new Node(name, operator(object, "node " + name, name, tensors), inputs);
        } catch (IllegalArgumentException e) {
            throw new DataException("node " + name + ": " + e.getMessage(), e);
        }
    }

    private static Operator operator(Json.Obj object, String what, String name, Map<String, Tensor> tensors) {
        String kind = Strict.string(Strict.member(object, what, "op"), what + ": op");
        return switch (kind) {
            case "convolution" -> new Operator.Convolution(window(object, what), take(tensors, name + WEIGHT),
                    take(tensors, name + BIAS));
            case "max-pool" -> new Operator.MaxPool(window(object, what));
            case "dense" -> {
                Strict.keys(object, what, "name", "op", "inputs");
                yield new Operator.Dense(take(tensors, name + WEIGHT), take(tensors, name + BIAS));
            }
            case "average-pool" -> new Operator.AveragePool(window(object, what));
            case "concat" -> {
                Strict.keys(object, what, "name", "op", "inputs");
                yield new Operator.Concat();
            }
            case "add" -> {
                Strict.keys(object, what, "name", "op", "inputs");
                yield new Operator.Add();
            }
            case "batch-normalisation" -> {
                Strict.keys(object, what, "name", "op", "inputs", "epsilon");
                yield new Operator.BatchNormalisation(take(tensors, name + MEAN), take(tensors, name + VARIANCE),
                        take(tensors, name + WEIGHT), take(tensors, name + BIAS),
                        Strict.number(Strict.member(object, what, "epsilon"), what + ": epsilon"));
            }
            case "rectifier" -> {
                Strict.keys(object, what, "name", "op", "inputs", "ceiling");
                yield object.get("ceiling").map(c -> new Operator.Rectifier((float) Strict.number(c, what + ": ceiling")))
                        .orElseGet(Operator.Rectifier::new);
            }
            case "staircase" -> new Operator.Staircase(code(object, what));
            default -> throw new DataException(what + ": op \"" + kind
                    + "\", expected one of convolution, dense, max-pool, average-pool, concat, add, batch-normalisation, rectifier, "
                    + "staircase");
        };
    }

    private static Window window(Json.Obj object, String what) {
        Strict.keys(object, what, "name", "op", "inputs", "kernel", "stride", "padding", "dilation", "groups",
                "ceiling");
        int[] kernel = extents(Strict.member(object, what, "kernel"), what + ": kernel", 2);
        return new Window(kernel[0], kernel[1],
                Strict.integer(Strict.member(object, what, "stride"), what + ": stride", 1, 1 << 16),
                Strict.integer(Strict.member(object, what, "padding"), what + ": padding", 0, 1 << 16),
                oneUnlessSaid(object, what, "dilation"), oneUnlessSaid(object, what, "groups"),
                object.get("ceiling").map(c -> Strict.truth(c, what + ": ceiling")).orElse(false));
    }

    private static int oneUnlessSaid(Json.Obj object, String what, String key) {
        return object.get(key).map(value -> Strict.integer(value, what + ": " + key, 1, 1 << 16)).orElse(1);
    }

    private static TemporalCode code(Json.Obj object, String what) {
        Strict.keys(object, what, "name", "op", "inputs", "time_constant", "steps", "rounding", "zeros");
        return new TemporalCode(
                Strict.number(Strict.member(object, what, "time_constant"), what + ": time_constant"),
                Strict.integer(Strict.member(object, what, "steps"), what + ": steps", 1, 1000),
                constant(Rounding.values(), Strict.member(object, what, "rounding"), what + ": rounding"),
                constant(ZeroPolicy.values(), Strict.member(object, what, "zeros"), what + ": zeros"));
    }

    private static <E extends Enum<E>> E constant(E[] values, Json value, String what) {
        String text = Strict.string(value, what);
        for (E constant : values) {
            if (text(constant).equals(text)) {
                return constant;
            }
        }
        throw new DataException(what + ": \"" + text + "\", expected one of "
                + String.join(", ", java.util.Arrays.stream(values).map(GraphJson::text).toList()));
    }

    private static int[] extents(Json value, String what, int count) {
        List<Json> items = Strict.array(value, what);
        if (items.size() != count) {
            throw new DataException(what + ": " + items.size() + " extents, expected " + count);
        }
        return items.stream().mapToInt(i -> Strict.integer(i, what, 1, 1 << 24)).toArray();
    }

    private static Tensor take(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.remove(name);
        if (tensor == null) {
            throw new DataException("tensor " + name + ": not there, but the graph needs it");
        }
        return tensor;
    }
}
