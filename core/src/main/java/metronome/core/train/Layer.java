package metronome.core.train;

import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.network.Operator;
import metronome.core.network.Stage;
import metronome.core.network.Window;
import metronome.core.tensor.Averages;
import metronome.core.tensor.ConvolutionKernel;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Product;
import metronome.core.tensor.Sliding;
import metronome.core.tensor.Tensor;

/** A node of a graph, forward and backward. */
interface Layer {
    /** The kernels of all layers. */
    Kernels KERNELS = Kernels.vector();

    /**
     * What a backward step reads and writes, each [features, lanes]; the gradient of an input that needs none is empty.
     */
    record Pass(List<float[]> in, float[] out, float[] outGradient, List<float[]> inGradients) {
        boolean needsInput() {
            return inGradients.getFirst().length > 0;
        }
    }

    /**
     * Gradients of a node's weights and bias, and what a normalisation saw of its batches; empty where it has none.
     *
     * @param weights of the weights, or of a normalisation's scale
     * @param bias of the bias, or of a normalisation's shift
     * @param seen mean and then variance of each channel over the chunk
     */
    record Gradient(float[] weights, float[] bias, float[] seen) {
        static Gradient none() {
            return new Gradient(new float[0], new float[0], new float[0]);
        }

        static Gradient of(Tensor weights, Tensor bias) {
            return new Gradient(new float[weights.size()], new float[bias.size()], new float[0]);
        }
    }

    /** How many of the lanes hold a sample, and what the chunk has learned so far. */
    record Batch(int samples, Gradient gradient) {
    }

    /** Zeros of the right sizes. */
    Gradient gradient();

    /** Computes the node. */
    void forward(List<float[]> in, float[] out, Batch batch);

    /** Adds to the gradients of the weights and overwrites those of the inputs that need one. */
    void backward(Pass pass, Batch batch);

    /** {@return the layer of a node} */
    static Layer of(Stage stage) {
        return switch (stage.node().operator()) {
            case Operator.BatchNormalisation n -> new Normaliser(stage, n);
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) -> new Plain(stage,
                    () -> Gradient.of(weights, bias), convolution(KERNELS.convolution(stage.sliding(window)), weights));
            case Operator.Dense(Tensor weights, Tensor bias) ->
                new Plain(stage, () -> Gradient.of(weights, bias), dense(stage, weights));
            case Operator.MaxPool(Window window) -> {
                Sliding sliding = stage.sliding(window);
                yield new Plain(stage, Gradient::none, (pass, _) -> KERNELS.maxPoolBackward(sliding, pass.in.getFirst(),
                        pass.out, pass.outGradient, pass.inGradients.getFirst()));
            }
            case Operator.AveragePool(Window window) -> {
                Sliding sliding = stage.sliding(window);
                yield new Plain(stage, Gradient::none,
                        (pass, _) -> Averages.backward(sliding, pass.outGradient, pass.inGradients.getFirst()));
            }
            case Operator.Concat _ -> new Plain(stage, Gradient::none, (pass, _) -> split(pass));
            case Operator.Add _ -> new Plain(stage, Gradient::none, (pass, _) -> spread(pass));
            case Operator.Rectifier(float ceiling) -> gate(stage, 0, ceiling);
            case Operator.Staircase(TemporalCode code) -> gate(stage, Math.nextDown((float) code.smallest()), 1);
        };
    }

    private static Layer gate(Stage stage, float from, float to) {
        return new Plain(stage, Gradient::none, (pass, _) -> KERNELS.gate(from, to, pass.in.getFirst(), pass.outGradient,
                pass.inGradients.getFirst()));
    }

    private static Plain.Backward convolution(ConvolutionKernel kernel, Tensor weights) {
        return (pass, gradient) -> {
            kernel.backwardWeights(pass.in.getFirst(), pass.outGradient, gradient.weights, gradient.bias);
            if (pass.needsInput()) {
                kernel.backwardInput(weights.data(), pass.outGradient, pass.inGradients.getFirst());
            }
        };
    }

    private static Plain.Backward dense(Stage stage, Tensor weights) {
        int inputs = stage.input().size();
        int outputs = stage.output().size();
        Product ofWeights = new Product(outputs, inputs, Kernels.LANES, false, true, true);
        Product ofInput = new Product(inputs, Kernels.LANES, outputs, true, false, false);
        return (pass, gradient) -> {
            KERNELS.multiply(ofWeights, pass.outGradient, pass.in.getFirst(), gradient.weights);
            KERNELS.sumLanes(pass.outGradient, gradient.bias);
            if (pass.needsInput()) {
                KERNELS.multiply(ofInput, weights.data(), pass.outGradient, pass.inGradients.getFirst());
            }
        };
    }

    private static void split(Pass pass) {
        int at = 0;
        for (int i = 0; i < pass.in.size(); i++) {
            float[] gradient = pass.inGradients.get(i);
            System.arraycopy(pass.outGradient, at, gradient, 0, gradient.length);
            at += pass.in.get(i).length;
        }
    }

    private static void spread(Pass pass) {
        for (float[] gradient : pass.inGradients) {
            System.arraycopy(pass.outGradient, 0, gradient, 0, gradient.length);
        }
    }
}
