/**
 * From a network to a program: {@link metronome.isa.compiler.SpikingCompiler} for spiking networks on the LIF array,
 * {@link metronome.isa.compiler.DenseCompiler} for the DNN baseline on the tensor core.
 *
 * <p>Both walk the layers, cut each into tiles that fit the scratchpads, lay the weights out in DRAM, and hand stages to a
 * {@link metronome.isa.compiler.Schedule}, which puts each block of weights, and the spikes of each tile, one stage ahead
 * of their use and places the semaphores. For spiking networks a {@link metronome.isa.compiler.SpikePlanner} decides
 * first where spikes wait for their readers and how layers are cut, and before that a
 * {@link metronome.isa.compiler.Division} how they are spread over cores; emission follows the plan. What cannot be mapped is
 * refused with the reason. The same input gives the same program.
 */
package metronome.isa.compiler;
