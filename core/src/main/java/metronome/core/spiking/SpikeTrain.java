package metronome.core.spiking;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The spikes of one layer, of neurons that may spike several times.
 *
 * @param neurons of each step 0 to T: indices (channel, row, column) in the order of the spikes; not copied, nobody writes
 *     to them
 */
public record SpikeTrain(int[][] neurons) {
    /** {@return the last step T} */
    public int lastStep() {
        return neurons.length - 1;
    }

    /** {@return how many spikes there are} */
    public long spikes() {
        return Arrays.stream(neurons).mapToLong(step -> step.length).sum();
    }

    /** {@return the same spikes, those of each step by neuron} */
    public SpikeTrain sorted() {
        return new SpikeTrain(Arrays.stream(neurons).map(step -> Arrays.stream(step).sorted().toArray())
                .toArray(int[][]::new));
    }

    /**
     * {@return a train whose neurons spike once}
     *
     * @param steps firing step of each neuron in [0, T], or {@link metronome.core.code.TemporalCode#SILENT}
     * @param lastStep T
     */
    public static SpikeTrain of(int[] steps, int lastStep) {
        Spikes spikes = Spikes.of(steps, lastStep);
        int[][] neurons = new int[lastStep + 1][];
        for (int k = 0; k <= lastStep; k++) {
            neurons[k] = Arrays.copyOfRange(spikes.neuron(), spikes.first()[k], spikes.first()[k + 1]);
        }
        return new SpikeTrain(neurons);
    }

    /**
     * {@return a train in which each neuron spikes at each step with the same chance}
     *
     * @param random where it is drawn from
     * @param neurons how many
     * @param lastStep T
     * @param rate chance, in [0, 1]
     */
    public static SpikeTrain random(RandomGenerator random, int neurons, int lastStep, double rate) {
        int[][] spikes = new int[lastStep + 1][];
        for (int k = 0; k < spikes.length; k++) {
            spikes[k] = IntStream.range(0, neurons).filter(_ -> random.nextDouble() < rate).toArray();
        }
        return new SpikeTrain(spikes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpikeTrain train && Arrays.deepEquals(neurons, train.neurons);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(neurons);
    }

    @Override
    public String toString() {
        return spikes() + " spikes over " + neurons.length + " steps";
    }
}
