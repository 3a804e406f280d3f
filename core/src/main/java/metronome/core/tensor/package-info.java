/**
 * Dense float tensors over plain arrays and the kernels that work on them.
 *
 * <p>Start at {@link metronome.core.tensor.Tensor}. Arrays are row-major, the last index fastest.
 */
package metronome.core.tensor;
