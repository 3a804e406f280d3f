/**
 * Networks as immutable graphs of operators.
 *
 * <p>Start at {@link metronome.core.network.Network}. Activations of one sample are channels x height x width, row-major;
 * weights are [out, in, kernel height, kernel width] or [out, in], as PyTorch has them.
 */
package metronome.core.network;
