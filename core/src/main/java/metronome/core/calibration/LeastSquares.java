package metronome.core.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.network.Operator;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Changes weights and biases of a layer so that its sums, from values that are rounded, come as near as they can to those
 * from values that are not: ridge regression over images and places. How much a change costs is chosen by images that
 * the regression has not seen; if no change helps them, there is none. Weights of zero stay zero, so no synapse is added.
 */
final class LeastSquares {
    /** What a change may cost. */
    private static final double[] RIDGES = {1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};
    /** Kernels of more taps stay: their matrix of products would take gigabytes. */
    private static final int LARGEST = 4096;

    private final Layerwise.Site site;
    private final Workers workers;

    private LeastSquares(Layerwise.Site site, Workers workers) {
        this.site = site;
        this.workers = workers;
    }

    /** The layer with other weights and biases. */
    static Operator of(Layerwise.Site site, Workers workers) {
        return new LeastSquares(site, workers).run();
    }

    /** A group's regression: on images to fit by, on images to choose by, and on all. */
    private record Fit(Patches patches, Moments fitted, Moments heldOut, Moments all) {
        double gain(double ridge) {
            return heldOut.gain(fitted.change(ridge));
        }
    }

    private Operator run() {
        int groups = site.operator() instanceof Operator.Convolution c ? c.window().groups() : 1;
        List<Fit> fits = IntStream.range(0, groups).mapToObj(g -> Patches.of(site, g))
                .filter(p -> p.taps().length > 0 && p.taps().length <= LARGEST).map(this::fit)
                .filter(f -> f.fitted.count() > 0 && f.heldOut.count() > 0).toList();
        Optional<Double> ridge = ridge(fits);
        return ridge.map(r -> changed(fits, r)).orElse(site.operator());
    }

    private Fit fit(Patches patches) {
        Moments[][] parts = new Moments[2][patches.chunks()];
        workers.run(2 * patches.chunks(), () -> task ->
                parts[task % 2][task / 2] = patches.moments(task / 2, task % 2 == 1));
        Moments fitted = Moments.sum(List.of(parts[0]));
        Moments heldOut = Moments.sum(List.of(parts[1]));
        return new Fit(patches, fitted, heldOut, Moments.sum(List.of(fitted, heldOut)));
    }

    private Optional<Double> ridge(List<Fit> fits) {
        double[] gains = new double[RIDGES.length];
        workers.run(RIDGES.length, () -> i -> gains[i] = fits.stream().mapToDouble(fit -> fit.gain(RIDGES[i])).sum());
        int best = 0;
        for (int i = 1; i < gains.length; i++) {
            best = gains[i] > gains[best] ? i : best;
        }
        return gains[best] > 0 ? Optional.of(RIDGES[best]) : Optional.empty();
    }

    private Operator changed(List<Fit> fits, double ridge) {
        return switch (site.operator()) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) -> {
                Tensor other = weights.copy();
                yield new Operator.Convolution(window, other, change(fits, ridge, other, bias));
            }
            case Operator.Dense(Tensor weights, Tensor bias) -> {
                Tensor other = weights.copy();
                yield new Operator.Dense(other, change(fits, ridge, other, bias));
            }
            case Operator other -> other;
        };
    }

    /** Changes the weights in place; the biases that go with them. */
    private static Tensor change(List<Fit> fits, double ridge, Tensor weights, Tensor bias) {
        double[] moves = new double[bias.size()];
        int size = weights.size() / weights.extent(0);
        for (Fit fit : fits) {
            RealMatrix change = fit.all.change(ridge);
            int[] taps = fit.patches.taps();
            for (int o = 0; o < fit.patches.outputs(); o++) {
                int output = fit.patches.group() * fit.patches.outputs() + o;
                moves[output] = fit.all.missing(o);
                for (int t = 0; t < taps.length; t++) {
                    weights.data()[output * size + taps[t]] += (float) change.getEntry(o, t);
                    moves[output] -= change.getEntry(o, t) * fit.all.mean(t);
                }
            }
        }
        return MeanFit.moved(bias, moves);
    }
}
