package metronome.core.onnx;

import java.util.List;
import java.util.Optional;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/**
 * Lowers Conv. Paddings that differ become one padding and taps of zeros around the kernel, which changes no result: with
 * a padding of p on all sides and p - before taps of zeros in front, each real tap meets the cell that it met before.
 */
final class Convolutions {
    private Convolutions() {
    }

    /**
     * The kernel grown by taps of zeros.
     *
     * @param window of the grown kernel
     * @param rows of zeros above and below
     * @param columns of zeros left and right
     */
    private record Grown(Window window, Track.Growth rows, Track.Growth columns) {
    }

    static Value lower(Site site) {
        Activation input = site.image(0);
        Constant weights = site.constant(1);
        site.require(weights.rank() == 4, "weights of " + weights.rank() + " axes, expected [out, in, height, width]: only "
                + "convolutions of images are supported");
        int[] extents = weights.shape();
        Shape in = input.view().shape();
        int groups = site.integer("group", 1, 1, in.channels());
        requireWeights(site, extents, in, groups);
        int[] kernel = site.integers("kernel_shape", 2, 0, 0, Geometry.MOST);
        site.require(kernel[0] == 0 && kernel[1] == 0 || kernel[0] == extents[2] && kernel[1] == extents[3],
                "kernel_shape " + kernel[0] + " x " + kernel[1] + " does not match weights " + weights);
        Geometry geometry = Geometry.of(site, new int[] {extents[2], extents[3]}, in, input.border()).square(site);
        Grown grown = grown(geometry, groups).orElseThrow(() -> site.refusal("pads " + geometry.pads()
                + " cannot be expressed by one padding and taps of zeros around the kernel"));
        remark(site, geometry, grown);
        float[] bias = site.optional(2).map(b -> Affine.vector(site, b, extents[0], "bias")).orElseGet(() -> new float[extents[0]]);
        Operator operator = new Operator.Convolution(grown.window, widened(site, weights, grown), Tensor.of(bias, bias.length));
        return site.emit(operator, List.of(input.node()), View.image(geometry.output(extents[0])), false);
    }

    private static void requireWeights(Site site, int[] extents, Shape in, int groups) {
        site.require(extents[0] > 0 && (long) extents[1] * groups == in.channels() && extents[0] % groups == 0,
                "weights [" + extents[0] + ", " + extents[1] + ", ...] in " + groups + " groups do not match " + in.channels()
                        + " channels");
        for (int axis = 2; axis < 4; axis++) {
            site.require(extents[axis] > 0 && extents[axis] <= Geometry.MOST, "a kernel of " + extents[2] + " x " + extents[3]
                    + ", expected extents in [1, " + Geometry.MOST + "]");
        }
    }

    /** The window with the least padding with which there is one. */
    private static Optional<Grown> grown(Geometry geometry, int groups) {
        Track rows = geometry.rows();
        Track columns = geometry.columns();
        int least = Math.max(rows.before(), columns.before());
        int most = least + Math.max(rows.before() + Math.max(0, rows.needed()), columns.before() + Math.max(0, columns.needed()))
                + rows.dilation();
        for (int padding = least; padding <= most; padding++) {
            Optional<Track.Growth> down = rows.grown(padding);
            Optional<Track.Growth> across = columns.grown(padding);
            if (down.isPresent() && across.isPresent()) {
                int height = rows.taps() + down.get().sum();
                int width = columns.taps() + across.get().sum();
                if (padding <= (Math.min(height, width) - 1) * rows.dilation()) {
                    return Optional.of(new Grown(new Window(height, width, rows.stride(), padding, rows.dilation(), groups),
                            down.get(), across.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static void remark(Site site, Geometry geometry, Grown grown) {
        if (grown.rows.sum() + grown.columns.sum() > 0) {
            site.remark("pads " + geometry.pads() + " become a padding of " + grown.window.padding() + " and taps of zeros around "
                    + "the kernel, " + grown.window.height() + " x " + grown.window.width() + " instead of "
                    + geometry.rows().taps() + " x " + geometry.columns().taps() + "; the results are the same");
        }
    }

    private static Tensor widened(Site site, Constant weights, Grown grown) {
        int[] extents = weights.shape();
        int height = grown.window.height();
        int width = grown.window.width();
        site.budget().take((long) extents[0] * extents[1] * height * width);
        Tensor widened = Tensor.zeros(extents[0], extents[1], height, width);
        float[] narrow = weights.floats();
        for (int row = 0; row < extents[0] * extents[1] * extents[2]; row++) {
            int plane = row / extents[2];
            int at = (plane * height + grown.rows.front() + row % extents[2]) * width + grown.columns.front();
            System.arraycopy(narrow, row * extents[3], widened.data(), at, extents[3]);
        }
        return widened;
    }
}
