package metronome.core.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * The input of a graph.
 *
 * @param name of the value
 * @param view how it lies over the images
 * @param remark what had to be assumed
 */
record ImageInput(String name, View view, Optional<String> remark) {
    private static final int LARGEST = 1 << 24;
    private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

    static ImageInput of(Graph graph, Optional<Shape> images, Readers readers) {
        List<ValueInfo> inputs = graph.trueInputs();
        if (inputs.size() != 1) {
            throw new DataException("the graph has " + inputs.size() + " inputs, expected one: "
                    + inputs.stream().map(ValueInfo::name).limit(10).toList());
        }
        ValueInfo input = inputs.getFirst();
        long type = input.type().map(ValueInfo.Type::elements).orElse(0L);
        if (type != 0 && type != ElementType.FLOAT.number && type != ElementType.FLOAT16.number) {
            throw new DataException("input " + input.name() + " is of type " + ElementType.words(type) + ", expected FLOAT or FLOAT16");
        }
        int[] extents = extents(input);
        return extents.length == 3 ? image(input, extents, images, readers) : other(input, extents, images);
    }

    /** Without the batch. */
    private static int[] extents(ValueInfo input) {
        long[] shape = input.shape().orElse(new long[0]);
        if (shape.length < 2 || shape.length > 4 || Arrays.stream(shape).skip(1).anyMatch(e -> e < 1 || e > LARGEST)) {
            throw new DataException("input " + input.name() + " has " + input.shapeText() + ", expected [batch, ...] with one to three "
                    + "extents in [1, " + LARGEST + "] behind the batch");
        }
        return Arrays.stream(shape).skip(1).mapToInt(e -> (int) e).toArray();
    }

    private static ImageInput image(ValueInfo input, int[] extents, Optional<Shape> images, Readers readers) {
        boolean last = channelsLast(input, extents, readers);
        Shape shape = last ? new Shape(extents[2], extents[0], extents[1]) : new Shape(extents[0], extents[1], extents[2]);
        if (!images.orElse(shape).equals(shape)) {
            throw new DataException("input " + input.name() + " has " + input.shapeText() + ", which are images of " + shape + ", not of "
                    + images.get());
        }
        return last ? new ImageInput(input.name(), View.channelsLast(shape), Optional.of("input " + input.name() + " "
                + input.shapeText() + " has its channels last; the network takes them first, as " + shape))
                : new ImageInput(input.name(), View.image(shape), Optional.empty());
    }

    /** A Transpose that brings channels to the front tells, or, of what is only flattened, extents that make sense so. */
    private static boolean channelsLast(ValueInfo input, int[] extents, Readers readers) {
        List<OnnxNode> nodes = readers.of(input.name());
        boolean transposed = !nodes.isEmpty() && nodes.stream().allMatch(n -> n.operator().equals("Transpose")
                && n.attributes().stream().anyMatch(a -> a.name().equals("perm") && Arrays.equals(a.numbers(), TO_CHANNELS_FIRST)));
        boolean flattened = nodes.stream().allMatch(n -> n.operator().equals("Flatten") || n.operator().equals("Reshape"));
        boolean colours = (extents[2] == 1 || extents[2] == 3) && extents[0] != 1 && extents[0] != 3 && extents[1] > 3;
        return transposed || flattened && colours;
    }

    /** A flat input, or a grey one without an axis of channels. */
    private static ImageInput other(ValueInfo input, int[] extents, Optional<Shape> images) {
        boolean vector = extents.length == 1 || extents[0] == 1 || extents[1] == 1;
        Shape shape = images.orElseGet(() -> vector ? Shape.vector(extents[0] * (extents.length == 1 ? 1 : extents[1]))
                : new Shape(1, extents[0], extents[1]));
        View view = View.flat(shape).reshaped(extents).orElseThrow(() -> new DataException("input " + input.name() + " has "
                + input.shapeText() + ", which does not hold images of " + shape));
        return new ImageInput(input.name(), view, Optional.empty());
    }
}
