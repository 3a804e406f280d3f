package metronome.core.calibration;

import java.util.List;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Product;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What least squares need to know of some samples: sums of products of values with values, and of what is missing with values.
 * The last value is 1, so that its products are counts and sums.
 *
 * @param gram [values, values]
 * @param cross [outputs, values]
 */
record Moments(double[][] gram, double[][] cross) {
    /**
     * Adds up some samples.
     *
     * @param values [width, samples], the last row ones
     * @param missing [outputs, samples]
     * @param width of a sample
     * @param outputs of a sample
     * @param samples how many, which may be none
     */
    static Moments of(float[] values, float[] missing, int width, int outputs, int samples) {
        return new Moments(products(values, values, width, width, samples), products(missing, values, outputs, width, samples));
    }

    private static double[][] products(float[] a, float[] b, int m, int n, int samples) {
        float[] c = new float[m * n];
        if (samples > 0) {
            Kernels.vector().multiply(new Product(m, n, samples, false, true, false), a, b, c);
        }
        double[][] rows = new double[m][n];
        for (int i = 0; i < c.length; i++) {
            rows[i / n][i % n] = c[i];
        }
        return rows;
    }

    /** The sum over all, in their order. */
    static Moments sum(List<Moments> parts) {
        Moments sum = new Moments(copy(parts.getFirst().gram), copy(parts.getFirst().cross));
        for (Moments part : parts.subList(1, parts.size())) {
            add(part.gram, sum.gram);
            add(part.cross, sum.cross);
        }
        return sum;
    }

    private static double[][] copy(double[][] rows) {
        return java.util.Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static void add(double[][] from, double[][] to) {
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < from[i].length; j++) {
                to[i][j] += from[i][j];
            }
        }
    }

    private int last() {
        return gram.length - 1;
    }

    /** How many samples there were. */
    double count() {
        return gram[last()][last()];
    }

    /** The mean of a value. */
    double mean(int value) {
        return gram[last()][value] / count();
    }

    /** The mean of what is missing in an output. */
    double missing(int output) {
        return cross[output][last()] / count();
    }

    /** Products of deviations from the mean, without the last value. */
    private RealMatrix centred(double[][] products, boolean ofMissing) {
        RealMatrix centred = new Array2DRowRealMatrix(products.length - (ofMissing ? 0 : 1), last());
        for (int i = 0; i < centred.getRowDimension(); i++) {
            double mean = ofMissing ? missing(i) : mean(i);
            for (int j = 0; j < last(); j++) {
                centred.setEntry(i, j, products[i][j] - count() * mean * mean(j));
            }
        }
        return centred;
    }

    /**
     * {@return the change of weights that makes up best for what is missing, [outputs, values]}
     *
     * @param ridge how much a change costs, in units of the mean variance of a value; positive
     */
    RealMatrix change(double ridge) {
        RealMatrix deviations = centred(gram, false);
        double pull = ridge * deviations.getTrace() / last();
        for (int i = 0; i < last(); i++) {
            deviations.addToEntry(i, i, pull);
        }
        return new CholeskyDecomposition(deviations, Double.POSITIVE_INFINITY, 0).getSolver()
                .solve(centred(cross, true).transpose()).transpose();
    }

    /** By how much a change of weights makes the sum of squares of what is missing here less (or more, if negative). */
    double gain(RealMatrix change) {
        RealMatrix spent = change.multiply(centred(gram, false));
        RealMatrix aim = centred(cross, true);
        double gain = 0;
        for (int o = 0; o < change.getRowDimension(); o++) {
            for (int j = 0; j < last(); j++) {
                gain += change.getEntry(o, j) * (2 * aim.getEntry(o, j) - spent.getEntry(o, j));
            }
        }
        return gain;
    }
}
