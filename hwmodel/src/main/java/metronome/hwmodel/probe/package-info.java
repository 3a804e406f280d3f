/**
 * What can be watched of a run besides its counts: {@link metronome.hwmodel.probe.Probe} is told
 * {@link metronome.hwmodel.probe.ChipEvent events}, those of the {@link metronome.hwmodel.probe.EventStream streams} that it
 * asks for. Cycles count from 0, the first cycle of the run. Both engines tell the same events in the same order.
 */
package metronome.hwmodel.probe;
