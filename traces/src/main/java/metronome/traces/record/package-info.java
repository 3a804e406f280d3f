/**
 * Spike records: which neuron fired at which step, image by image, as text that any tool reads.
 *
 * <p>Start at {@link metronome.traces.record.SpikeRecord}; {@link metronome.traces.record.SpikeCsv} reads and writes it. A
 * record belongs to one network in fixed point, which it names by hash, and to no target: replayed on any target that
 * computes in the same widths it costs what a full run there costs.
 */
package metronome.traces.record;
