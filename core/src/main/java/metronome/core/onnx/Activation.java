package metronome.core.onnx;

import java.util.Optional;

/**
 * The activations of a node of the network, as a name of the file stands for them.
 *
 * @param node of the network, or its input
 * @param view how the file's tensor lies over them
 * @param border zeros around them, which the next convolution or pool takes over
 * @param levels those of a QuantizeLinear that waits for its DequantizeLinear
 * @param nonNegative whether they are known not to be negative
 */
record Activation(String node, View view, Border border, Optional<Levels> levels, boolean nonNegative) implements Value {
    static Activation of(String node, View view, boolean nonNegative) {
        return new Activation(node, view, Border.NONE, Optional.empty(), nonNegative);
    }

    Activation seen(View other) {
        return new Activation(node, other, border, levels, nonNegative);
    }

    Activation within(Border other) {
        return new Activation(node, view, other, levels, nonNegative);
    }

    Activation quantised(Optional<Levels> other) {
        return new Activation(node, view, border, other, nonNegative);
    }
}
