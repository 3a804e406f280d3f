package metronome.core.onnx;

import java.util.Optional;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * The windows of a convolution or pool as the file has them: a stride, a dilation and two paddings for each direction,
 * where {@link Window} has one stride, one dilation and one padding.
 *
 * @param rows down the image
 * @param columns across it
 */
record Geometry(Track rows, Track columns) {
    /** No extent of a kernel, stride, dilation or padding is larger. */
    static final int MOST = 4096;

    /**
     * {@return the windows of a node}
     *
     * @param site where the attributes are
     * @param kernel its height and width
     * @param input what it slides over
     * @param border zeros around that, which count as padding
     */
    static Geometry of(Site site, int[] kernel, Shape input, Border border) {
        int[] strides = site.integers("strides", 2, 1, 1, MOST);
        int[] dilations = site.integers("dilations", 2, 1, 1, MOST);
        boolean ceiling = site.flag("ceil_mode");
        int[] pads = site.integers("pads", 4, 0, 0, MOST);
        Track rows = new Track(input.height(), kernel[0], dilations[0], strides[0], pads[0], pads[2], ceiling);
        Track columns = new Track(input.width(), kernel[1], dilations[1], strides[1], pads[1], pads[3], ceiling);
        String automatic = site.text("auto_pad", "NOTSET");
        Geometry geometry = switch (automatic) {
            case "NOTSET", "" -> new Geometry(bordered(rows, border.top(), border.bottom()),
                    bordered(columns, border.left(), border.right()));
            case "VALID" -> new Geometry(valid(rows, border.top(), border.bottom()),
                    valid(columns, border.left(), border.right()));
            case "SAME_UPPER", "SAME_LOWER" -> new Geometry(
                    same(rows, automatic.equals("SAME_UPPER"), border.top(), border.bottom()),
                    same(columns, automatic.equals("SAME_UPPER"), border.left(), border.right()));
            default -> throw site.refusal("auto_pad \"" + automatic
                    + "\", expected one of NOTSET, VALID, SAME_UPPER, SAME_LOWER");
        };
        site.require(geometry.rows.positions() > 0 && geometry.columns.positions() > 0, "a " + geometry.rows.span() + " x "
                + geometry.columns.span() + " kernel does not fit into " + input + " with its padding");
        return geometry;
    }

    private static Track bordered(Track t, int before, int after) {
        return new Track(t.extent(), t.taps(), t.dilation(), t.stride(), t.before() + before, t.after() + after, t.ceiling());
    }

    private static Track valid(Track t, int before, int after) {
        return new Track(t.extent(), t.taps(), t.dilation(), t.stride(), before, after, false);
    }

    /** As many positions as strides fit into the input, rounded up; what padding that takes is halved. */
    private static Track same(Track t, boolean upper, int before, int after) {
        int extent = t.extent() + before + after;
        int padding = Math.max(0, (Math.ceilDiv(extent, t.stride()) - 1) * t.stride() + t.span() - extent);
        int less = padding / 2;
        int more = padding - less;
        return new Track(t.extent(), t.taps(), t.dilation(), t.stride(), before + (upper ? less : more),
                after + (upper ? more : less), false);
    }

    /** {@return the shape of the output}
     *
     * @param channels that it has
     */
    Shape output(int channels) {
        return new Shape(channels, rows.positions(), columns.positions());
    }

    /** {@return the padding as the file writes it} */
    Border pads() {
        return new Border(rows.before(), columns.before(), rows.after(), columns.after());
    }

    boolean touchesPadding() {
        return rows.touchesPadding() || columns.touchesPadding();
    }

    /**
     * {@return the same with one stride and one dilation for both directions}
     *
     * @param site for the error if there is none: a direction can only give way that has one position, or one tap
     */
    Geometry square(Site site) {
        Geometry squared = this;
        if (rows.stride() != columns.stride()) {
            site.require(rows.positions() == 1 || columns.positions() == 1, "strides of " + rows.stride() + " down and "
                    + columns.stride() + " across; one stride for both directions is supported");
            squared = rows.positions() == 1 ? new Geometry(rows.strided(columns.stride()), columns)
                    : new Geometry(rows, columns.strided(rows.stride()));
        }
        if (rows.dilation() != columns.dilation()) {
            site.require(rows.taps() == 1 || columns.taps() == 1, "dilations of " + rows.dilation() + " down and "
                    + columns.dilation() + " across; one dilation for both directions is supported");
            squared = rows.taps() == 1 ? new Geometry(squared.rows.dilated(columns.dilation()), squared.columns)
                    : new Geometry(squared.rows, squared.columns.dilated(rows.dilation()));
        }
        return squared;
    }

    /**
     * {@return the window of a pool, if there is one with one stride and one padding that gives the same positions}
     *
     * @param site for errors
     * @param input what it slides over
     */
    Optional<Window> poolWindow(Site site, Shape input) {
        Geometry square = square(site);
        site.require(rows.dilation() == 1 && columns.dilation() == 1, "dilations of a pool are not supported");
        int padding = rows.before();
        if (padding != columns.before() || padding >= Math.min(rows.taps(), columns.taps())) {
            return Optional.empty();
        }
        Window window = new Window(rows.taps(), columns.taps(), square.rows.stride(), padding);
        Shape wanted = output(input.channels());
        if (fits(window, input, wanted)) {
            return Optional.of(window);
        }
        return Optional.of(window.roundedUp()).filter(w -> fits(w, input, wanted));
    }

    private static boolean fits(Window window, Shape input, Shape wanted) {
        return window.height() <= input.height() + 2 * window.padding() && window.width() <= input.width() + 2 * window.padding()
                && window.output(input, input.channels()).equals(wanted);
    }
}
