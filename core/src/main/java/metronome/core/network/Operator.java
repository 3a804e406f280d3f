package metronome.core.network;

import java.util.Arrays;
import metronome.core.code.TemporalCode;
import metronome.core.tensor.Tensor;

/** What a node of a network computes. */
public sealed interface Operator {
    /**
     * A convolution.
     *
     * @param window kernel, stride, padding, dilation and groups
     * @param weights [out, in / groups, kernel height, kernel width]
     * @param bias [out]
     */
    record Convolution(Window window, Tensor weights, Tensor bias) implements Operator {
        /**
         * Checks the shapes.
         *
         * @throws IllegalArgumentException if they do not match
         */
        public Convolution {
            require(weights.shape().length == 4 && weights.extent(2) == window.height()
                    && weights.extent(3) == window.width(), "convolution weights " + weights + " do not match " + window);
            window.requireWithin();
            require(weights.extent(0) % window.groups() == 0, window.groups() + " groups do not divide "
                    + weights.extent(0) + " output channels");
            requireBias(weights, bias);
        }
    }

    /**
     * A fully connected layer over the flattened input.
     *
     * @param weights [out, in]
     * @param bias [out]
     */
    record Dense(Tensor weights, Tensor bias) implements Operator {
        /**
         * Checks the shapes.
         *
         * @throws IllegalArgumentException if they do not match
         */
        public Dense {
            require(weights.shape().length == 2, "dense weights must be [out, in], not " + weights);
            requireBias(weights, bias);
        }
    }

    /**
     * The maximum over each window.
     *
     * @param window kernel, stride and padding
     */
    record MaxPool(Window window) implements Operator {
        /**
         * Checks the window.
         *
         * @throws IllegalArgumentException if it has dilation or groups
         */
        public MaxPool {
            window.requirePlain();
        }
    }

    /**
     * The mean over each window; cells of the padding count as zeros, so that every window has the same divisor.
     *
     * @param window kernel, stride and padding
     */
    record AveragePool(Window window) implements Operator {
        /**
         * Checks the window.
         *
         * @throws IllegalArgumentException if it has dilation or groups or passes the end of its input
         */
        public AveragePool {
            window.requirePlain().requireWithin();
        }

        /**
         * {@return the same as a convolution: one group for each channel, all weights one by the number of cells}
         *
         * @param channels of the input
         */
        public Convolution asConvolution(int channels) {
            Tensor weights = Tensor.zeros(channels, 1, window.height(), window.width());
            Arrays.fill(weights.data(), 1f / (window.height() * window.width()));
            return new Convolution(window.grouped(channels), weights, Tensor.zeros(channels));
        }
    }

    /** The channels of several inputs of one height and width, one input after the other. */
    record Concat() implements Operator {
    }

    /** The sum of two or more inputs of one shape: a residual connection. */
    record Add() implements Operator {
    }

    /**
     * Each channel normalised and scaled, {@code (z - mean) / sqrt(variance + epsilon) * scale + shift} (Ioffe and Szegedy,
     * ICML 2015). At the head of a network it says what mean and deviation its input is to have.
     *
     * @param mean [channels]
     * @param variance [channels], not negative
     * @param scale [channels]
     * @param shift [channels]
     * @param epsilon added to each variance so that their sum is positive
     */
    record BatchNormalisation(Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) implements Operator {
        /**
         * Checks shapes and ranges.
         *
         * @throws IllegalArgumentException if the shapes differ or a variance with epsilon is not positive
         */
        public BatchNormalisation {
            for (Tensor tensor : new Tensor[] {mean, variance, scale, shift}) {
                require(tensor.shape().length == 1 && tensor.size() == mean.size(),
                        "a normalisation needs mean, variance, scale and shift of one length, not " + mean + ", " + variance
                                + ", " + scale + " and " + shift);
            }
            for (float v : variance.data()) {
                require(v >= 0 && v + epsilon > 0 && Double.isFinite(epsilon), "a variance of " + v + " with an epsilon of "
                        + epsilon + " is not positive");
            }
        }

        /**
         * {@return the factor of each channel: scale / sqrt(variance + epsilon)}
         *
         * @param channel from 0
         */
        public double factor(int channel) {
            return scale.data()[channel] / Math.sqrt(variance.data()[channel] + epsilon);
        }

        /**
         * {@return what is added to each channel after the factor: shift - mean * factor}
         *
         * @param channel from 0
         */
        public double offset(int channel) {
            return shift.data()[channel] - mean.data()[channel] * factor(channel);
        }
    }

    /**
     * {@code min(max(z, 0), ceiling)}.
     *
     * @param ceiling positive; infinite for a plain rectifier
     */
    record Rectifier(float ceiling) implements Operator {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the ceiling is not positive
         */
        public Rectifier {
            require(ceiling > 0, "a rectifier needs a positive ceiling, not " + ceiling);
        }

        /** {@code max(z, 0)}. */
        public Rectifier() {
            this(Float.POSITIVE_INFINITY);
        }
    }

    /**
     * The activation that temporal coding induces; its gradient is that of the clip it approximates.
     *
     * @param code gives the levels
     */
    record Staircase(TemporalCode code) implements Operator {
    }

    private static void requireBias(Tensor weights, Tensor bias) {
        require(bias.shape().length == 1 && bias.extent(0) == weights.extent(0),
                "bias " + bias + " does not match weights " + weights);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
