package metronome.core.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Operator;

/** A node of the file while it is lowered: its inputs, its attributes, and what it adds to the network. */
final class Site {
    private final OnnxNode node;
    private final Lowering lowering;
    private final Set<String> read = new HashSet<>();

    Site(OnnxNode node, Lowering lowering) {
        this.node = node;
        this.lowering = lowering;
    }

    OnnxNode node() {
        return node;
    }

    int opset() {
        return lowering.opset();
    }

    Budget budget() {
        return lowering.budget();
    }

    /** {@return the error that this node cannot be taken over}
     *
     * @param reason what is wrong with it
     */
    DataException refusal(String reason) {
        return new DataException(node.place() + ": " + reason);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refusal(otherwise);
        }
    }

    void remark(String text) {
        lowering.remark("node " + node.title() + ": " + text);
    }

    // Inputs

    boolean given(int input) {
        return input < node.inputs().size() && !node.inputs().get(input).isEmpty();
    }

    Value value(int input) {
        require(given(input), "input " + input + " is missing");
        return lowering.value(node.inputs().get(input)).orElseThrow(
                () -> refusal("no node before it computes its input " + node.inputs().get(input)));
    }

    /** {@return activations that nothing waits for}
     *
     * @param input its number
     */
    Activation activation(int input) {
        Activation activation = bordered(input);
        require(activation.border().equals(Border.NONE), "the zeros that a Pad before it adds can only be taken over by a "
                + "convolution, an average pool, or a max-pool of what is not negative");
        return activation;
    }

    /** {@return activations around which there may be zeros}
     *
     * @param input its number
     */
    Activation bordered(int input) {
        return switch (value(input)) {
            case Activation activation -> {
                require(activation.levels().isEmpty(), "reads quantised values, which only DequantizeLinear may");
                yield activation;
            }
            case Constant constant -> throw refusal("its input " + input + " must depend on the network's input, but is the "
                    + "constant " + constant);
        };
    }

    /** {@return activations that lie as [batch, channels, height, width], zeros around them}
     *
     * @param input its number
     */
    Activation image(int input) {
        Activation activation = bordered(input);
        require(activation.view().isImage(), "needs [batch, channels, height, width], reads " + activation.view()
                + " that " + (activation.view().axes().size() == 3 ? "has them in another order" : "is no image"));
        return activation;
    }

    Constant constant(int input) {
        return switch (value(input)) {
            case Constant constant -> constant;
            case Activation _ -> throw refusal("its input " + input + " must be constant, but is computed");
        };
    }

    Optional<Constant> optional(int input) {
        return given(input) ? Optional.of(constant(input)) : Optional.empty();
    }

    // Attributes

    private Optional<Attribute> attribute(String name) {
        read.add(name);
        return node.attributes().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    boolean has(String attribute) {
        return attribute(attribute).isPresent();
    }

    /** Reads over attributes that do not matter. */
    void ignore(String... attributes) {
        read.addAll(List.of(attributes));
    }

    int integer(String attribute, int otherwise, int least, int most) {
        long value = attribute(attribute).flatMap(Attribute::number).orElse((long) otherwise);
        require(value >= least && value <= most, attribute + " must be in [" + least + ", " + most + "]: " + value);
        return (int) value;
    }

    boolean flag(String attribute) {
        return integer(attribute, 0, 0, 1) == 1;
    }

    float decimal(String attribute, float otherwise) {
        float value = attribute(attribute).flatMap(Attribute::decimal).orElse(otherwise);
        require(!Float.isNaN(value), attribute + " is not a number");
        return value;
    }

    String text(String attribute, String otherwise) {
        return attribute(attribute).flatMap(Attribute::text).orElse(otherwise);
    }

    Optional<Constant> tensor(String attribute) {
        return attribute(attribute).flatMap(Attribute::tensor);
    }

    Optional<long[]> integers(String attribute) {
        return attribute(attribute).map(Attribute::numbers);
    }

    /** {@return as many numbers as there must be, or a preset for each where the attribute is missing}
     *
     * @param attribute its name
     * @param count how many
     * @param otherwise the preset
     * @param least of each
     * @param most of each
     */
    int[] integers(String attribute, int count, int otherwise, int least, int most) {
        long[] values = integers(attribute).orElseGet(() -> IntStream.range(0, count).mapToLong(_ -> otherwise).toArray());
        require(values.length == count, attribute + " has " + values.length + " numbers, expected " + count);
        require(Arrays.stream(values).allMatch(v -> v >= least && v <= most), attribute + " must be in [" + least + ", "
                + most + "]: " + Arrays.toString(values));
        return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }

    /** Refuses what nobody has asked for, since it may change what the operator computes. */
    void requireAllRead() {
        node.attributes().stream().filter(a -> !read.contains(a.name())).findFirst().ifPresent(a -> {
            throw refusal("attribute " + a.name() + " is not supported");
        });
    }

    // What comes of it

    /** {@return the activations of a new node of the network}
     *
     * @param operator what it computes
     * @param inputs names of nodes
     * @param view of its output
     * @param nonNegative whether it computes nothing below 0
     */
    Activation emit(Operator operator, List<String> inputs, View view, boolean nonNegative) {
        return Activation.of(lowering.append(node.title(), operator, inputs), view, nonNegative);
    }

    /** {@return the activations of a new node that reads one and keeps its shape} */
    Activation emit(Operator operator, Activation input, boolean nonNegative) {
        return emit(operator, List.of(input.node()), input.view(), nonNegative);
    }

    /** {@return the operator of the node behind activations that nobody but this node reads, which may replace it}
     *
     * @param activation one of the inputs
     */
    Optional<Operator> soleReader(Activation activation) {
        return lowering.soleReader(activation.node());
    }

    void replace(Activation activation, Operator operator) {
        lowering.replace(activation.node(), operator);
    }

    /** Requires that nothing is computed from the output. */
    void requireLast() {
        require(lowering.isLast(node.outputs().getFirst()), "is only supported at the end of a network, where it can be left out");
    }

    void countPair() {
        lowering.countPair(node.title());
    }
}
