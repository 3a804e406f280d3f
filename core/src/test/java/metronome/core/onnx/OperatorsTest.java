package metronome.core.onnx;

import static metronome.core.onnx.OnnxBuilder.decimal;
import static metronome.core.onnx.OnnxBuilder.integer;
import static metronome.core.onnx.OnnxBuilder.integers;
import static metronome.core.onnx.OnnxBuilder.tensor;
import static metronome.core.onnx.OnnxBuilder.tensorValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.protobuf.MessageWriter;
import org.junit.jupiter.api.Test;

/** Do the operators other than convolutions and pools compute what ONNX says? */
class OperatorsTest {
    private final Bench bench = new Bench(7);

    private final float[] matrix = bench.floats(24 * 5);
    private final float[] vector = bench.floats(5);
    private final Nd image = Nd.of(bench.floats(24), 1, 4, 2, 3);

    private static OnnxBuilder begin(int opset) {
        return OnnxBuilder.opset(opset).input("x", 0, 4, 2, 3);
    }

    @Test
    void gemmInAllItsForms() {
        Nd right = image.reshape(1, 24).times(Nd.of(matrix, 24, 5)).map(v -> 0.5 * v).with(Nd.of(vector, 5), (a, b) -> a + 2 * b);
        float[] across = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            across[i % 5 * 24 + i / 5] = matrix[i];
        }
        MessageWriter[] factors = {decimal("alpha", 0.5f), decimal("beta", 2)};
        Network plain = Bench.network(begin(9).floats("w", matrix, 24, 5).floats("b", vector, 5).node("Flatten", "x", "f")
                .node("Gemm", "f w b", "y", factors).output("y"));
        Network transposed = Bench.network(begin(13).floats("w", across, 5, 24).floats("b", vector, 1, 5).node("Flatten", "x", "f")
                .node("Gemm", "f w b", "y", factors[0], factors[1], integer("transB", 1)).output("y"));
        Bench.assertComputes(right, plain, image, "plain");
        assertArrayEquals(NetworkFile.bytes(plain), NetworkFile.bytes(transposed));
        Network unbiased = Bench.network(begin(11).floats("w", matrix, 24, 5).node("Flatten", "x", "f").node("Gemm", "f w", "y")
                .output("y"));
        Bench.assertComputes(image.reshape(1, 24).times(Nd.of(matrix, 24, 5)), unbiased, image, "unbiased");
    }

    @Test
    void matMulAndAddBecomeOneLayer() {
        Network network = Bench.network(begin(13).floats("w", matrix, 24, 5).floats("b", vector, 5).vector("s", -1, 24)
                .node("Reshape", "x s", "f").node("MatMul", "f w", "m").node("Add", "b m", "y").output("y"));
        Bench.assertComputes(image.reshape(1, 24).times(Nd.of(matrix, 24, 5)).with(Nd.of(vector, 5), Double::sum), network, image, "");
        assertEquals(1, network.nodes().size());
    }

    @Test
    void aBiasThatIsReadTwiceIsNoBias() {
        Network network = Bench.network(begin(13).floats("w", matrix, 24, 5).floats("b", vector, 5)
                .node("Flatten", "x", "f").node("MatMul", "f w", "m").node("Add", "m b", "a").node("Add", "a m", "y").output("y"));
        Nd product = image.reshape(1, 24).times(Nd.of(matrix, 24, 5));
        Bench.assertComputes(product.with(Nd.of(vector, 5), Double::sum).with(product, Double::sum), network, image, "");
        Network sees = Bench.network(begin(13).floats("w", matrix, 24, 5).floats("b", vector, 5).node("Flatten", "x", "f")
                .node("MatMul", "f w", "m").node("Unsqueeze", "m axes", "u").vector("axes", 2).node("Squeeze", "u axes", "q")
                .node("Add", "m b", "a").node("Add", "a q", "y").output("y"));
        Bench.assertComputes(product.with(Nd.of(vector, 5), Double::sum).with(product, Double::sum), sees, image, "through views");
    }

    @Test
    void aConvolutionTakesOverConstantsOfItsChannels() {
        float[] weights = bench.floats(3 * 4);
        float[] bias = bench.floats(3);
        float[] more = bench.floats(3);
        Network network = Bench.network(begin(8).floats("w", weights, 3, 4, 1, 1).floats("b", bias, 3).floats("c", more, 3, 1, 1)
                .node("Conv", "x w b", "v").node("Add", "v c", "a").node("Sub", "a c", "s").node("Add", "s c", "y").output("y"));
        Nd.Slide slide = new Nd.Slide(1, 1, new int[] {1, 1}, new int[4], new int[] {1, 1}, false);
        Nd right = image.convolution(Nd.of(weights, 3, 4, 1, 1), Nd.of(bias, 3).data(), slide, 1);
        Bench.assertComputes(right.with(Nd.of(more, 3, 1, 1), Double::sum), network, image, "");
        assertEquals(1, network.nodes().size());
    }

    @Test
    void constantsOfEachChannel() {
        float[] factors = {2, -3, 0.5f, 4};
        Nd constant = Nd.of(factors, 4, 1, 1);
        for (String operator : List.of("Add", "Sub", "Mul", "Div")) {
            Network network = Bench.network(begin(13).floats("c", factors, 1, 4, 1, 1).node(operator, "x c", "y").output("y"));
            Nd right = image.with(constant, (a, b) -> switch (operator) {
                case "Add" -> a + b;
                case "Sub" -> a - b;
                case "Mul" -> a * b;
                default -> a / b;
            });
            Bench.assertComputes(right, network, image, operator);
        }
        Network scalar = Bench.network(begin(13).node("Constant", "", "c", decimal("value_float", 255)).node("Mul", "c x", "y").output("y"));
        Bench.assertComputes(image.map(v -> 255 * v), scalar, image, "scalar");
    }

    @Test
    void batchNormalization() {
        float[] scale = bench.floats(4);
        float[] shift = bench.floats(4);
        float[] mean = bench.floats(4);
        float[] variance = {0.5f, 1, 2, 0};
        Network network = Bench.network(begin(14).floats("s", scale, 4).floats("b", shift, 4).floats("m", mean, 4)
                .floats("v", variance, 4).node("BatchNormalization", "x s b m v", "y", decimal("epsilon", 0.01f),
                        decimal("momentum", 0.9f)).output("y"));
        Nd right = image.with(Nd.of(mean, 4, 1, 1), (a, b) -> a - b)
                .with(Nd.of(variance, 4, 1, 1), (a, b) -> a / Math.sqrt(b + 0.01f))
                .with(Nd.of(scale, 4, 1, 1), (a, b) -> a * b).with(Nd.of(shift, 4, 1, 1), Double::sum);
        Bench.assertComputes(right, network, image, "");
    }

    private void assertMaps(DoubleUnaryOperator f, OnnxBuilder file) {
        Bench.assertComputes(image.map(f), Bench.network(file.output("y")), image, "");
    }

    @Test
    void rectifiersAndWhatDoesNothing() {
        assertMaps(v -> Math.max(v, 0), begin(9).node("Relu", "x", "y"));
        assertMaps(v -> Math.clamp(v, 0, 0.7f), begin(9).node("Clip", "x", "y", decimal("min", 0), decimal("max", 0.7f)));
        assertMaps(v -> Math.clamp(v, 0, 0.7f), begin(11).node("Constant", "", "h",
                tensorValue("value", tensor("", ElementType.FLOAT, false, new double[] {0.7}))).floats("l", new float[1])
                .node("Clip", "x l h", "y"));
        assertMaps(v -> Math.max(v, 0), begin(11).floats("l", new float[1]).node("Clip", "x l", "y"));
        assertMaps(v -> Math.max(v, 0), begin(12).floats("r", new float[] {0.5f}).node("Identity", "x", "i")
                .node("Dropout", "i r", "d mask").node("Relu", "d", "y"));
    }

    @Test
    void aSoftmaxAtTheEndIsLeftOut() {
        OnnxBuilder file = begin(13).floats("w", matrix, 24, 5).node("Flatten", "x", "f").node("MatMul", "f w", "m")
                .node("Softmax", "m", "s").node("Identity", "s", "y").output("y");
        OnnxImport imported = Bench.imported(file);
        Bench.assertComputes(image.reshape(1, 24).times(Nd.of(matrix, 24, 5)), imported.network(), image, "");
        assertEquals(List.of("node s: Softmax at the end is left out: it does not change which class is the largest"), imported.remarks());
        assertEquals("node s (Softmax): is only supported at the end of a network, where it can be left out",
                Bench.refused(begin(13).node("Flatten", "x", "f").node("Softmax", "f", "s").node("Relu", "s", "y").output("y")));
        assertEquals("node y (Softmax): goes along axis -1 of [batch, 4, 2, 3], expected one over all classes",
                Bench.refused(begin(13).node("Relu", "x", "r").node("Softmax", "r", "y").output("y")));
    }

    @Test
    void sumsAndConcatenations() {
        Nd low = image.map(v -> Math.max(v, 0));
        Nd negative = image.map(v -> 2 * v);
        OnnxBuilder two = begin(13).node("Relu", "x", "a").floats("c", new float[] {2}).node("Mul", "x c", "b");
        Bench.assertComputes(low.with(negative, Double::sum), Bench.network(two.node("Add", "a b", "y").output("y")), image, "Add");
        OnnxBuilder three = begin(13).node("Relu", "x", "a").floats("c", new float[] {2}).node("Mul", "x c", "b");
        Bench.assertComputes(low.with(negative, Double::sum).with(low, Double::sum),
                Bench.network(three.node("Sum", "a b a", "y").output("y")), image, "Sum");
        for (int axis : new int[] {1, -3}) {
            OnnxBuilder file = begin(13).node("Relu", "x", "a").floats("c", new float[] {2}).node("Mul", "x c", "b");
            Bench.assertComputes(Nd.concat(1, low, negative, low),
                    Bench.network(file.node("Concat", "a b a", "y", integer("axis", axis)).output("y")), image, "Concat");
        }
        float[] wide = bench.floats(96);
        OnnxBuilder flat = begin(13).node("Relu", "x", "a").node("Flatten", "a", "f").floats("c", new float[] {2}).node("Mul", "x c", "b")
                .node("Flatten", "b", "g").floats("w", wide, 48, 2).node("Concat", "f g", "j", integer("axis", 1))
                .node("MatMul", "j w", "y").output("y");
        Bench.assertComputes(Nd.concat(1, low.reshape(1, 24), negative.reshape(1, 24)).times(Nd.of(wide, 48, 2)), Bench.network(flat),
                image, "flat");
        assertTrue(Bench.refused(begin(13).node("Relu", "x", "a").node("Concat", "a x", "y", integer("axis", 2)).output("y"))
                .contains("along another axis than that of the channels"));
    }

    /** What tf2onnx makes of a network of Keras: images with their channels last. */
    @Test
    void channelsLast() {
        float[] weights = bench.floats(3 * 4 * 2 * 2);
        float[] dense = bench.floats(3 * 2 * 5);
        Nd last = image.transpose(0, 2, 3, 1);
        OnnxBuilder file = OnnxBuilder.opset(13).input("x", 0, 2, 3, 4).floats("w", weights, 3, 4, 2, 2).floats("d", dense, 6, 5)
                .vector("s", -1, 6).node("Transpose", "x", "t", integers("perm", 0, 3, 1, 2)).node("Conv", "t w", "c")
                .node("Transpose", "c", "u", integers("perm", 0, 2, 3, 1)).node("Relu", "u", "r").node("Reshape", "r s", "f")
                .node("MatMul", "f d", "y").output("y");
        OnnxImport imported = Bench.imported(file);
        Nd.Slide slide = new Nd.Slide(2, 2, new int[] {1, 1}, new int[4], new int[] {1, 1}, false);
        Nd right = last.transpose(0, 3, 1, 2).convolution(Nd.of(weights, 3, 4, 2, 2), new double[3], slide, 1)
                .transpose(0, 2, 3, 1).map(v -> Math.max(v, 0)).reshape(1, 6).times(Nd.of(dense, 6, 5));
        assertEquals(new Shape(4, 2, 3), imported.network().input());
        Bench.assertComputes(right, imported.network(), image, "");
        assertEquals(List.of("input x [0, 2, 3, 4] has its channels last; the network takes them first, as 4x2x3"), imported.remarks());
        OnnxBuilder flattened = OnnxBuilder.opset(13).input("x", 0, 5, 4, 3).floats("d", bench.floats(120), 60, 2)
                .node("Flatten", "x", "f").node("MatMul", "f d", "y").output("y");
        assertEquals(new Shape(3, 5, 4), Bench.network(flattened).input());
    }

    @Test
    void layoutsOfDenseLayers() {
        float[] dense = bench.floats(24 * 2);
        OnnxBuilder file = begin(11).floats("d", dense, 24, 2).vector("s", 0, 6, -1)
                .node("Transpose", "x", "t", integers("perm", 0, 3, 2, 1)).node("Unsqueeze", "t", "u", integers("axes", 1))
                .node("Squeeze", "u", "q", integers("axes", 1)).node("Flatten", "q", "f", integer("axis", -3))
                .node("Gemm", "f d", "y").output("y");
        Bench.assertComputes(image.transpose(0, 3, 2, 1).reshape(1, 24).times(Nd.of(dense, 24, 2)), Bench.network(file), image, "");
        OnnxBuilder parts = begin(11).floats("d", dense, 24, 2).vector("s", 0, -1, 4).vector("a", 1, 24)
                .node("Transpose", "x", "t", integers("perm", 0, 2, 3, 1)).node("Reshape", "t s", "u").node("Reshape", "u a", "f")
                .node("MatMul", "f d", "y").output("y");
        Bench.assertComputes(image.transpose(0, 2, 3, 1).reshape(1, 24).times(Nd.of(dense, 24, 2)), Bench.network(parts), image, "parts");
    }

    @Test
    void constantsAreFolded() {
        float[] dense = bench.floats(24 * 5);
        OnnxBuilder file = begin(8).floats("d", dense, 5, 2, 12).vector("s", 5, -1).node("Reshape", "d s", "e")
                .node("Transpose", "e", "g").node("Identity", "g", "h").node("Flatten", "x", "f").node("MatMul", "f h", "y").output("y");
        Bench.assertComputes(image.reshape(1, 24).times(Nd.of(dense, 5, 24).transpose(1, 0)), Bench.network(file), image, "");
    }

    @Test
    void flatInputsAreImagesIfOneSaysSo() {
        OnnxBuilder file = OnnxBuilder.opset(13).input("x", 0, 24).floats("w", bench.floats(4 * 2), 2, 4, 1, 1).vector("s", 0, 4, 2, 3)
                .node("Reshape", "x s", "i").node("Conv", "i w", "y").output("y");
        assertTrue(Bench.refused(file).endsWith("say the images' shape (--input)"), Bench.refused(file));
        Network network = OnnxFile.parse(file.bytes(), "test", Optional.of(new Shape(4, 2, 3))).network();
        assertEquals(new Shape(4, 2, 3), network.input());
        assertEquals(Shape.vector(24), Bench.network(OnnxBuilder.opset(13).input("x", 1, 24, 1).node("Relu", "x", "y").output("y")).input());
        assertEquals(new Shape(1, 6, 4), Bench.network(OnnxBuilder.opset(13).input("x", 1, 6, 4).node("Relu", "x", "y").output("y")).input());
    }

    @Test
    void weightsThroughDequantizeLinear() {
        double[] levels = {-128, 127, 5, -6, 0, 1, 2, 3};
        float[] expected = new float[8];
        for (int i = 0; i < 8; i++) {
            expected[i] = (float) (levels[i] - (i < 4 ? 1 : -2)) * (i < 4 ? 0.25f : 0.1f);
        }
        Network network = Bench.network(begin(13).initialiser(tensor("q", ElementType.INT8, true, levels, 2, 4, 1, 1))
                .floats("s", new float[] {0.25f, 0.1f}, 2).initialiser(tensor("z", ElementType.INT8, false, new double[] {1, -2}, 2))
                .node("DequantizeLinear", "q s z", "w", integer("axis", 0)).node("Conv", "x w", "y").output("y"));
        assertArrayEquals(expected, ((Operator.Convolution) network.nodes().getFirst().operator()).weights().data());
        Network last = Bench.network(OnnxBuilder.opset(10).input("x", 0, 4).initialiser(tensor("q", ElementType.UINT8, false,
                new double[] {0, 255, 7, 8, 9, 10, 11, 12}, 4, 2)).floats("s", new float[] {0.5f, 2}, 2)
                .node("DequantizeLinear", "q s", "w").node("MatMul", "x w", "y").output("y"));
        assertArrayEquals(new float[] {0, 3.5f, 4.5f, 5.5f, 510, 16, 20, 24},
                ((Operator.Dense) last.nodes().getFirst().operator()).weights().data());
    }

    @Test
    void weightsThroughBothOfAPair() {
        Network network = Bench.network(OnnxBuilder.opset(13).input("x", 0, 4).floats("w", new float[] {0.25f, 0.75f, -100, 100}, 4, 1)
                .floats("s", new float[] {0.5f}).initialiser(tensor("z", ElementType.INT8, true, new double[] {0}))
                .node("QuantizeLinear", "w s z", "q").node("DequantizeLinear", "q s z", "d").node("MatMul", "x d", "y").output("y"));
        assertArrayEquals(new float[] {0, 1, -64, 63.5f}, ((Operator.Dense) network.nodes().getFirst().operator()).weights().data(),
                "halves go to the even neighbour");
    }

    private static OnnxBuilder pair(double zero, String before) {
        return begin(13).floats("s", new float[] {0.5f}).initialiser(tensor("z", ElementType.UINT8, false, new double[] {zero}))
                .node(before, "x", "r").node("n", "QuantizeLinear", "r s z", "q").node("m", "DequantizeLinear", "q s z", "d")
                .floats("c", new float[] {2}).node("Mul", "d c", "y").output("y");
    }

    @Test
    void pairsOnActivationsAreLeftOutButNotTheRectifierInThem() {
        OnnxImport imported = Bench.imported(pair(128, "Relu"));
        assertEquals(2, imported.network().nodes().size());
        assertEquals(List.of("1 pairs of QuantizeLinear and DequantizeLinear on activations are left out, the first at node m: "
                + "activations are not rounded to 8 bits, as they would be there"), imported.remarks());
        assertEquals(2, Bench.network(pair(0, "Relu")).nodes().size());
        assertEquals(1, Bench.network(pair(0, "Identity")).nodes().size(), "the input is taken to be what the levels expect");
        OnnxBuilder negative = begin(13).floats("s", new float[] {0.5f}).initialiser(tensor("z", ElementType.INT8, false,
                new double[] {-128})).floats("c", new float[] {-2}).node("Mul", "x c", "r").node("QuantizeLinear", "r s z", "q")
                .node("DequantizeLinear", "q s z", "y").output("y");
        Bench.assertComputes(image.map(v -> Math.max(0, -2 * v)), Bench.network(negative), image, "");
    }

    @Test
    void deadNodesAreLeftOut() {
        Network network = Bench.network(begin(13).node("Relu", "x", "y").node("LRN", "x", "z").output("y"));
        assertEquals(1, network.nodes().size());
    }

    @Test
    void namesAreUniqueAndPlain() {
        Network network = Bench.network(begin(13).node("a:b", "Relu", "x", "p").node("a b", "Relu", "p", "q")
                .node("input", "Relu", "q", "r").node("Relu", "r", "y").output("y"));
        assertEquals(List.of("a_b", "a_b_1", "input_1", "y"), network.nodes().stream().map(n -> n.name()).toList());
    }
}
