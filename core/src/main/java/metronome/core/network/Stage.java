package metronome.core.network;

import metronome.core.code.TemporalCode;
import metronome.core.tensor.Averages;
import metronome.core.tensor.ConvolutionKernel;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Product;
import metronome.core.tensor.Sliding;
import metronome.core.tensor.Tensor;

/**
 * A node made ready to compute on {@link Kernels#LANES} samples side by side, element (feature, sample) at
 * {@code feature * LANES + sample}. It reads the weights at each call, so that whoever trains them sees the effect.
 */
public final class Stage {
    private static final Kernels KERNELS = Kernels.vector();

    private final Node node;
    private final Shape input;
    private final Shape output;
    private final Forward forward;

    @FunctionalInterface
    private interface Forward {
        void compute(float[] in, float[] out);
    }

    /**
     * Prepares a node.
     *
     * @param node what to compute; of one input
     * @param input shape of its input
     * @param output shape of its output
     * @throws IllegalArgumentException if it is a concatenation
     */
    public Stage(Node node, Shape input, Shape output) {
        this.node = node;
        this.input = input;
        this.output = output;
        forward = forward();
    }

    private Forward forward() {
        return switch (node.operator()) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) -> {
                ConvolutionKernel kernel = KERNELS.convolution(sliding(window));
                yield (in, out) -> kernel.forward(weights.data(), bias.data(), in, out);
            }
            case Operator.Dense(Tensor weights, Tensor bias) -> {
                Product product = new Product(output.size(), Kernels.LANES, input.size(), false, false, false);
                yield (in, out) -> {
                    KERNELS.multiply(product, weights.data(), in, out);
                    KERNELS.addBias(bias.data(), out);
                };
            }
            case Operator.MaxPool(Window window) -> {
                Sliding sliding = sliding(window);
                yield (in, out) -> KERNELS.maxPool(sliding, in, out);
            }
            case Operator.AveragePool(Window window) -> {
                Sliding sliding = sliding(window);
                yield (in, out) -> Averages.forward(sliding, in, out);
            }
            case Operator.Concat _ -> throw new IllegalArgumentException("node " + node.name() + ": has several inputs");
            case Operator.Rectifier _ -> KERNELS::rectify;
            case Operator.Staircase(TemporalCode code) -> {
                var levels = StaircaseLevels.of(code);
                yield (in, out) -> KERNELS.staircase(levels, in, out);
            }
        };
    }

    /** {@return the node} */
    public Node node() {
        return node;
    }

    /** {@return shape of the input} */
    public Shape input() {
        return input;
    }

    /** {@return shape of the output} */
    public Shape output() {
        return output;
    }

    /**
     * {@return extents of a window that slides over the input}
     *
     * @param window of a convolution or pool
     */
    public Sliding sliding(Window window) {
        return new Sliding(input.channels(), input.height(), input.width(), output.channels(), window.height(),
                window.width(), window.stride(), window.padding(), window.dilation(), window.groups());
    }

    /**
     * Computes the node.
     *
     * @param in [input, lanes]
     * @param out [output, lanes], overwritten
     */
    public void compute(float[] in, float[] out) {
        forward.compute(in, out);
    }
}
