package metronome.core.calibration;

import java.util.List;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * Moves each bias so that the sums of its channel have the mean over images and places that they have without rounding (Nagel
 * et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", ICCV 2019, the empirical way). What the
 * code rounds up at its floor and clips at 1 so costs no mean.
 */
final class MeanFit {
    private static final int LANES = Kernels.LANES;

    private MeanFit() {
    }

    /** The layer with moved biases. */
    static Operator of(Layerwise.Site site) {
        double[] change = means(site.wanted(), site.output(), site.images());
        double[] has = means(site.sums(), site.output(), site.images());
        for (int c = 0; c < change.length; c++) {
            change[c] -= has[c];
        }
        return switch (site.operator()) {
            case Operator.Convolution(var window, Tensor weights, Tensor bias) ->
                new Operator.Convolution(window, weights, moved(bias, change));
            case Operator.Dense(Tensor weights, Tensor bias) -> new Operator.Dense(weights, moved(bias, change));
            case Operator other -> other;
        };
    }

    /** A bias with a change added to each element. */
    static Tensor moved(Tensor bias, double[] change) {
        float[] moved = bias.data().clone();
        for (int c = 0; c < moved.length; c++) {
            moved[c] += (float) change[c];
        }
        return Tensor.of(moved, bias.shape());
    }

    /** Of every channel, the mean over images and places. */
    private static double[] means(List<float[]> chunks, Shape shape, int images) {
        double[] means = new double[shape.channels()];
        int run = shape.height() * shape.width() * LANES;
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            float[] values = chunks.get(chunk);
            int count = Math.min(LANES, images - chunk * LANES);
            for (int c = 0; c < means.length; c++) {
                double sum = 0;
                for (int i = c * run; i < (c + 1) * run; i++) {
                    sum += i % LANES < count ? values[i] : 0;
                }
                means[c] += sum / ((double) images * shape.height() * shape.width());
            }
        }
        return means;
    }
}
