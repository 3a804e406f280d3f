package metronome.core.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.network.Shape;

/**
 * How a tensor of the file lies over activations, which with us are always channels x height x width: which of the three
 * directions each of its axes runs through. Operators that only change the layout, such as Transpose, Flatten or
 * Reshape, change the view and compute nothing; who needs an order, such as a dense layer, asks for {@link #positions}.
 *
 * <p>The axis of the batch, the file's first, is left out. Directions of extent 1 stand nowhere, so that an axis of
 * extent 1 has an empty list, however it came about.
 *
 * @param shape of the activations
 * @param axes for each axis the directions that it runs through, the slowest first
 */
record View(Shape shape, List<List<Direction>> axes) {
    /** A direction of an image. */
    enum Direction {
        CHANNEL, ROW, COLUMN;

        int extent(Shape shape) {
            return switch (this) {
                case CHANNEL -> shape.channels();
                case ROW -> shape.height();
                case COLUMN -> shape.width();
            };
        }

        int stride(Shape shape) {
            return switch (this) {
                case CHANNEL -> shape.height() * shape.width();
                case ROW -> shape.width();
                case COLUMN -> 1;
            };
        }
    }

    /** Copies the lists without the directions of extent 1. */
    View {
        axes = axes.stream().map(axis -> axis.stream().filter(d -> d.extent(shape) > 1).toList()).toList();
    }

    /** {@return [batch, channels, height, width]} */
    static View image(Shape shape) {
        return new View(shape, Stream.of(Direction.values()).map(List::of).toList());
    }

    /** {@return [batch, height, width, channels]} */
    static View channelsLast(Shape shape) {
        return new View(shape, List.of(List.of(Direction.ROW), List.of(Direction.COLUMN), List.of(Direction.CHANNEL)));
    }

    /** {@return [batch, elements]} */
    static View flat(Shape shape) {
        return new View(shape, List.of(List.of(Direction.values())));
    }

    /** {@return the extents of the axes, without that of the batch} */
    int[] extents() {
        return axes.stream().mapToInt(this::extent).toArray();
    }

    private int extent(List<Direction> axis) {
        return axis.stream().mapToInt(d -> d.extent(shape)).reduce(1, (a, b) -> a * b);
    }

    /** {@return whether the axes are channels, rows and columns, as convolutions and pools need them} */
    boolean isImage() {
        return axes.equals(image(shape).axes);
    }

    /**
     * {@return whether an axis runs through the channels and nothing else}
     *
     * @param axis from 0, which is the one after the batch
     */
    boolean isChannels(int axis) {
        return axis >= 0 && axis < axes.size()
                && (axes.get(axis).equals(List.of(Direction.CHANNEL)) || shape.channels() == 1 && axes.get(axis).isEmpty());
    }

    /** {@return whether all elements lie along one axis, or all axes but one have the extent 1} */
    boolean isFlat() {
        return axes.stream().filter(axis -> !axis.isEmpty()).count() <= 1;
    }

    /**
     * {@return the axes in another order}
     *
     * @param order old axis of each, from 0, which is the one after the batch
     */
    View transposed(int[] order) {
        return new View(shape, IntStream.of(order).mapToObj(axes::get).toList());
    }

    /**
     * {@return the same elements in the same order along other axes; empty if an axis would run through a part of a
     * direction}
     *
     * @param extents of the axes; their product is the number of elements
     */
    Optional<View> reshaped(int[] extents) {
        List<Direction> rest = new ArrayList<>(axes.stream().flatMap(List::stream).toList());
        List<List<Direction>> reshaped = new ArrayList<>();
        for (int extent : extents) {
            List<Direction> axis = new ArrayList<>();
            int left = extent;
            while (left > 1 && !rest.isEmpty() && left % rest.getFirst().extent(shape) == 0) {
                left /= rest.getFirst().extent(shape);
                axis.add(rest.removeFirst());
            }
            if (left != 1) {
                return Optional.empty();
            }
            reshaped.add(axis);
        }
        return rest.isEmpty() ? Optional.of(new View(shape, reshaped)) : Optional.empty();
    }

    /** {@return for each element, in the order of the file, its place in channels x height x width} */
    int[] positions() {
        List<Direction> order = axes.stream().flatMap(List::stream).toList();
        int[] positions = new int[shape.size()];
        for (int i = 0; i < positions.length; i++) {
            int rest = i;
            for (Direction direction : order.reversed()) {
                positions[i] += rest % direction.extent(shape) * direction.stride(shape);
                rest /= direction.extent(shape);
            }
        }
        return positions;
    }

    /** {@return whether the file has the elements in our order} */
    boolean inOrder() {
        return axes.stream().flatMap(List::stream).toList().equals(flat(shape).axes.getFirst());
    }

    @Override
    public String toString() {
        return "[batch" + Arrays.stream(extents()).mapToObj(e -> ", " + e).reduce("", String::concat) + "]";
    }
}
