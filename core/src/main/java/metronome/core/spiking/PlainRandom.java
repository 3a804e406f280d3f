package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * A random plain network of dense layers with an input for it: weights are seeded, thresholds are set so that a given
 * share of the neurons of every layer fires at a step. Neurons fire several times, with soft reset and without leak.
 *
 * @param network the network
 * @param input spikes for it, as many at a step as are asked of the layers
 * @param rates share of the neurons of each layer that fire at a step, on average
 */
public record PlainRandom(PlainNetwork network, SpikeTrain input, List<Double> rates) {
    /** Weights are uniform from here to the highest of 8 bits, so that the mean drives the neurons up. */
    private static final int LEAST_WEIGHT = -100;
    private static final int WEIGHT_BITS = 8;
    private static final int TRIALS = 20;

    /**
     * {@return a network of equal dense layers}
     *
     * @param seed of weights and input
     * @param layers how many
     * @param neurons of the input and of each layer
     * @param lastStep T
     * @param rate share of the neurons that fire at a step, in (0, 0.5)
     * @param potentialBits in [16, 32]
     */
    public static PlainRandom dense(long seed, int layers, int neurons, int lastStep, double rate, int potentialBits) {
        SplittableRandom random = new SplittableRandom(seed);
        SpikeTrain input = SpikeTrain.random(random, neurons, lastStep, rate);
        return dense(random, layers, neurons, Shape.vector(neurons), input, rate, potentialBits);
    }

    /**
     * {@return a network of dense layers for an input that there is}
     *
     * @param seed of the weights
     * @param layers how many
     * @param neurons of each layer
     * @param shape of the input
     * @param input spikes for which the thresholds are set
     * @param rate share of the neurons of each layer that fire at a step, in (0, 0.5)
     * @param potentialBits in [16, 32]
     */
    public static PlainRandom denseFor(long seed, int layers, int neurons, Shape shape, SpikeTrain input, double rate, int potentialBits) {
        return dense(new SplittableRandom(seed), layers, neurons, shape, input, rate, potentialBits);
    }

    private static PlainRandom dense(SplittableRandom random, int layers, int neurons, Shape shape, SpikeTrain input, double rate,
            int potentialBits) {
        List<PlainLayer> made = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        SpikeTrain arriving = input;
        Shape reached = shape;
        for (int l = 0; l < layers; l++) {
            byte[] weights = new byte[reached.size() * neurons];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (byte) random.nextInt(LEAST_WEIGHT, 128);
            }
            made.add(tuned("dense" + (l + 1), FixedWeights.ofBytes(weights), reached, neurons, arriving, rate));
            arriving = run(made.getLast(), arriving);
            rates.add((double) arriving.spikes() / neurons / (input.lastStep() + 1));
            reached = made.getLast().output();
        }
        return new PlainRandom(new PlainNetwork("dense", input.lastStep(), WEIGHT_BITS, potentialBits, PlainReadout.SPIKES, shape, made),
                input, rates);
    }

    private static SpikeTrain run(PlainLayer layer, SpikeTrain arriving) {
        return new PlainStage(layer).run(arriving, SaturatingSum.UNLIMITED).fired();
    }

    /** The lowest of the thresholds tried, by halving, at which no more neurons fire than are asked for. */
    private static PlainLayer tuned(String name, FixedWeights weights, Shape reached, int neurons, SpikeTrain arriving, double rate) {
        long wanted = Math.round(rate * neurons * arriving.neurons().length);
        int low = 1;
        int high = 1 << TRIALS;
        while (high - low > 1 + low / 256) {
            int middle = (low + high) >>> 1;
            if (run(layer(name, weights, reached, neurons, middle), arriving).spikes() > wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return layer(name, weights, reached, neurons, high);
    }

    private static PlainLayer layer(String name, FixedWeights weights, Shape reached, int neurons, int threshold) {
        return new PlainLayer(name, reached, Shape.vector(neurons), Window.covering(reached), weights, new int[0], 0,
                new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, threshold, false,
                        PlainNeuron.Reset.SUBTRACT, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, false));
    }
}
