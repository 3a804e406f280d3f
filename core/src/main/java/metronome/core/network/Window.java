package metronome.core.network;

/**
 * A kernel that slides over an image.
 *
 * @param height of the kernel, at least 1
 * @param width of the kernel, at least 1
 * @param stride at least 1, in both directions
 * @param padding at least 0 and below both extents of the kernel, on all four sides
 */
public record Window(int height, int width, int stride, int padding) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Window {
        if (height < 1 || width < 1 || stride < 1 || padding < 0 || padding >= Math.min(height, width)) {
            throw new IllegalArgumentException("window must have a positive kernel and stride, and a padding below the "
                    + "kernel: " + height + " x " + width + ", stride " + stride + ", padding " + padding);
        }
    }

    /**
     * {@return a square window}
     *
     * @param size height and width of the kernel
     * @param stride in both directions
     */
    public static Window square(int size, int stride) {
        return new Window(size, size, stride, 0);
    }

    /**
     * {@return the window that covers a whole input once: a dense layer as a convolution}
     *
     * @param input the input's shape
     */
    public static Window covering(Shape input) {
        return new Window(input.height(), input.width(), 1, 0);
    }

    /**
     * {@return the shape that sliding over an input gives}
     *
     * @param input the input's shape
     * @param channels of the output
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     */
    public Shape output(Shape input, int channels) {
        int rows = input.height() + 2 * padding - height;
        int columns = input.width() + 2 * padding - width;
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a " + height + " x " + width + " kernel does not fit into " + input);
        }
        return new Shape(channels, rows / stride + 1, columns / stride + 1);
    }
}
