/**
 * Dense float tensors over plain arrays and the kernels that work on them.
 *
 * <p>Start at {@link metronome.core.tensor.Tensor} and {@link metronome.core.tensor.Kernels}. Arrays are row-major, the
 * last index fastest. The kernels of layers work on {@value metronome.core.tensor.Kernels#LANES} samples side by side:
 * element (feature f, sample n) of such a batch has index {@code f * LANES + n}, where f runs over channels x height x
 * width. Vectors then run over samples, whatever the shape of a layer. Kernels keep no state and may be shared between
 * threads.
 */
package metronome.core.tensor;
