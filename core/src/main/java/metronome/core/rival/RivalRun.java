package metronome.core.rival;

import java.util.SequencedMap;
import metronome.core.spiking.Operations;

/**
 * What a rival did with an image.
 *
 * @param classes after each step, from the first on
 * @param outputs potentials of the last layer after the last step
 * @param spikes of each neuron, by name of its layer of weights, but the last
 * @param first step of each neuron's first spike, 0 if it has none, likewise
 * @param clock operations if every neuron is updated at every step
 * @param event operations if neurons are updated at steps with an arrival
 */
public record RivalRun(int[] classes, double[] outputs, SequencedMap<String, int[]> spikes, SequencedMap<String, int[]> first,
        Operations clock, Operations event) {
    /** {@return how many spikes there were} */
    public long total() {
        long total = 0;
        for (int[] layer : spikes.values()) {
            for (int count : layer) {
                total += count;
            }
        }
        return total;
    }

    /** {@return how many neurons could have fired} */
    public long neurons() {
        return spikes.values().stream().mapToLong(layer -> layer.length).sum();
    }
}
