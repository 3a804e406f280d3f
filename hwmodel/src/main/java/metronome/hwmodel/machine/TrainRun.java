package metronome.hwmodel.machine;

import java.util.List;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Counts;

/**
 * What one run of a program gave whose neurons may fire several times.
 *
 * @param counts actions and cycles
 * @param trains spikes of the input and of each layer, those of a step in the order in which they were encoded
 * @param output spikes of the last layer, and the decision if it is read out, as the program has stored them in DRAM
 */
public record TrainRun(Counts counts, List<SpikeTrain> trains, SpikeTrain output) {
}
