/**
 * The units that execute instructions: sequencer, DMA engines, LIF array, pooling unit, tensor core.
 *
 * <p>Start at {@link metronome.hwmodel.unit.ExecutionUnit}, which holds what they have in common. A cycle has three
 * phases: in {@code request} units ask for shared ports, in {@code tick} they work, in {@code commit} what they wrote
 * becomes visible. The order of units within a phase does not matter. The rules that comments cite by number are those
 * of the timing contract, docs/microarchitecture.md.
 */
package metronome.hwmodel.unit;
