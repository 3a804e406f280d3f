package metronome.core.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** A layer by chance that misses something in its sums, and what ridge regression makes of it, sample by sample. */
final class RidgeReference {
    private static final int LANES = Kernels.LANES;
    private static final double[] RIDGES = {1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};

    private final Layerwise.Site site;
    private final Operator.Convolution layer;

    /**
     * Draws values, and sums that miss a change of the weights and noise.
     *
     * @param noise its deviation, where values have 1
     */
    RidgeReference(Operator.Convolution layer, Shape input, int images, double noise, Random random) {
        this.layer = layer;
        Window window = layer.window();
        Shape output = new Shape(layer.bias().size(), extent(input.height(), window.height(), window),
                extent(input.width(), window.width(), window));
        site = new Layerwise.Site(layer, input, output, images, drawn(input, images, random), drawn(output, images, random),
                drawn(output, images, random));
        double[][] change = new double[output.channels()][layer.weights().size() / output.channels()];
        for (double[] row : change) {
            java.util.Arrays.setAll(row, _ -> 0.3 * random.nextGaussian());
        }
        for (int image = 0; image < images; image++) {
            for (int place = 0; place < output.height() * output.width(); place++) {
                for (int o = 0; o < output.channels(); o++) {
                    double[] taps = taps(image, place, group(o));
                    double missing = 0.7 + noise * random.nextGaussian();
                    for (int t = 0; t < taps.length; t++) {
                        missing += change[o][t] * taps[t];
                    }
                    int at = (o * output.height() * output.width() + place) * LANES + image % LANES;
                    site.wanted().get(image / LANES)[at] = site.sums().get(image / LANES)[at] + (float) missing;
                }
            }
        }
    }

    private static int extent(int input, int kernel, Window window) {
        return (input + 2 * window.padding() - (kernel - 1) * window.dilation() - 1) / window.stride() + 1;
    }

    /** Lanes without an image hold values too, which must not count. */
    private static List<float[]> drawn(Shape shape, int images, Random random) {
        List<float[]> chunks = new ArrayList<>();
        for (int first = 0; first < images; first += LANES) {
            float[] chunk = new float[shape.size() * LANES];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = 0.4f + (float) random.nextGaussian();
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    Layerwise.Site site() {
        return site;
    }

    private int group(int output) {
        return output / (layer.bias().size() / layer.window().groups());
    }

    /** What lies under a group's kernel. */
    private double[] taps(int image, int place, int group) {
        Window window = layer.window();
        Shape input = site.input();
        int channels = input.channels() / window.groups();
        double[] taps = new double[channels * window.height() * window.width()];
        int t = 0;
        for (int c = group * channels; c < (group + 1) * channels; c++) {
            for (int i = 0; i < window.height(); i++) {
                for (int j = 0; j < window.width(); j++) {
                    int y = place / site.output().width() * window.stride() - window.padding() + i * window.dilation();
                    int x = place % site.output().width() * window.stride() - window.padding() + j * window.dilation();
                    boolean inside = y >= 0 && x >= 0 && y < input.height() && x < input.width();
                    taps[t++] = inside ? site.read().get(image / LANES)[((c * input.height() + y) * input.width() + x) * LANES
                            + image % LANES] : 0;
                }
            }
        }
        return taps;
    }

    /** Samples of a group: the taps that count, and what is missing. */
    private record Samples(List<double[]> taps, List<double[]> missing) {
        /** The change of weights that ridge regression finds, [outputs, taps]. */
        RealMatrix change(double ridge) {
            RealMatrix x = centred(taps);
            RealMatrix gram = x.transpose().multiply(x);
            double pull = ridge * gram.getTrace() / gram.getRowDimension();
            for (int i = 0; i < gram.getRowDimension(); i++) {
                gram.addToEntry(i, i, pull);
            }
            return new LUDecomposition(gram, 0).getSolver().solve(x.transpose().multiply(centred(missing))).transpose();
        }

        /** By how much a change makes the sum of squares less. */
        double gain(RealMatrix change) {
            RealMatrix y = centred(missing);
            double before = y.getFrobeniusNorm();
            double after = y.subtract(centred(taps).multiply(change.transpose())).getFrobeniusNorm();
            return before * before - after * after;
        }

        static double[] means(List<double[]> rows) {
            double[] means = new double[rows.getFirst().length];
            rows.forEach(row -> java.util.Arrays.setAll(means, i -> means[i] + row[i] / rows.size()));
            return means;
        }

        private static RealMatrix centred(List<double[]> rows) {
            double[] means = means(rows);
            return new Array2DRowRealMatrix(rows.stream()
                    .map(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i] - means[i]).toArray()).toArray(double[][]::new));
        }
    }

