/**
 * The machine as a whole: {@link metronome.hwmodel.machine.Machine} runs a program for one input on a target, cycle by
 * cycle, and says what happened in a {@link metronome.hwmodel.machine.MachineRun}.
 *
 * <p>Cycles count from the one in which the sequencer requests its first instructions to the one in which it executes
 * {@code end}, both included.
 */
package metronome.hwmodel.machine;
