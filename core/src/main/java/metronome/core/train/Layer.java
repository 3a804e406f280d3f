package metronome.core.train;

import metronome.core.code.TemporalCode;
import metronome.core.network.Operator;
import metronome.core.network.Stage;
import metronome.core.network.Window;
import metronome.core.tensor.ConvolutionKernel;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Product;
import metronome.core.tensor.Sliding;
import metronome.core.tensor.Tensor;

/** A node of a chain, forward and backward. */
final class Layer {
    private static final Kernels KERNELS = Kernels.vector();

    private final Stage stage;
    private final Backward backward;

    /** What a backward step reads and writes, each [features, lanes]. */
    record Pass(float[] in, float[] out, float[] outGradient, float[] inGradient) {
    }

    /** Gradients of a node's weights and bias; both empty where it has none. */
    record Gradient(float[] weights, float[] bias) {
    }

    @FunctionalInterface
    private interface Backward {
        void compute(Pass pass, Gradient gradient, boolean first);
    }

    Layer(Stage stage) {
        this.stage = stage;
        backward = backward();
    }

    int outputSize() {
        return stage.output().size();
    }

    /** Zeros of the right sizes. */
    Gradient gradient() {
        return switch (stage.node().operator()) {
            case Operator.Convolution(_, Tensor weights, Tensor bias) -> gradient(weights, bias);
            case Operator.Dense(Tensor weights, Tensor bias) -> gradient(weights, bias);
            case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Rectifier _,
                    Operator.Staircase _ ->
                new Gradient(new float[0], new float[0]);
        };
    }

    private static Gradient gradient(Tensor weights, Tensor bias) {
        return new Gradient(new float[weights.size()], new float[bias.size()]);
    }

    void forward(float[] in, float[] out) {
        stage.compute(in, out);
    }

    /** Adds to the gradient of the weights and, unless it is the first layer, writes that of the input. */
    void backward(Pass pass, Gradient gradient, boolean first) {
        backward.compute(pass, gradient, first);
    }

    private Backward backward() {
        return switch (stage.node().operator()) {
            case Operator.Convolution(Window window, Tensor weights, _) ->
                convolution(KERNELS.convolution(stage.sliding(window)), weights.data());
            case Operator.Dense(Tensor weights, _) -> dense(weights.data());
            case Operator.MaxPool(Window window) -> {
                Sliding sliding = stage.sliding(window);
                yield (pass, _, _) -> KERNELS.maxPoolBackward(sliding, pass.in, pass.out, pass.outGradient, pass.inGradient);
            }
            case Operator.AveragePool _, Operator.Concat _ -> throw new IllegalArgumentException(
                    "node " + stage.node().name() + ": average pools and concatenations cannot be trained");
            case Operator.Rectifier _ -> gate(0, Float.POSITIVE_INFINITY);
            case Operator.Staircase(TemporalCode code) -> gate(Math.nextDown((float) code.smallest()), 1);
        };
    }

    private static Backward gate(float from, float to) {
        return (pass, _, _) -> KERNELS.gate(from, to, pass.in, pass.outGradient, pass.inGradient);
    }

    private static Backward convolution(ConvolutionKernel kernel, float[] weights) {
        return (pass, gradient, first) -> {
            kernel.backwardWeights(pass.in, pass.outGradient, gradient.weights, gradient.bias);
            if (!first) {
                kernel.backwardInput(weights, pass.outGradient, pass.inGradient);
            }
        };
    }

    private Backward dense(float[] weights) {
        int inputs = stage.input().size();
        int outputs = stage.output().size();
        Product ofWeights = new Product(outputs, inputs, Kernels.LANES, false, true, true);
        Product ofInput = new Product(inputs, Kernels.LANES, outputs, true, false, false);
        return (pass, gradient, first) -> {
            KERNELS.multiply(ofWeights, pass.outGradient, pass.in, gradient.weights);
            KERNELS.sumLanes(pass.outGradient, gradient.bias);
            if (!first) {
                KERNELS.multiply(ofInput, weights, pass.outGradient, pass.inGradient);
            }
        };
    }
}
