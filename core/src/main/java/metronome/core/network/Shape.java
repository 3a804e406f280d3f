package metronome.core.network;

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

    /** {@return the number of elements} */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
