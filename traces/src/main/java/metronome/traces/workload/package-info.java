/**
 * Spikes that were recorded elsewhere, and what they cost here.
 *
 * <p>{@link metronome.traces.workload.SpikeTensors} reads the 0/1 arrays of every layer that papers on accelerators publish, and
 * {@link metronome.traces.workload.SpikeTable} spikes as text. Traces hold the spikes of
 * either ({@link metronome.traces.workload.SpikeTrace}). With the shapes of a {@link metronome.traces.workload.LayerTable},
 * {@link metronome.traces.workload.NetworkSpikes} from any of them make a {@link metronome.traces.workload.Workload}, which {@link metronome.traces.workload.WorkloadReplay} runs on a
 * target: spikes go in and come out as recorded, potentials are not computed.
 */
package metronome.traces.workload;
