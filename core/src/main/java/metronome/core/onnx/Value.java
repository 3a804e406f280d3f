package metronome.core.onnx;

/** What a name stands for while a graph is lowered: a constant, or the activations of a node. */
sealed interface Value permits Constant, Activation {
}
