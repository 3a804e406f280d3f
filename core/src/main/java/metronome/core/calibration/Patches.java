package metronome.core.calibration;

import java.util.stream.IntStream;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * A layer as a regression: for a place of an image, the values under the kernel (those that it gives weights to) and what is
 * missing in the sums. Of places where a kernel stands there are many alike, so of each image about {@link #PLACES} are taken.
 *
 * @param site the layer and its values
 * @param window of the kernel; a dense layer's covers all
 * @param weights [outputs, taps] or what has them in that order
 * @param group of channels, from 0
 * @param taps of the group's kernels that no output gives a weight of zero, which so stays zero
 */
record Patches(Layerwise.Site site, Window window, Tensor weights, int group, int[] taps) {
    private static final int LANES = Kernels.LANES;
    private static final int PLACES = 256;
    /** One image of so many helps to choose how far to go, instead of to fit. */
    private static final int HELD_OUT = 5;

    static Patches of(Layerwise.Site site, Window window, Tensor weights, int group) {
        int outputs = weights.extent(0) / window.groups();
        int size = weights.size() / weights.extent(0);
        int[] taps = IntStream.range(0, size).filter(tap -> IntStream.range(0, outputs)
                .allMatch(o -> weights.data()[(group * outputs + o) * size + tap] != 0)).toArray();
        return new Patches(site, window, weights, group, taps);
    }

    /** Of the group. */
    int outputs() {
        return weights.extent(0) / window.groups();
    }

    /** Sums over a chunk's images, of those held out or of the others. */
    Moments moments(int chunk, boolean heldOut) {
        int count = Math.min(LANES, site.images() - chunk * LANES);
        int[] lanes = IntStream.range(0, count)
                .filter(lane -> heldOut == (lane % HELD_OUT == HELD_OUT - 1)).toArray();
        Shape output = site.output();
        int area = output.height() * output.width();
        int places = Math.min(area, PLACES);
        int samples = places * lanes.length;
        float[] values = new float[(taps.length + 1) * samples];
        float[] missing = new float[outputs() * samples];
        for (int p = 0; p < places; p++) {
            int place = (int) ((long) p * area / places);
            for (int t = 0; t < taps.length; t++) {
                copy(site.read().get(chunk), feature(taps[t], place / output.width(), place % output.width()), lanes, values,
                        t * samples + p * lanes.length);
            }
            for (int l = 0; l < lanes.length; l++) {
                values[taps.length * samples + p * lanes.length + l] = 1;
            }
            for (int o = 0; o < outputs(); o++) {
                missing(chunk, (group * outputs() + o) * area + place, lanes, missing, o * samples + p * lanes.length);
            }
        }
        return Moments.of(values, missing, taps.length + 1, outputs(), samples);
    }

    /** What a tap lies on at a place, or -1 in the padding. */
    private int feature(int tap, int outY, int outX) {
        Shape input = site.input();
        int kernel = window.height() * window.width();
        int channel = group * (weights.size() / weights.extent(0) / kernel) + tap / kernel;
        int y = outY * window.stride() - window.padding() + tap % kernel / window.width() * window.dilation();
        int x = outX * window.stride() - window.padding() + tap % window.width() * window.dilation();
        return y < 0 || x < 0 || y >= input.height() || x >= input.width() ? -1
                : (channel * input.height() + y) * input.width() + x;
    }

    private static void copy(float[] from, int feature, int[] lanes, float[] to, int at) {
        for (int l = 0; l < lanes.length && feature >= 0; l++) {
            to[at + l] = from[feature * LANES + lanes[l]];
        }
    }

    private void missing(int chunk, int feature, int[] lanes, float[] to, int at) {
        float[] wanted = site.wanted().get(chunk);
        float[] sums = site.sums().get(chunk);
        for (int l = 0; l < lanes.length; l++) {
            to[at + l] = wanted[feature * LANES + lanes[l]] - sums[feature * LANES + lanes[l]];
        }
    }

    /** Of an operator with weights. */
    static Patches of(Layerwise.Site site, int group) {
        return switch (site.operator()) {
            case Operator.Convolution(Window window, Tensor weights, _) -> of(site, window, weights, group);
            case Operator.Dense(Tensor weights, _) -> of(site, Window.covering(site.input()), weights, group);
            case Operator other -> throw new IllegalArgumentException("no layer of weights: " + other);
        };
    }

    /** How many chunks of images there are. */
    int chunks() {
        return site.read().size();
    }
}
