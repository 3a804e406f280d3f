/**
 * The memories of a chip and the ports by which units share them.
 *
 * <p>Start at {@link metronome.hwmodel.memory.SpikeBuffer}. What is written in a cycle is seen from the next cycle on,
 * after {@code commit}, so that the order in which components are moved within a cycle does not matter.
 */
package metronome.hwmodel.memory;
