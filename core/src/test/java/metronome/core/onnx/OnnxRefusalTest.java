package metronome.core.onnx;

import static metronome.core.onnx.OnnxBuilder.decimal;
import static metronome.core.onnx.OnnxBuilder.integer;
import static metronome.core.onnx.OnnxBuilder.integers;
import static metronome.core.onnx.OnnxBuilder.tensor;
import static metronome.core.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.protobuf.MessageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is what is not supported refused, with node, operator and reason? And is a tensor the same however it is stored? */
class OnnxRefusalTest {
    @TempDir
    private Path directory;

    private static OnnxBuilder begin() {
        return OnnxBuilder.opset(13).input("x", 0, 4, 6, 6);
    }

    private static void assertRefused(String message, OnnxBuilder file) {
        assertEquals(message, Bench.refused(file));
    }

    @Test
    void namesTheNodeOrItsOutput() {
        assertRefused("node norm1 (LRN): this operator is not supported: temporal codes cannot express it; train the network without "
                + "it, or with BatchNormalization in its place", begin().node("norm1", "LRN", "x", "y").output("y"));
        assertTrue(Bench.refused(begin().node("Sigmoid", "x", "y").output("y")).startsWith(
                "node y (Sigmoid): this operator is not supported: a temporal code carries values from 0 on"));
        String message = Bench.refused(begin().node("MaxPol", "x", "y").output("y"));
        assertTrue(message.contains("expected one of Conv, Gemm, MatMul, ") && message.endsWith("; did you mean MaxPool?"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 22})
    void otherOpsets(int opset) {
        String message = Bench.refused(OnnxBuilder.opset(opset).input("x", 1, 4).node("Relu", "x", "y").output("y"));
        assertTrue(opset == 0 ? message.contains("no version of the operators") : message.equals("opset " + opset
                + " of domain ai.onnx, expected one in [8, 21]"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 21})
    void theseOpsets(int opset) {
        Bench.imported(OnnxBuilder.opset(opset).input("x", 1, 4).node("Relu", "x", "y").output("y"));
    }

    @Test
    void geometry() {
        OnnxBuilder strides = begin().floats("w", new float[4 * 9], 1, 4, 3, 3).node("Conv", "x w", "y", integers("strides", 1, 2))
                .output("y");
        assertRefused("node y (Conv): strides of 1 down and 2 across; one stride for both directions is supported", strides);
        OnnxBuilder dilated = begin().floats("w", new float[4 * 9], 1, 4, 3, 3).node("Conv", "x w", "y", integers("dilations", 1, 2))
                .output("y");
        assertRefused("node y (Conv): dilations of 1 down and 2 across; one dilation for both directions is supported", dilated);
        OnnxBuilder odd = begin().floats("w", new float[4 * 9], 1, 4, 3, 3).node("Conv", "x w", "y", integers("dilations", 2, 2),
                integers("pads", 0, 0, 1, 1)).output("y");
        assertRefused("node y (Conv): pads [0, 0, 1, 1] cannot be expressed by one padding and taps of zeros around the kernel", odd);
        assertRefused("node y (MaxPool): pads [1, 0, 0, 0] cannot be expressed by one padding on all sides", begin().node("MaxPool", "x",
                "y", integers("kernel_shape", 2, 2), integers("pads", 1, 0, 0, 0)).output("y"));
        assertRefused("node y (MaxPool): dilations of a pool are not supported", begin().node("MaxPool", "x", "y",
                integers("kernel_shape", 2, 2), integers("dilations", 2, 2)).output("y"));
        assertRefused("node y (Conv): a 7 x 7 kernel does not fit into 4x6x6 with its padding", begin().floats("w", new float[4 * 49],
                1, 4, 7, 7).node("Conv", "x w", "y").output("y"));
        assertRefused("node y (Conv): weights [1, 3, ...] in 1 groups do not match 4 channels", begin().floats("w", new float[27],
                1, 3, 3, 3).node("Conv", "x w", "y").output("y"));
        assertRefused("node y (Conv): kernel_shape 5 x 5 does not match weights w[1, 4, 3, 3]", begin().floats("w", new float[36],
                1, 4, 3, 3).node("Conv", "x w", "y", integers("kernel_shape", 5, 5)).output("y"));
    }

    @Test
    void attributes() {
        assertRefused("node y (Relu): attribute slope is not supported", begin().node("Relu", "x", "y", decimal("slope", 1)).output("y"));
        assertRefused("node y (Conv): auto_pad \"SAME\", expected one of NOTSET, VALID, SAME_UPPER, SAME_LOWER", begin().floats("w",
                new float[4], 1, 4, 1, 1).node("Conv", "x w", "y", text("auto_pad", "SAME")).output("y"));
        assertRefused("node y (Gemm): transA 1 would swap batch and elements", begin().floats("w", new float[144], 144, 1)
                .node("Flatten", "x", "f").node("Gemm", "f w", "y", integer("transA", 1)).output("y"));
        assertRefused("node y (Clip): clips to [-1.0, 1.0], expected [0, c] with a positive c", begin().floats("l", new float[] {-1})
                .floats("h", new float[] {1}).node("Clip", "x l h", "y").output("y"));
        assertRefused("node p (Pad): mode \"reflect\", expected constant", begin().vector("s", 0, 0, 1, 1, 0, 0, 1, 1).node("Pad", "x s",
                "p", text("mode", "reflect")).node("Relu", "p", "y").output("y"));
    }

    @Test
    void layouts() {
        assertRefused("node t (Transpose): perm [1, 0, 2, 3] moves the batch", begin().node("Transpose", "x", "t",
                integers("perm", 1, 0, 2, 3)).node("Relu", "t", "y").output("y"));
        assertRefused("node y (MaxPool): needs [batch, channels, height, width], reads [batch, 6, 6, 4] that has them in another order",
                begin().node("Relu", "x", "r").node("Transpose", "r", "t", integers("perm", 0, 2, 3, 1)).node("MaxPool", "t", "y",
                        integers("kernel_shape", 2, 2)).output("y"));
        assertTrue(Bench.refused(begin().vector("s", 0, 8, 18).node("Reshape", "x s", "r").node("Relu", "r", "y").output("y"))
                .startsWith("node r (Reshape): [batch, 4, 6, 6] cannot become [1, 8, 18] without cutting channels, rows or columns apart"));
        assertRefused("node y (Add): adds [batch, 4, 6, 6] and [batch, 4, 5, 5], expected activations of one shape and order", begin()
                .node("MaxPool", "x", "p", integers("kernel_shape", 2, 2)).node("Add", "x p", "y").output("y"));
        assertRefused("the output y is quantised, padded or in another order than channels, rows, columns", begin().node("Relu", "x", "r")
                .node("Transpose", "r", "y", integers("perm", 0, 2, 3, 1)).output("y"));
    }

    @Test
    void graphs() {
        assertRefused("the graph has 2 outputs, expected one", begin().node("Relu", "x", "y").output("y").output("x"));
        assertRefused("the graph has 2 inputs, expected one: [x, z]", begin().input("z", 1).node("Relu", "x", "y").output("y"));
        assertRefused("node y (Relu): no node before it computes its input z", begin().node("Relu", "z", "y").output("y"));
        assertRefused("node r (Relu): there are two values of the name x", begin().node("r", "Relu", "x", "x").node("Relu", "x", "y")
                .output("y"));
        assertRefused("the output x is not computed from the network's input", begin().node("Relu", "x", "y").output("x"));
        assertRefused("node y (Conv): its input 1 must be constant, but is computed", begin().node("Conv", "x x", "y").output("y"));
        assertRefused("node p (MaxPool): its output i is used, only the first output is supported", begin().node("MaxPool", "x", "p i",
                integers("kernel_shape", 2, 2)).node("Add", "p i", "y").output("y"));
    }

    @Test
    void quantisedValuesAreForDequantizeLinear() {
        OnnxBuilder read = begin().floats("s", new float[] {1}).node("QuantizeLinear", "x s", "q").node("Relu", "q", "y").output("y");
        assertRefused("node y (Relu): reads quantised values, which only DequantizeLinear may", read);
        OnnxBuilder other = begin().floats("s", new float[] {1}).floats("t", new float[] {2}).node("QuantizeLinear", "x s", "q")
                .node("DequantizeLinear", "q t", "d").node("Relu", "d", "y").output("y");
        assertRefused("node d (DequantizeLinear): has other levels than the QuantizeLinear before it, or there is none", other);
        assertTrue(Bench.refused(begin().node("c", "QLinearConv", "x", "y").output("y")).endsWith("(QDQ) instead"));
    }

    @Test
    void domains() {
        MessageWriter node = new MessageWriter().text(1, "x").text(2, "y").text(4, "Relu").text(7, "com.microsoft");
        byte[] file = new MessageWriter().bytes(7, graph(node)).message(8, new MessageWriter().number(2, 13)).bytes();
        assertEquals("node y (Relu): operators of domain com.microsoft are not supported",
                assertThrows(DataException.class, () -> OnnxFile.parse(file, "t", Optional.empty())).getMessage());
    }

    private static byte[] graph(MessageWriter node) {
        MessageWriter shape = new MessageWriter().message(1, new MessageWriter().number(1, 1)).message(1, new MessageWriter().number(1, 4));
        MessageWriter type = new MessageWriter().message(1, new MessageWriter().number(1, 1).message(2, shape));
        return new MessageWriter().message(11, new MessageWriter().text(1, "x").message(2, type))
                .message(12, new MessageWriter().text(1, "y")).message(1, node).bytes();
    }

    private static OnnxBuilder tensors(MessageWriter tensor) {
        return begin().initialiser(tensor).node("Conv", "x w", "y").output("y");
    }

    @Test
    void tensorsThatCannotBe() {
        MessageWriter external = new MessageWriter().packed(1, 1, 4, 1, 1).number(2, 1).text(8, "w").number(14, 1);
        assertTrue(Bench.refused(tensors(external)).startsWith("tensor w: its elements are in another file (external data)"));
        assertRefused("tensor w: 4 elements of type FLOAT take 16 bytes, has 15", tensors(new MessageWriter().packed(1, 1, 4, 1, 1)
                .number(2, 1).text(8, "w").bytes(9, new byte[15])));
        assertRefused("tensor w: has 0 elements of type FLOAT, expected 4", tensors(new MessageWriter().packed(1, 1, 4, 1, 1).number(2, 1)
                .text(8, "w")));
        assertRefused("tensor w: elements of type DOUBLE, expected one of [FLOAT, UINT8, INT8, INT32, INT64, BOOL, FLOAT16]",
                tensors(new MessageWriter().packed(1, 1, 4, 1, 1).number(2, 11).text(8, "w").bytes(9, new byte[32])));
        assertRefused("tensor w: more than 2^31 elements: [2147483639, 2147483639]", tensors(new MessageWriter()
                .packed(1, Integer.MAX_VALUE - 8, Integer.MAX_VALUE - 8).number(2, 1).text(8, "w")));
        assertRefused("tensor w: element 0 is 200, which is no INT8", tensors(new MessageWriter().packed(1, 1).number(2, 3).text(8, "w")
                .packed(5, 200)));
        assertRefused("node y (Conv): tensor w: element 2 is NaN, expected a finite number", begin().floats("w", new float[] {0, 1,
            Float.NaN, 2}, 1, 4, 1, 1).node("Conv", "x w", "y").output("y"));
    }

    /** Small files in which many layers share their weights are not blown up. */
    @Test
    void sharedWeightsAreBounded() {
        OnnxBuilder file = OnnxBuilder.opset(13).input("x", 1, 512).floats("w", new float[512 * 512], 512, 512);
        String last = "x";
        for (int i = 0; i < 100; i++) {
            file.node("MatMul", last + " w", "m" + i);
            last = "m" + i;
        }
        String message = Bench.refused(file.output(last));
        assertTrue(message.contains("the layers' weights take more than "), message);
    }

    /** A tensor is the same raw or in the field of its type, packed or not, and where it can be, in half precision. */
    @Test
    void storageDoesNotMatter() {
        double[] values = {0.5, -1, 2, 3, -4, 0.25, 1.5, 8, 0, 1, -2, 3, 4, 5, 6, 7};
        byte[] expected = NetworkFile.bytes(Bench.network(tensors(tensor("w", ElementType.FLOAT, true, values, 4, 4, 1, 1))));
        for (ElementType type : List.of(ElementType.FLOAT, ElementType.FLOAT16)) {
            for (boolean raw : new boolean[] {true, false}) {
                byte[] bytes = NetworkFile.bytes(Bench.network(tensors(tensor("w", type, raw, values, 4, 4, 1, 1))));
                assertArrayEquals(expected, bytes, type + " " + raw);
            }
        }
        MessageWriter unpacked = new MessageWriter().number(1, 4).number(1, 4).number(1, 1).number(1, 1).number(2, 1).text(8, "w");
        Arrays.stream(values).forEach(v -> unpacked.decimal(4, (float) v));
        assertArrayEquals(expected, NetworkFile.bytes(Bench.network(tensors(unpacked))));
    }

    @Test
    void namesTheFileAndCallsTheNetworkByIt() throws Exception {
        Path file = Files.write(directory.resolve("net.v2.onnx"), begin().node("Relu", "x", "y").output("y").bytes());
        assertEquals("net.v2", OnnxFile.read(file, Optional.empty()).network().name());
        Files.write(file, new byte[] {1, 2, 3});
        String message = assertThrows(DataException.class, () -> OnnxFile.read(file, Optional.empty())).getMessage();
        assertEquals(file + ": byte 0: a field number of 0, expected one in [1, 2^29)", message);
        Path none = directory.resolve("none.onnx");
        assertEquals(none + ": cannot be read: no such file",
                assertThrows(DataException.class, () -> OnnxFile.read(none, Optional.empty())).getMessage());
        Path folder = file.getParent();
        assertEquals(folder + ": cannot be read: it is a directory",
                assertThrows(DataException.class, () -> OnnxFile.read(folder, Optional.empty())).getMessage());
        assertEquals("input x has [0, 4, 6, 6], which are images of 4x6x6, not of 1x12x12", assertThrows(DataException.class,
                () -> OnnxFile.parse(begin().node("Relu", "x", "y").output("y").bytes(), "t", Optional.of(new Shape(1, 12, 12)))).getMessage());
    }
}
