package metronome.core.network;

import java.util.List;

/**
 * The extents of one sample's activations; element (c, y, x) has index {@code (c * height + y) * width + x}.
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 */
public record Shape(int channels, int height, int width) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if an extent is not positive or the product passes 2^31 - 1
     */
    public Shape {
        if (channels < 1 || height < 1 || width < 1 || (long) channels * height > Integer.MAX_VALUE / width) {
            throw new IllegalArgumentException(
                    "extents must be positive and their product below 2^31: " + channels + " x " + height + " x " + width);
        }
    }

    /**
     * {@return the shape of a vector}
     *
     * @param units its length
     */
    public static Shape vector(int units) {
        return new Shape(units, 1, 1);
    }

    /**
     * {@return the shape of several, one's channels after the other's}
     *
     * @param shapes at least one, of one height and width
     * @throws IllegalArgumentException if heights or widths differ
     */
    public static Shape stacked(List<Shape> shapes) {
        Shape first = shapes.getFirst();
        if (shapes.stream().anyMatch(s -> s.height != first.height || s.width != first.width)) {
            throw new IllegalArgumentException("inputs of one height and width can be concatenated, not " + shapes);
        }
        return new Shape(shapes.stream().mapToInt(Shape::channels).sum(), first.height, first.width);
    }

    /**
     * {@return the shape of all}
     *
     * @param shapes at least one
     * @throws IllegalArgumentException if they differ
     */
    public static Shape common(List<Shape> shapes) {
        if (shapes.stream().distinct().count() > 1) {
            throw new IllegalArgumentException("inputs of one shape can be added, not " + shapes);
        }
        return shapes.getFirst();
    }

    /** {@return the number of elements} */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
