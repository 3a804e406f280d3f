package metronome.hwmodel.machine;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;

/**
 * What can be seen of a chip between two cycles.
 *
 * @param ended whether the program has
 * @param counts actions and cycles so far
 * @param steps firing steps so far, by program layer and neuron; of the input none
 * @param contents checksum of what each memory holds
 */
public record ChipState(boolean ended, Counts counts, int[][] steps, Map<Component, Long> contents) {
    /**
     * {@return the first difference to another state of the same program, in words that begin with the component}
     *
     * @param other after as many cycles
     */
    public Optional<String> difference(ChipState other) {
        Optional<String> counted = counts.difference(other.counts);
        if (counted.isPresent()) {
            return counted;
        }
        if (ended != other.ended) {
            return Optional.of(Component.SEQUENCER.label() + ": ended: " + ended + " against " + other.ended);
        }
        for (int layer = 0; layer < steps.length; layer++) {
            int neuron = Arrays.mismatch(steps[layer], other.steps[layer]);
            if (neuron >= 0) {
                return Optional.of(Component.LIF.label() + ": firing step of neuron " + neuron + " of layer " + layer
                        + ": " + steps[layer][neuron] + " against " + other.steps[layer][neuron]);
            }
        }
        return contents.keySet().stream().filter(c -> !contents.get(c).equals(other.contents.get(c))).findFirst()
                .map(c -> c.label() + ": what the memory holds");
    }
}
