package metronome.core.rival;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.SpikeTrain;

/**
 * A rival in the plain modes of the LIF array: weights in integers, each layer's threshold the integer that stands for the
 * rival's. The last layer has the sign of its weights changed and does not fire, so that the lowest potential is the class. What
 * the array does not have is replaced: currents of pixels by spikes, and under {@link Coding#RATE} a max-pool neuron fires
 * whenever an input of its window does. Under {@link Coding#FIRST_SPIKE_DYNAMIC} neurons announce themselves where a layer that fires
 * reads them, and that layer waits for them; a max-pool neuron is driven while one of its window is.
 *
 * @param network what the array runs
 * @param coding what a spike stands for
 * @param levels as how many spikes at the first step the largest pixel comes under the first-spike codings; 1 for rates
 * @param neurons numbers of the layers of weights but the last
 */
public record PlainRival(PlainNetwork network, Coding coding, int levels, List<Integer> neurons) {
    private static final int MOST_STEPS = 1000;

    /** Copies the list. */
    public PlainRival {
        neurons = List.copyOf(neurons);
    }

    /**
     * {@return a rival in integers}
     *
     * @param rival a chain
     * @param levels of a pixel, in [1, steps]: the input list has room for so many spikes of a neuron; 1 for rates
     * @param steps how many, in [1, 1001]
     * @param weightBits in [2, 16]
     * @param potentialBits in [16, 32]
     * @throws metronome.core.io.DataException naming a node that the plain modes cannot express
     */
    public static PlainRival of(RivalNetwork rival, int levels, int steps, int weightBits, int potentialBits) {
        boolean rate = rival.coding() == Coding.RATE;
        if (steps < 1 || steps > MOST_STEPS + 1 || levels < 1 || levels > (rate ? 1 : steps)) {
            throw new IllegalArgumentException("rates with 1 level, or first spikes; steps in [1, 1001] and at least as many as levels: " + rival.coding() + ", " + levels + " levels, " + steps + " steps");
        }
        List<PlainLayer> layers = new PlainChain(rival, levels, steps, weightBits, potentialBits).layers();
        return new PlainRival(new PlainNetwork(rival.network().name(), steps - 1, weightBits, potentialBits,
                PlainReadout.LOWEST_POTENTIAL, rival.network().input(), layers), rival.coding(), levels,
                IntStream.range(0, layers.size() - 1).filter(l -> !PlainChain.isPool(rival.network(), layers.get(l))).boxed().toList());
    }

    /**
     * {@return an image as spikes: under {@link Coding#RATE} each pixel an integrate-and-fire neuron that its value drives, else
     * each pixel as many spikes at the first step as its value has levels}
     *
     * @param image values in [0, 1]
     */
    public SpikeTrain input(float[] image) {
        return coding == Coding.RATE ? trains(image, network.lastStep() + 1) : bursts(image);
    }

    private SpikeTrain bursts(float[] image) {
        int[][] spikes = new int[network.lastStep() + 1][0];
        spikes[0] = IntStream.range(0, image.length).flatMap(i -> IntStream.generate(() -> i).limit(Math.round(image[i] * levels)))
                .toArray();
        return new SpikeTrain(spikes);
    }

    private static SpikeTrain trains(float[] image, int steps) {
        double[] potentials = new double[image.length];
        int[][] spikes = new int[steps][];
        Arrays.setAll(spikes, _ -> IntStream.range(0, image.length).filter(i -> {
            potentials[i] += image[i];
            boolean fires = potentials[i] >= 1 - RivalSimulator.ROUNDING;
            potentials[i] -= fires ? 1 : 0;
            return fires;
        }).toArray());
        return new SpikeTrain(spikes);
    }
}
