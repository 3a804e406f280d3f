package metronome.core.rival;

import java.util.Arrays;

/** Numbers of the neurons that spike in a step, refilled at every step. */
final class Spikes {
    private final int[] neurons;
    private int count;

    Spikes(int most) {
        neurons = new int[most];
    }

    void clear() {
        count = 0;
    }

    void add(int neuron) {
        neurons[count++] = neuron;
    }

    int count() {
        return count;
    }

    int get(int index) {
        return neurons[index];
    }

    void addAll(Spikes other, int offset) {
        for (int i = 0; i < other.count; i++) {
            add(other.neurons[i] + offset);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(neurons, count));
    }
}
