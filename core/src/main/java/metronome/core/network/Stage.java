package metronome.core.network;

import java.util.List;
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
        void compute(List<float[]> in, float[] out);
    }

    @FunctionalInterface
    private interface Single {
        void compute(float[] in, float[] out);
    }

    /**
     * Prepares a node.
     *
     * @param node what to compute
     * @param input shape of its first input
     * @param output shape of its output
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
                yield single((in, out) -> kernel.forward(weights.data(), bias.data(), in, out));
            }
            case Operator.Dense(Tensor weights, Tensor bias) -> {
                Product product = new Product(output.size(), Kernels.LANES, input.size(), false, false, false);
                yield single((in, out) -> {
                    KERNELS.multiply(product, weights.data(), in, out);
                    KERNELS.addBias(bias.data(), out);
                });
            }
            case Operator.MaxPool(Window window) -> {
                Sliding sliding = sliding(window);
                yield single((in, out) -> KERNELS.maxPool(sliding, in, out));
            }
            case Operator.AveragePool(Window window) -> {
                Sliding sliding = sliding(window);
                yield single((in, out) -> Averages.forward(sliding, in, out));
            }
            case Operator.Concat _ -> Stage::stack;
            case Operator.Add _ -> Stage::add;
            case Operator.BatchNormalisation n -> single((in, out) -> normalise(n, in, out));
            case Operator.Rectifier(float ceiling) -> single((in, out) -> KERNELS.clip(ceiling, in, out));
            case Operator.Staircase(TemporalCode code) -> {
                var levels = StaircaseLevels.of(code);
                yield single((in, out) -> KERNELS.staircase(levels, in, out));
            }
        };
    }

    private static Forward single(Single single) {
        return (in, out) -> single.compute(in.getFirst(), out);
    }

    private static void stack(List<float[]> inputs, float[] out) {
        int at = 0;
        for (float[] in : inputs) {
            System.arraycopy(in, 0, out, at, in.length);
            at += in.length;
        }
    }

    private static void add(List<float[]> inputs, float[] out) {
        System.arraycopy(inputs.getFirst(), 0, out, 0, out.length);
        for (float[] in : inputs.subList(1, inputs.size())) {
            KERNELS.axpy(1, in, out);
        }
    }

    private void normalise(Operator.BatchNormalisation n, float[] in, float[] out) {
        int run = input.height() * input.width() * Kernels.LANES;
        for (int c = 0; c < input.channels(); c++) {
            KERNELS.affine((float) n.factor(c), (float) n.offset(c), in, c * run, run, out);
        }
    }

    /** {@return the node} */
    public Node node() {
        return node;
    }

    /** {@return shape of the first input} */
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
                window.width(), window.stride(), window.padding(), window.dilation(), window.groups(), output.height(),
                output.width());
    }

    /**
     * Computes the node.
     *
     * @param in each [input, lanes]
     * @param out [output, lanes], overwritten
     */
    public void compute(List<float[]> in, float[] out) {
        forward.compute(in, out);
    }
}
