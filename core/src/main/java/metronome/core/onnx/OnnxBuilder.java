package metronome.core.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import metronome.core.protobuf.MessageWriter;

/**
 * Writes small ONNX files by hand, to check readers by: values are joined by their names, which a text lists with blanks
 * between them.
 *
 * <pre>{@code
 * byte[] file = OnnxBuilder.opset(13).input("x", 1, 1, 28, 28).floats("w", weights, 8, 1, 5, 5)
 *         .node("Conv", "x w", "y", OnnxBuilder.integers("pads", 2, 2, 2, 2)).output("y").bytes();
 * }</pre>
 */
public final class OnnxBuilder {
    private static final int GRAPH = 7;
    private static final int OPSET = 8;
    private static final int INITIALISER = 5;
    private static final int KIND = 20;

    private final int opset;
    private final MessageWriter graph = new MessageWriter();

    private OnnxBuilder(int opset) {
        this.opset = opset;
    }

    /**
     * {@return a builder of an empty graph}
     *
     * @param version of the operators
     */
    public static OnnxBuilder opset(int version) {
        return new OnnxBuilder(version);
    }

    /**
     * Adds an input of floats.
     *
     * @param name of the value
     * @param shape its extents; 0 for one that is not said
     * @return this
     */
    public OnnxBuilder input(String name, long... shape) {
        MessageWriter extents = new MessageWriter();
        for (long extent : shape) {
            extents.message(1, extent == 0 ? new MessageWriter().text(2, "N") : new MessageWriter().number(1, extent));
        }
        MessageWriter tensor = new MessageWriter().number(1, ElementType.FLOAT.number).message(2, extents);
        graph.message(11, new MessageWriter().text(1, name).message(2, new MessageWriter().message(1, tensor)));
        return this;
    }

    /**
     * Adds an output.
     *
     * @param name of the value
     * @return this
     */
    public OnnxBuilder output(String name) {
        graph.message(12, new MessageWriter().text(1, name));
        return this;
    }

    /**
     * Adds an initialiser of floats, as raw bytes.
     *
     * @param name of the value
     * @param values row-major
     * @param shape extents
     * @return this
     */
    public OnnxBuilder floats(String name, float[] values, long... shape) {
        double[] numbers = new double[values.length];
        Arrays.setAll(numbers, i -> values[i]);
        return initialiser(tensor(name, ElementType.FLOAT, true, numbers, shape));
    }

    /**
     * Adds a vector of whole numbers of 64 bits, in the field of their type.
     *
     * @param name of the value
     * @param values any
     * @return this
     */
    public OnnxBuilder vector(String name, long... values) {
        return initialiser(tensor(name, ElementType.INT64, false, Arrays.stream(values).asDoubleStream().toArray(), values.length));
    }

    OnnxBuilder initialiser(MessageWriter tensor) {
        graph.message(INITIALISER, tensor);
        return this;
    }

    /**
     * Adds a node without a name.
     *
     * @param operator for example Conv
     * @param inputs names of values; {@code -} for one that is not given
     * @param outputs names of values
     * @param attributes made by the methods of this class
     * @return this
     */
    public OnnxBuilder node(String operator, String inputs, String outputs, MessageWriter... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    OnnxBuilder node(String name, String operator, String inputs, String outputs, MessageWriter... attributes) {
        MessageWriter node = new MessageWriter();
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
            node.text(1, input.equals("-") ? "" : input);
        }
        for (String output : outputs.split(" ")) {
            node.text(2, output);
        }
        node.text(3, name).text(4, operator);
        for (MessageWriter attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return this;
    }

    /**
     * {@return an attribute that is a list of whole numbers}
     *
     * @param name of the attribute
     * @param values any
     */
    public static MessageWriter integers(String name, long... values) {
        return new MessageWriter().text(1, name).packed(8, values).number(KIND, 7);
    }

    /**
     * {@return an attribute that is a whole number}
     *
     * @param name of the attribute
     * @param value any
     */
    public static MessageWriter integer(String name, long value) {
        return new MessageWriter().text(1, name).number(3, value).number(KIND, 2);
    }

    /**
     * {@return an attribute that is a float}
     *
     * @param name of the attribute
     * @param value any
     */
    public static MessageWriter decimal(String name, float value) {
        return new MessageWriter().text(1, name).decimal(2, value).number(KIND, 1);
    }

    /**
     * {@return an attribute that is a text}
     *
     * @param name of the attribute
     * @param value any
     */
    public static MessageWriter text(String name, String value) {
        return new MessageWriter().text(1, name).text(4, value).number(KIND, 3);
    }

    static MessageWriter tensorValue(String name, MessageWriter tensor) {
        return new MessageWriter().text(1, name).message(5, tensor).number(KIND, 4);
    }

    /** A tensor whose elements are raw bytes or stand in the field of their type. */
    static MessageWriter tensor(String name, ElementType type, boolean raw, double[] values, long... shape) {
        MessageWriter tensor = new MessageWriter().packed(1, shape).number(2, type.number).text(8, name);
        return raw ? tensor.bytes(9, raw(type, values)) : typed(tensor, type, values);
    }

    private static byte[] raw(ElementType type, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat((float) value);
                case FLOAT16 -> bytes.putShort(Float.floatToFloat16((float) value));
                case INT64 -> bytes.putLong((long) value);
                case INT32 -> bytes.putInt((int) value);
                case INT8, UINT8, BOOL -> bytes.put((byte) (int) value);
            }
        }
        return bytes.array();
    }

    private static MessageWriter typed(MessageWriter tensor, ElementType type, double[] values) {
        return switch (type) {
            case FLOAT -> tensor.bytes(4, raw(type, values));
            case INT64 -> tensor.packed(7, Arrays.stream(values).mapToLong(v -> (long) v).toArray());
            case FLOAT16 -> tensor.packed(5, Arrays.stream(values)
                    .mapToLong(v -> Float.floatToFloat16((float) v) & 0xffff).toArray());
            case INT32, INT8, UINT8, BOOL -> tensor.packed(5, Arrays.stream(values).mapToLong(v -> (long) v).toArray());
        };
    }

    /** {@return the file} */
    public byte[] bytes() {
        return new MessageWriter().number(1, 8).text(2, "metronome").message(GRAPH, graph)
                .message(OPSET, new MessageWriter().number(2, opset)).bytes();
    }
}
