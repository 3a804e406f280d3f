package metronome.core.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.io.Nearest;

/** Which operators are understood, how each is lowered, and what to say of some that are not. */
final class Rules {
    /** Lowers a node to what its first output stands for. */
    @FunctionalInterface
    interface Rule {
        Value lower(Site site);
    }

    private static final SequencedMap<String, Rule> RULES = new LinkedHashMap<>();
    private static final String BETWEEN = "a temporal code carries values from 0 on, one spike each, and neurons that sum and "
            + "rectify; train the network with Relu in its place";
    private static final String EXPORT = "export the model with pairs of QuantizeLinear and DequantizeLinear (QDQ) instead";
    private static final String STATIC = "export the model with fixed shapes and constants folded";
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("LRN", "temporal codes cannot express it; train the network without it, or with BatchNormalization in its "
                    + "place"),
            Map.entry("Sigmoid", BETWEEN), Map.entry("Tanh", BETWEEN), Map.entry("HardSigmoid", BETWEEN),
            Map.entry("LeakyRelu", BETWEEN), Map.entry("PRelu", BETWEEN), Map.entry("Elu", BETWEEN), Map.entry("Selu", BETWEEN),
            Map.entry("HardSwish", BETWEEN), Map.entry("Gelu", BETWEEN), Map.entry("Erf", BETWEEN), Map.entry("Softplus", BETWEEN),
            Map.entry("InstanceNormalization", "it depends on each input; train the network with BatchNormalization in its place"),
            Map.entry("LayerNormalization", "it depends on each input; train the network with BatchNormalization in its place"),
            Map.entry("GroupNormalization", "it depends on each input; train the network with BatchNormalization in its place"),
            Map.entry("QLinearConv", EXPORT), Map.entry("QLinearMatMul", EXPORT), Map.entry("QLinearAdd", EXPORT),
            Map.entry("ConvInteger", EXPORT), Map.entry("MatMulInteger", EXPORT), Map.entry("DynamicQuantizeLinear", EXPORT),
            Map.entry("Shape", STATIC), Map.entry("Gather", STATIC), Map.entry("Cast", STATIC), Map.entry("If", STATIC),
            Map.entry("Loop", STATIC));

    static {
        RULES.put("Conv", Convolutions::lower);
        RULES.put("Gemm", Products::gemm);
        RULES.put("MatMul", Products::matMul);
        RULES.put("Relu", Activations::relu);
        RULES.put("Clip", Activations::clip);
        RULES.put("BatchNormalization", Affine::batchNormalization);
        RULES.put("MaxPool", Pools::max);
        RULES.put("AveragePool", Pools::average);
        RULES.put("GlobalMaxPool", Pools::globalMax);
        RULES.put("GlobalAveragePool", Pools::globalAverage);
        RULES.put("Concat", Joins::concat);
        RULES.put("Add", Affine::add);
        RULES.put("Sub", Affine::sub);
        RULES.put("Mul", Affine::mul);
        RULES.put("Div", Affine::div);
        RULES.put("Sum", Joins::add);
        RULES.put("Flatten", Layouts::flatten);
        RULES.put("Reshape", Layouts::reshape);
        RULES.put("Transpose", Layouts::transpose);
        RULES.put("Squeeze", Layouts::squeeze);
        RULES.put("Unsqueeze", Layouts::unsqueeze);
        RULES.put("Pad", Layouts::pad);
        RULES.put("Identity", Layouts::same);
        RULES.put("Dropout", Layouts::same);
        RULES.put("Softmax", Layouts::softmax);
        RULES.put("LogSoftmax", Layouts::softmax);
        RULES.put("Constant", Rules::constant);
        RULES.put("QuantizeLinear", Quantisation::quantize);
        RULES.put("DequantizeLinear", Quantisation::dequantize);
    }

    private Rules() {
    }

    /** {@return how to lower a node}
     *
     * @param site of the node
     */
    static Rule of(Site site) {
        OnnxNode node = site.node();
        site.require(Model.own(node.domain()), "operators of domain " + node.domain() + " are not supported");
        return Optional.ofNullable(RULES.get(node.operator())).orElseThrow(() -> site.refusal(refused(node.operator())));
    }

    private static String refused(String operator) {
        String advice = ADVICE.get(operator);
        return advice != null ? "this operator is not supported: " + advice : "this operator is not supported, expected one of "
                + String.join(", ", operators()) + Nearest.hint(operator, RULES.keySet());
    }

    /** {@return the operators that are understood} */
    static List<String> operators() {
        return List.copyOf(RULES.keySet());
    }

    private static Value constant(Site site) {
        Optional<Constant> tensor = site.tensor("value");
        if (tensor.isPresent()) {
            return new Constant(site.node().outputs().getFirst(), tensor.get().shape(), tensor.get().elements());
        }
        String name = site.node().outputs().getFirst();
        if (site.has("value_float")) {
            return new Constant(name, new int[0], new Elements.Floats(new float[] {site.decimal("value_float", 0)}));
        }
        Optional<long[]> numbers = site.integers("value_ints");
        site.require(numbers.isPresent() || site.has("value_int"), "has none of value, value_float, value_int, value_ints");
        return numbers.map(n -> new Constant(name, new int[] {n.length}, new Elements.Integers(ElementType.INT64, n)))
                .orElseGet(() -> new Constant(name, new int[0], new Elements.Integers(ElementType.INT64,
                        new long[] {site.integer("value_int", 0, Integer.MIN_VALUE, Integer.MAX_VALUE)})));
    }
}
