package metronome.core.network;

/**
 * A kernel that slides over an image.
 *
 * @param height of the kernel, at least 1
 * @param width of the kernel, at least 1
 * @param stride at least 1, in both directions
 * @param padding at least 0 and below both extents that the kernel spans, on all four sides
 * @param dilation distance of neighbouring taps of the kernel, at least 1, in both directions
 * @param groups at least 1: the channels of input and output are cut into as many equal runs, and each run of outputs
 *     sees only the run of inputs of the same number
 * @param ceiling whether a last position counts whose window passes the padded input's end, as Caffe's pools have it; only
 *     for pools
 */
public record Window(int height, int width, int stride, int padding, int dilation, int groups, boolean ceiling) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Window {
        if (height < 1 || width < 1 || stride < 1 || dilation < 1 || groups < 1 || padding < 0
                || padding >= Math.min(span(height, dilation), span(width, dilation))) {
            throw new IllegalArgumentException("window must have a positive kernel, stride, dilation and number of groups, "
                    + "and a padding below the extent that the kernel spans: " + height + " x " + width + ", stride "
                    + stride + ", padding " + padding + ", dilation " + dilation + ", groups " + groups);
        }
    }

    /**
     * A window of which every position lies within the padded input.
     *
     * @param height of the kernel, at least 1
     * @param width of the kernel, at least 1
     * @param stride at least 1, in both directions
     * @param padding at least 0 and below both extents that the kernel spans, on all four sides
     * @param dilation distance of neighbouring taps of the kernel, at least 1, in both directions
     * @param groups at least 1
     */
    public Window(int height, int width, int stride, int padding, int dilation, int groups) {
        this(height, width, stride, padding, dilation, groups, false);
    }

    /**
     * A window without gaps over all channels.
     *
     * @param height of the kernel, at least 1
     * @param width of the kernel, at least 1
     * @param stride at least 1, in both directions
     * @param padding at least 0 and below both extents of the kernel, on all four sides
     */
    public Window(int height, int width, int stride, int padding) {
        this(height, width, stride, padding, 1, 1);
    }

    private static long span(int taps, int dilation) {
        return (long) (taps - 1) * dilation + 1;
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
     * {@return this window for another number of groups}
     *
     * @param number at least 1
     */
    public Window grouped(int number) {
        return new Window(height, width, stride, padding, dilation, number, ceiling);
    }

    /**
     * {@return this window with other distances between its taps}
     *
     * @param distance at least 1
     */
    public Window dilated(int distance) {
        return new Window(height, width, stride, padding, distance, groups, ceiling);
    }

    /** {@return this window with a last position that may pass the padded input's end} */
    public Window roundedUp() {
        return new Window(height, width, stride, padding, dilation, groups, true);
    }

    /** {@return whether neighbouring taps are next to each other and all channels belong together} */
    public boolean plain() {
        return dilation == 1 && groups == 1;
    }

    /**
     * {@return this window}
     *
     * @throws IllegalArgumentException if it is not {@link #plain}: a pool, which keeps to its channel anyway, has no
     *     groups and no gaps
     */
    public Window requirePlain() {
        if (!plain()) {
            throw new IllegalArgumentException("a pool has neither dilation nor groups: dilation " + dilation + ", groups "
                    + groups);
        }
        return this;
    }

    /**
     * {@return this window}
     *
     * @throws IllegalArgumentException if its number of positions is rounded up, which only a maximum allows
     */
    public Window requireWithin() {
        if (ceiling) {
            throw new IllegalArgumentException("only a max-pool may pass the end of its padded input");
        }
        return this;
    }

    /** {@return rows from the first tap to the last} */
    public int spanHeight() {
        return (height - 1) * dilation + 1;
    }

    /** {@return columns from the first tap to the last} */
    public int spanWidth() {
        return (width - 1) * dilation + 1;
    }

    /**
     * {@return the shape that sliding over an input gives}
     *
     * @param input the input's shape
     * @param channels of the output
     * @throws IllegalArgumentException if the kernel does not fit into the padded input, or the groups do not divide the
     *     channels
     */
    public Shape output(Shape input, int channels) {
        int rows = input.height() + 2 * padding - spanHeight();
        int columns = input.width() + 2 * padding - spanWidth();
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a " + spanHeight() + " x " + spanWidth() + " kernel does not fit into "
                    + input);
        }
        if (input.channels() % groups != 0 || channels % groups != 0) {
            throw new IllegalArgumentException(groups + " groups do not divide " + input.channels() + " channels into "
                    + channels);
        }
        return new Shape(channels, positions(rows, input.height()), positions(columns, input.width()));
    }

    /** One more than the strides that fit; a position beyond the input and the padding before it would see nothing. */
    private int positions(int way, int extent) {
        int strides = ceiling ? Math.ceilDiv(way, stride) : way / stride;
        return (strides * stride < extent + padding ? strides : strides - 1) + 1;
    }
}
