/**
 * From a network to a program: {@link metronome.isa.compiler.SpikingCompiler} for spiking networks on the LIF array,
 * {@link metronome.isa.compiler.DenseCompiler} for the DNN baseline on the tensor core.
 *
 * <p>Both walk the layers, cut each into tiles that fit the scratchpads ({@link metronome.isa.compiler.Tiling}), lay the
 * weights out in DRAM, and hand stages to a {@link metronome.isa.compiler.Schedule}, which puts each block of weights
 * one stage ahead of its use and places the semaphores. What cannot be mapped is refused with the reason. The same
 * input gives the same program.
 */
package metronome.isa.compiler;
