package metronome.hwmodel.machine;

import java.util.List;
import metronome.hwmodel.count.Counts;

/**
 * What one run of a program gave.
 *
 * @param counts actions and cycles of the whole chip
 * @param cores of each core by itself, without what they share: DRAM, routers and links
 * @param steps firing step by program layer and neuron (channel, row, column),
 *     {@code TemporalCode.SILENT} for none; of layers that do not fire, none of any neuron
 * @param output of a spiking program that is read by potential: the neuron; by last spike: the firing steps of the last
 *     layer; of a dense program: the accumulators
 * @param result the class, or -1 for a replay, which computes no potentials
 */
public record MachineRun(Counts counts, List<Counts> cores, int[][] steps, int[] output, int result) {
}
