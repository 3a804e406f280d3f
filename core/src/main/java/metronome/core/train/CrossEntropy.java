package metronome.core.train;

import metronome.core.tensor.Kernels;

/** The loss of a classifier: the cross-entropy of its softmax. */
final class CrossEntropy {
    private static final int LANES = Kernels.LANES;

    private CrossEntropy() {
    }

    /** Summed over some samples: loss in nats, and how many were right. */
    record Score(double loss, int right) {
        Score plus(Score other) {
            return new Score(loss + other.loss, right + other.right);
        }
    }

    /** Writes the gradient, softmax minus one-hot, for the first {@code labels.length} lanes and 0 for the others. */
    static Score gradient(float[] logits, int[] labels, float[] gradient) {
        int classes = logits.length / LANES;
        java.util.Arrays.fill(gradient, 0);
        double loss = 0;
        int right = 0;
        double[] odds = new double[classes];
        for (int n = 0; n < labels.length; n++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = logits[c * LANES + n] > logits[best * LANES + n] ? c : best;
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                odds[c] = StrictMath.exp(logits[c * LANES + n] - logits[best * LANES + n]);
                sum += odds[c];
            }
            for (int c = 0; c < classes; c++) {
                gradient[c * LANES + n] = (float) (odds[c] / sum - (c == labels[n] ? 1 : 0));
            }
            loss += StrictMath.log(sum) + logits[best * LANES + n] - logits[labels[n] * LANES + n];
            right += best == labels[n] ? 1 : 0;
        }
        return new Score(loss, right);
    }
}
