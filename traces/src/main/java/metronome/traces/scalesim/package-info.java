/**
 * Files of SCALE-Sim, so that its users can move over: {@link metronome.traces.scalesim.TopologyReader} reads the layers of
 * a network, {@link metronome.traces.scalesim.ComputeReport} writes the cycles. Cycles are whole; nothing here is null.
 */
package metronome.traces.scalesim;
