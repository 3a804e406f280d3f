package metronome.core.train;

import java.util.List;
import metronome.core.network.Operator;
import metronome.core.network.Stage;
import metronome.core.tensor.Kernels;

/**
 * A batch normalisation in training: each channel is normalised by mean and variance of its chunk of samples (Ioffe and
 * Szegedy, ICML 2015; statistics of parts of a batch after Hoffer, Hubara and Soudry, NeurIPS 2017), so that chunks do not
 * wait for each other and the result does not depend on the number of threads.
 */
final class Normaliser implements Layer {
    private static final int LANES = Kernels.LANES;

    private final Operator.BatchNormalisation operator;
    private final int channels;
    private final int places;

    Normaliser(Stage stage, Operator.BatchNormalisation operator) {
        this.operator = operator;
        channels = stage.input().channels();
        places = stage.input().height() * stage.input().width();
    }

    @Override
    public Gradient gradient() {
        return new Gradient(new float[channels], new float[channels], new float[2 * channels]);
    }

    @Override
    public void forward(List<float[]> inputs, float[] out, Batch batch) {
        float[] in = inputs.getFirst();
        float[] sums = new float[LANES];
        float[] seen = batch.gradient().seen();
        double count = (double) batch.samples() * places;
        for (int c = 0; c < channels; c++) {
            int from = c * places * LANES;
            KERNELS.laneSums(in, from, places * LANES, sums);
            float mean = (float) (total(sums, batch.samples()) / count);
            KERNELS.laneProducts(mean, in, in, from, places * LANES, sums);
            float variance = (float) Math.max(0, total(sums, batch.samples()) / count);
            seen[c] = mean;
            seen[channels + c] = variance;
            double factor = operator.scale().data()[c] * inverse(variance);
            KERNELS.affine((float) factor, (float) (operator.shift().data()[c] - mean * factor), in, from, places * LANES, out);
        }
    }

    @Override
    public void backward(Pass pass, Batch batch) {
        float[] in = pass.in().getFirst();
        float[] sums = new float[LANES];
        float[] seen = batch.gradient().seen();
        double count = (double) batch.samples() * places;
        for (int c = 0; c < channels; c++) {
            int from = c * places * LANES;
            double inverse = inverse(seen[channels + c]);
            KERNELS.laneSums(pass.outGradient(), from, places * LANES, sums);
            double shift = total(sums, batch.samples());
            KERNELS.laneProducts(seen[c], in, pass.outGradient(), from, places * LANES, sums);
            double scale = total(sums, batch.samples()) * inverse;
            batch.gradient().bias()[c] += (float) shift;
            batch.gradient().weights()[c] += (float) scale;
            if (pass.needsInput()) {
                double factor = operator.scale().data()[c] * inverse;
                double slope = -factor * inverse * scale / count;
                KERNELS.combine((float) factor, pass.outGradient(), (float) slope, in,
                        (float) (-factor * shift / count - slope * seen[c]), from, places * LANES,
                        pass.inGradients().getFirst());
                clear(pass.inGradients().getFirst(), from, batch.samples());
            }
        }
    }

    private double inverse(float variance) {
        return 1 / Math.sqrt(variance + operator.epsilon());
    }

    private static double total(float[] sums, int samples) {
        double total = 0;
        for (int n = 0; n < samples; n++) {
            total += sums[n];
        }
        return total;
    }

    /** Lanes without a sample must not teach the layers before. */
    private void clear(float[] gradient, int from, int samples) {
        for (int i = from; samples < LANES && i < from + places * LANES; i += LANES) {
            java.util.Arrays.fill(gradient, i + samples, i + LANES, 0);
        }
    }
}
