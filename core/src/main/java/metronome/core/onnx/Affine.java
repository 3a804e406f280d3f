package metronome.core.onnx;

import java.util.Arrays;
import java.util.Optional;
import metronome.core.network.Operator;
import metronome.core.tensor.Tensor;

/**
 * Lowers BatchNormalization, and the addition of constants to each channel and its like: they become the bias of the layer
 * before where nobody else reads it, or else a normalisation.
 */
final class Affine {
    private Affine() {
    }

    static Value batchNormalization(Site site) {
        Activation input = site.activation(0);
        site.require(input.view().isChannels(0), "needs channels next to the batch, reads " + input.view());
        site.require(site.integer("spatial", 1, 0, 1) == 1, "a normalisation of each cell (spatial 0) is not supported");
        site.require(!site.flag("training_mode"), "is in training mode; export the model for inference");
        site.ignore("momentum");
        int channels = input.view().shape().channels();
        Tensor[] vectors = new Tensor[4];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = Tensor.of(vector(site, site.constant(i + 1), channels, "input " + (i + 1)), channels);
        }
        return site.emit(new Operator.BatchNormalisation(vectors[2], vectors[3], vectors[0], vectors[1],
                site.decimal("epsilon", 1e-5f)), input, false);
    }

    /** {@return a copy of the elements of a vector}
     *
     * @param site for errors and the budget
     * @param constant of one axis
     * @param length that it must have
     * @param what it is
     */
    static float[] vector(Site site, Constant constant, int length, String what) {
        site.require(constant.rank() == 1 && constant.size() == length, what + " " + constant + " must have the shape [" + length
                + "]");
        site.budget().take(length);
        return constant.floats().clone();
    }

    /** Sums of two activations, or of activations and a constant. */
    static Value add(Site site) {
        if (site.value(0) instanceof Activation && site.value(1) instanceof Activation) {
            return Joins.add(site);
        }
        int constant = site.value(0) instanceof Constant ? 0 : 1;
        return shifted(site, site.activation(1 - constant), perChannel(site, constant, site.activation(1 - constant)));
    }

    static Value sub(Site site) {
        Activation input = site.activation(0);
        return shifted(site, input, negated(perChannel(site, 1, input)));
    }

    static Value mul(Site site) {
        int constant = site.value(0) instanceof Constant ? 0 : 1;
        Activation input = site.activation(1 - constant);
        float[] factors = perChannel(site, constant, input);
        return normalised(site, input, factors, new float[factors.length]);
    }

    static Value div(Site site) {
        Activation input = site.activation(0);
        float[] divisors = perChannel(site, 1, input);
        for (int c = 0; c < divisors.length; c++) {
            site.require(divisors[c] != 0, "divides channel " + c + " by 0");
            divisors[c] = 1 / divisors[c];
        }
        return normalised(site, input, divisors, new float[divisors.length]);
    }

    private static float[] negated(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return values;
    }

    /** The constant's value for each channel: it has one extent, that of the channels, or is the same for all. */
    private static float[] perChannel(Site site, int input, Activation activation) {
        Constant constant = site.constant(input);
        View view = activation.view();
        int channels = view.shape().channels();
        int shift = view.axes().size() - constant.rank();
        site.require(shift >= -1, "constant " + constant + " has more axes than " + view);
        for (int axis = 0; axis < constant.rank(); axis++) {
            int extent = constant.shape()[axis];
            site.require(extent == 1 || extent == channels && view.isChannels(axis + shift), "constant " + constant
                    + " is not one value for each channel of " + view);
        }
        site.budget().take(channels);
        float[] values = constant.floats();
        if (values.length == channels) {
            return values.clone();
        }
        float[] repeated = new float[channels];
        Arrays.fill(repeated, values[0]);
        return repeated;
    }

    private static Value shifted(Site site, Activation input, float[] shifts) {
        Optional<Operator> biased = site.soleReader(input).flatMap(operator -> biased(operator, shifts));
        biased.ifPresent(operator -> site.replace(input, operator));
        float[] ones = new float[shifts.length];
        Arrays.fill(ones, 1);
        return biased.isPresent() ? input : normalised(site, input, ones, shifts);
    }

    private static Optional<Operator> biased(Operator operator, float[] shifts) {
        return switch (operator) {
            case Operator.Convolution(var window, var weights, var bias) ->
                    Optional.of(new Operator.Convolution(window, weights, plus(bias, shifts)));
            case Operator.Dense(var weights, var bias) -> Optional.of(new Operator.Dense(weights, plus(bias, shifts)));
            case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _,
                    Operator.Rectifier _, Operator.Staircase _ -> Optional.empty();
        };
    }

    private static Tensor plus(Tensor bias, float[] shifts) {
        Tensor sum = bias.copy();
        for (int i = 0; i < shifts.length; i++) {
            sum.data()[i] += shifts[i];
        }
        return sum;
    }

    private static Value normalised(Site site, Activation input, float[] factors, float[] shifts) {
        int channels = factors.length;
        Tensor variances = Tensor.zeros(channels);
        Arrays.fill(variances.data(), 1);
        return site.emit(new Operator.BatchNormalisation(Tensor.zeros(channels), variances, Tensor.of(factors, channels),
                Tensor.of(shifts, channels), 0), input, false);
    }
}
