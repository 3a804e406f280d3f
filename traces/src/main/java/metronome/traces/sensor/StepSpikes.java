package metronome.traces.sensor;

import java.util.Arrays;

/** The neurons that spike at a step, each once however often it is added; as large as they are many. */
final class StepSpikes {
    private int[] neurons = new int[8];
    private int size;

    void add(int neuron) {
        if (size == neurons.length) {
            compact();
            if (size > neurons.length / 2) {
                neurons = Arrays.copyOf(neurons, 2 * neurons.length);
            }
        }
        neurons[size++] = neuron;
    }

    private void compact() {
        Arrays.sort(neurons, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || neurons[i] != neurons[i - 1]) {
                neurons[kept++] = neurons[i];
            }
        }
        size = kept;
    }

    /** {@return them, ascending} */
    int[] sorted() {
        compact();
        return Arrays.copyOf(neurons, size);
    }
}
