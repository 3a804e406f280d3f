package metronome.core.calibration;

import metronome.core.io.DataException;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** Weights of values that come as two channels: first all positive parts, then all negative ones. */
final class Signs {
    private Signs() {
    }

    /** Rows of weights or biases, and behind them the same with the other sign. */
    static Tensor both(Tensor rows) {
        float[] both = new float[2 * rows.size()];
        for (int i = 0; i < both.length; i++) {
            both[i] = i < rows.size() ? rows.data()[i] : -rows.data()[i - rows.size()];
        }
        int[] shape = rows.shape();
        shape[0] *= 2;
        return Tensor.of(both, shape);
    }

    /** A layer that reads an input of so many channels split by sign. */
    static Operator inputs(Node node, Shape input) {
        return switch (node.operator()) {
            case Operator.Dense(Tensor weights, Tensor bias) -> new Operator.Dense(inputs(weights, input.size()), bias);
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) when window.groups() == 1 ->
                new Operator.Convolution(window, inputs(weights, weights.size() / weights.extent(0)), bias);
            case Operator _ -> throw new DataException("node " + node.name()
                    + ": only a dense layer or a convolution without groups can read values that are split by sign");
        };
    }

    private static Tensor inputs(Tensor weights, int fanIn) {
        float[] doubled = new float[2 * weights.size()];
        for (int i = 0; i < doubled.length; i++) {
            float weight = weights.data()[i / (2 * fanIn) * fanIn + i % fanIn];
            doubled[i] = i / fanIn % 2 == 0 ? weight : -weight;
        }
        int[] shape = weights.shape();
        shape[1] *= 2;
        return Tensor.of(doubled, shape);
    }
}
