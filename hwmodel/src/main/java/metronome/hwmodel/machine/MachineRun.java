package metronome.hwmodel.machine;

import metronome.hwmodel.count.Counts;

/**
 * What one run of a program gave.
 *
 * @param counts actions and cycles
 * @param steps firing step by program layer and neuron (channel, row, column),
 *     {@code TemporalCode.SILENT} for none; of layers that do not fire, none of any neuron
 * @param output of a spiking program that is read by potential: the neuron; by last spike: the firing steps of the last
 *     layer; of a dense program: the accumulators
 * @param result the class, or -1 for a replay, which computes no potentials
 */
public record MachineRun(Counts counts, int[][] steps, int[] output, int result) {
}