    private int[] kept(int group) {
        int size = layer.weights().size() / layer.bias().size();
        return IntStream.range(0, size).filter(t -> IntStream.range(0, layer.bias().size()).filter(o -> group(o) == group)
                .allMatch(o -> layer.weights().data()[o * size + t] != 0)).toArray();
    }

    private Samples samples(int group, boolean fitted, boolean heldOut) {
        Samples samples = new Samples(new ArrayList<>(), new ArrayList<>());
        int area = site.output().height() * site.output().width();
        int outputs = layer.bias().size() / layer.window().groups();
        for (int image = 0; image < site.images(); image++) {
            for (int p = 0; p < Math.min(area, 256) && (image % LANES % 5 == 4 ? heldOut : fitted); p++) {
                int place = area <= 256 ? p : p * area / 256;
                int[] at = {image / LANES, image % LANES};
                double[] taps = taps(image, place, group);
                samples.taps.add(IntStream.of(kept(group)).mapToDouble(t -> taps[t]).toArray());
                samples.missing.add(IntStream.range(group * outputs, (group + 1) * outputs)
                        .map(o -> (o * area + place) * LANES + at[1])
                        .mapToDouble(i -> (double) site.wanted().get(at[0])[i] - site.sums().get(at[0])[i]).toArray());
            }
        }
        return samples;
    }

    /** The layer fitted: the cost of a change is the one that helps most the images that were held out. */
    Operator.Convolution expected() {
        int[] groups = IntStream.range(0, layer.window().groups()).filter(g -> kept(g).length > 0).toArray();
        List<Samples> fitted = IntStream.of(groups).mapToObj(g -> samples(g, true, false)).toList();
        List<Samples> heldOut = IntStream.of(groups).mapToObj(g -> samples(g, false, true)).toList();
        double best = 0;
        double chosen = 0;
        for (double ridge : RIDGES) {
            double gain = IntStream.range(0, groups.length)
                    .mapToDouble(i -> heldOut.get(i).gain(fitted.get(i).change(ridge))).sum();
            chosen = gain > best ? ridge : chosen;
            best = Math.max(best, gain);
        }
        Operator.Convolution result = new Operator.Convolution(layer.window(), layer.weights().copy(), layer.bias().copy());
        for (int i = 0; i < groups.length && best > 0; i++) {
            apply(groups[i], samples(groups[i], true, true), chosen, result);
        }
        return result;
    }

    private void apply(int group, Samples all, double ridge, Operator.Convolution result) {
        RealMatrix change = all.change(ridge);
        int[] kept = kept(group);
        int size = layer.weights().size() / layer.bias().size();
        double[] taps = Samples.means(all.taps);
        double[] missing = Samples.means(all.missing);
        for (int o = 0; o < missing.length; o++) {
            int output = group * missing.length + o;
            double bias = missing[o];
            for (int t = 0; t < kept.length; t++) {
                result.weights().data()[output * size + kept[t]] += (float) change.getEntry(o, t);
                bias -= change.getEntry(o, t) * taps[t];
            }
            result.bias().data()[output] += (float) bias;
        }
    }
}
