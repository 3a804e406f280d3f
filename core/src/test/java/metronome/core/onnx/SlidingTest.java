package metronome.core.onnx;

import static metronome.core.onnx.OnnxBuilder.integer;
import static metronome.core.onnx.OnnxBuilder.integers;
import static metronome.core.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.network.Operator;
import metronome.core.protobuf.MessageWriter;
import org.junit.jupiter.api.Test;

/** Do convolutions and pools of any geometry compute what ONNX says, or refuse? */
class SlidingTest {
    private static final long SEED = 20261124;

    private final Random random = new Random(SEED);
    private final Bench bench = new Bench(SEED);

    private int[] two(int least, int most) {
        return new int[] {random.nextInt(least, most + 1), random.nextInt(least, most + 1)};
    }

    private static long[] longs(int... values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static MessageWriter[] attributes(Nd.Slide slide, MessageWriter... more) {
        List<MessageWriter> attributes = new ArrayList<>(List.of(more));
        attributes.add(integers("kernel_shape", slide.height(), slide.width()));
        attributes.add(integers("strides", longs(slide.strides())));
        attributes.add(integers("pads", longs(slide.pads())));
        return attributes.toArray(MessageWriter[]::new);
    }

    /** Whatever can be expressed by zero taps is computed; what cannot is told. */
    @Test
    void convolutionsOfAnyGeometry() {
        int refused = 0;
        int grown = 0;
        for (int round = 0; round < 600; round++) {
            boolean square = random.nextInt(4) > 0;
            int groups = random.nextInt(1, 4);
            int[] kernel = two(1, 4);
            int[] strides = two(1, 3);
            int[] dilations = random.nextInt(3) == 0 ? two(1, 3) : new int[] {1, 1};
            if (square) {
                strides[1] = strides[0];
                dilations[1] = dilations[0];
            }
            Nd.Slide slide = new Nd.Slide(kernel[0], kernel[1], strides, random.ints(4, 0, 4).toArray(), dilations, false);
            int[] extents = {1, groups * random.nextInt(1, 3), random.nextInt(1, 11), random.nextInt(1, 11)};
            if (slide.positions(extents[2], 0) < 1 || slide.positions(extents[3], 1) < 1) {
                continue;
            }
            Nd image = Nd.of(bench.floats(extents[1] * extents[2] * extents[3]), extents);
            int[] shape = {groups * random.nextInt(1, 3), extents[1] / groups, kernel[0], kernel[1]};
            float[] weights = bench.floats(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
            float[] bias = bench.floats(shape[0]);
            OnnxBuilder file = OnnxBuilder.opset(random.nextInt(8, 22)).input("x", longs(extents)).floats("w", weights, longs(shape))
                    .floats("b", bias, shape[0]).node("Conv", "x w b", "y", attributes(slide,
                            integers("dilations", longs(dilations)), integer("group", groups))).output("y");
            String message = "seed " + SEED + " round " + round + ": " + slide + " " + Arrays.toString(extents);
            try {
                OnnxImport imported = Bench.imported(file);
                grown += imported.remarks().size();
                double[] biases = Nd.of(bias, bias.length).data();
                Bench.assertComputes(image.convolution(Nd.of(weights, shape), biases, slide, groups), imported.network(), image, message);
            } catch (DataException e) {
                refused++;
                assertTrue(e.getMessage().contains("pads") || e.getMessage().contains("strides of")
                        || e.getMessage().contains("dilations of"), message + ": " + e.getMessage());
                assertTrue(!square || dilations[0] > 1, message + ": " + e.getMessage());
            }
        }
        System.out.println("SlidingTest: " + refused + " of 600 convolutions refused, " + grown + " grown");
        assertTrue(grown > 100 && refused < 200, grown + " grown, " + refused + " refused");
    }

    @Test
    void poolsOfAnyGeometry() {
        int computed = 0;
        for (int round = 0; round < 600; round++) {
            boolean largest = random.nextBoolean();
            int[] kernel = two(1, 4);
            int stride = random.nextInt(1, 4);
            int padding = random.nextInt(0, 2);
            int[] pads = random.nextBoolean() ? new int[] {padding, padding, padding, padding} : random.ints(4, 0, 3).toArray();
            Nd.Slide slide = new Nd.Slide(kernel[0], kernel[1], new int[] {stride, stride}, pads, new int[] {1, 1},
                    largest && random.nextBoolean());
            int[] extents = {1, random.nextInt(1, 4), random.nextInt(1, 11), random.nextInt(1, 11)};
            if (slide.positions(extents[2], 0) < 1 || slide.positions(extents[3], 1) < 1
                    || Arrays.stream(pads).max().orElseThrow() >= Math.min(kernel[0], kernel[1])
                    || kernel[0] > extents[2] + pads[0] + pads[2] || kernel[1] > extents[3] + pads[1] + pads[3]) {
                continue;
            }
            Nd image = Nd.of(bench.floats(extents[1] * extents[2] * extents[3]), extents);
            OnnxBuilder file = OnnxBuilder.opset(13).input("x", longs(extents)).node(largest ? "MaxPool" : "AveragePool", "x", "y",
                    attributes(slide, largest ? integer("ceil_mode", slide.ceiling() ? 1 : 0) : integer("count_include_pad", 1)))
                    .output("y");
            String message = "seed " + SEED + " round " + round + ": " + largest + " " + slide + " " + Arrays.toString(extents);
            try {
                Bench.assertComputes(largest ? image.maximum(slide) : image.mean(slide), Bench.network(file), image, message);
                computed++;
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("pads") || e.getMessage().contains("no fixed divisor"), e.getMessage());
                assertTrue(pads[0] != pads[1] || !largest || pads[0] != pads[2] || pads[1] != pads[3], message + ": " + e.getMessage());
            }
        }
        assertTrue(computed > 200, computed + " computed");
    }

    @Test
    void automaticPaddingIsHalvedTheRestAtTheStatedEnd() {
        int[] extents = {1, 2, 7, 6};
        Nd image = Nd.of(bench.floats(84), extents);
        float[] weights = bench.floats(3 * 2 * 4 * 4);
        Object[][] cases = {{"SAME_UPPER", 2, new int[] {1, 1, 2, 1}}, {"SAME_LOWER", 2, new int[] {2, 1, 1, 1}},
            {"SAME_UPPER", 1, new int[] {1, 1, 2, 2}}, {"SAME_LOWER", 1, new int[] {2, 2, 1, 1}}, {"VALID", 1, new int[4]}};
        for (Object[] c : cases) {
            int stride = (int) c[1];
            Nd.Slide slide = new Nd.Slide(4, 4, new int[] {stride, stride}, (int[]) c[2], new int[] {1, 1}, false);
            OnnxBuilder file = OnnxBuilder.opset(9).input("x", 0, 2, 7, 6).floats("w", weights, 3, 2, 4, 4)
                    .node("Conv", "x w", "y", text("auto_pad", (String) c[0]), integers("strides", stride, stride)).output("y");
            Bench.assertComputes(image.convolution(Nd.of(weights, 3, 2, 4, 4), new double[3], slide, 1), Bench.network(file), image,
                    Arrays.toString(c));
        }
    }

    /** As tf2onnx exports pools: a kernel of 2 over odd extents with SAME_UPPER is a pool that rounds up. */
    @Test
    void maxPoolThatIsTheSameRoundedUp() {
        Nd image = Nd.of(bench.floats(2 * 7 * 5), 1, 2, 7, 5);
        OnnxBuilder file = OnnxBuilder.opset(9).input("x", 0, 2, 7, 5).node("MaxPool", "x", "y", text("auto_pad", "SAME_UPPER"),
                integers("kernel_shape", 2, 2), integers("strides", 2, 2)).output("y");
        Nd.Slide slide = new Nd.Slide(2, 2, new int[] {2, 2}, new int[] {0, 0, 1, 1}, new int[] {1, 1}, false);
        Bench.assertComputes(image.maximum(slide), Bench.network(file), image, "same");
    }

    @Test
    void meansWithoutThePaddingAreTakenWhereNoneIsMet() {
        Nd image = Nd.of(bench.floats(2 * 7 * 7), 1, 2, 7, 7);
        Nd.Slide slide = new Nd.Slide(2, 2, new int[] {2, 2}, new int[4], new int[] {1, 1}, false);
        OnnxBuilder inside = OnnxBuilder.opset(9).input("x", 0, 2, 7, 7).node("AveragePool", "x", "y",
                integers("kernel_shape", 2, 2), integers("strides", 2, 2)).output("y");
        Bench.assertComputes(image.mean(slide), Bench.network(inside), image, "inside");
        OnnxBuilder over = OnnxBuilder.opset(9).input("x", 0, 2, 7, 7).node("AveragePool", "x", "y",
                integers("kernel_shape", 3, 3), integers("pads", 1, 1, 1, 1)).output("y");
        assertTrue(Bench.refused(over).contains("node y (AveragePool): a mean that leaves out the padding"), Bench.refused(over));
        OnnxBuilder up = OnnxBuilder.opset(10).input("x", 0, 2, 7, 7).node("AveragePool", "x", "y", integers("kernel_shape", 2, 2),
                integers("strides", 2, 2), integer("ceil_mode", 1), integer("count_include_pad", 1)).output("y");
        assertTrue(Bench.refused(up).contains("no fixed divisor"), Bench.refused(up));
    }

    @Test
    void globalPools() {
        Nd image = Nd.of(bench.floats(3 * 4 * 5), 1, 3, 4, 5);
        Nd.Slide slide = new Nd.Slide(4, 5, new int[] {1, 1}, new int[4], new int[] {1, 1}, false);
        for (String kind : List.of("Average", "Max")) {
            OnnxBuilder file = OnnxBuilder.opset(9).input("x", 0, 3, 4, 5).node("Global" + kind + "Pool", "x", "y").output("y");
            Bench.assertComputes(kind.equals("Max") ? image.maximum(slide) : image.mean(slide), Bench.network(file), image, kind);
        }
    }

    @Test
    void zerosOfAPadGoToWhoReadsThem() {
        Nd image = Nd.of(bench.floats(2 * 5 * 5), 1, 2, 5, 5);
        float[] weights = bench.floats(2 * 2 * 3 * 3);
        long[] pads = {0, 0, 1, 0, 0, 0, 2, 1};
        Nd.Slide slide = new Nd.Slide(3, 3, new int[] {1, 1}, new int[] {1, 0, 2, 1}, new int[] {1, 1}, false);
        OnnxBuilder attribute = OnnxBuilder.opset(9).input("x", 0, 2, 5, 5).floats("w", weights, 2, 2, 3, 3)
                .node("Pad", "x", "p", integers("pads", pads)).node("Conv", "p w", "y").output("y");
        OnnxBuilder input = OnnxBuilder.opset(13).input("x", 0, 2, 5, 5).floats("w", weights, 2, 2, 3, 3).vector("pads", pads)
                .node("Pad", "x pads", "p").node("Conv", "p w", "y").output("y");
        for (OnnxBuilder file : List.of(attribute, input)) {
            Bench.assertComputes(image.convolution(Nd.of(weights, 2, 2, 3, 3), new double[2], slide, 1), Bench.network(file), image, "pad");
        }
        Nd.Slide around = new Nd.Slide(3, 3, new int[] {2, 2}, new int[] {1, 1, 1, 1}, new int[] {1, 1}, false);
        OnnxBuilder mean = OnnxBuilder.opset(9).input("x", 0, 2, 5, 5).node("Pad", "x", "p", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1))
                .node("AveragePool", "p", "y", integers("kernel_shape", 3, 3), integers("strides", 2, 2)).output("y");
        Bench.assertComputes(image.mean(around), Bench.network(mean), image, "mean");
        OnnxBuilder rectified = padded("Relu");
        Bench.assertComputes(image.map(v -> Math.max(v, 0)).maximum(around), Bench.network(rectified), image, "maximum");
        assertEquals("node y (MaxPool): the zeros that a Pad before it adds would take part in the maximum of values that may be "
                + "negative", Bench.refused(padded("Identity")));
    }

    private static OnnxBuilder padded(String before) {
        return OnnxBuilder.opset(9).input("x", 0, 2, 5, 5).node(before, "x", "r")
                .node("Pad", "r", "p", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1))
                .node("MaxPool", "p", "y", integers("kernel_shape", 3, 3), integers("strides", 2, 2)).output("y");
    }

    @Test
    void growsByZerosOnly() {
        OnnxBuilder file = OnnxBuilder.opset(9).input("x", 0, 1, 8, 8).floats("w", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3)
                .node("c", "Conv", "x w", "y", integers("pads", 0, 0, 1, 1), integers("strides", 2, 2)).output("y");
        OnnxImport imported = Bench.imported(file);
        assertEquals(List.of("node c: pads [0, 0, 1, 1] become a padding of 1 and taps of zeros around the kernel, 4 x 4 instead of "
                + "3 x 3; the results are the same"), imported.remarks());
        Operator.Convolution convolution = (Operator.Convolution) imported.network().nodes().getFirst().operator();
        assertEquals("[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0, 7.0, 8.0, 9.0]",
                Arrays.toString(convolution.weights().data()));
    }
}
