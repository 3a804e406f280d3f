package metronome.core.spiking;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.Shape;

/**
 * A fixed-point spiking network of a given architecture with random weights, made so that activations spread as a trained
 * network's do: for measuring machines where no trained weights are at hand. It classifies nothing.
 *
 * <p>Weights are drawn with a spread of some 37 of 127. One random image then runs through the network, and each layer's
 * bias and scale are chosen from the sums that it gives there: the bias so that the chosen share of its neurons is
 * silent (under {@link ZeroPolicy#FLOOR}: spikes at step 0), the scale so that of the others one in a hundred fires at
 * the last step. Where only max-pools read a layer, the share is that of the pooled neurons: it is what reaches the next
 * layer with synapses that counts. Average pools have one weight for all and no bias.
 *
 * @param network the network, read out by potential
 * @param image firing steps of the random image's pixels
 * @param shares what came out, for the image and each layer that fires
 */
public record SyntheticNetwork(FixedNetwork network, int[] image, List<Share> shares) {
    /**
     * What to make.
     *
     * @param seed of all random choices
     * @param code of every layer
     * @param silent share of neurons that shall be silent, in [0, 1)
     * @param potentialBits in [16, 32]
     */
    public record Settings(long seed, TemporalCode code, double silent, int potentialBits) {
        /**
         * Checks the share.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public Settings {
            if (!(silent >= 0 && silent < 1)) {
                throw new IllegalArgumentException("the share of silent neurons must be in [0, 1): " + silent);
            }
        }
    }

    /**
     * Spikes of the random image.
     *
     * @param layer its name
     * @param neurons how many it has
     * @param silent how many of them were silent; under {@link ZeroPolicy#FLOOR}, spiked at step 0
     */
    public record Share(String layer, int neurons, int silent) {
        /** {@return the share of silent neurons, in [0, 1]} */
        public double value() {
            return (double) silent / neurons;
        }

        static Share of(String layer, int[] steps, ZeroPolicy zeros) {
            int zero = zeros == ZeroPolicy.SILENT ? TemporalCode.SILENT : 0;
            return new Share(layer, steps.length, (int) Arrays.stream(steps).filter(s -> s == zero).count());
        }
    }

    /** Copies the list. */
    public SyntheticNetwork {
        shares = List.copyOf(shares);
    }

    /**
     * {@return such a network}
     *
     * @param architecture whose weights do not matter; its last node is a convolution or a dense layer
     * @param settings what to make of it
     * @throws metronome.core.io.DataException if the sums of a layer do not fit the potentials
     */
    public static SyntheticNetwork of(Network architecture, Settings settings) {
        return new SyntheticLayers(architecture, settings).make();
    }

    /**
     * {@return a random image's firing steps: pixels are zero with the probability of the settings, else uniform in (0, 1)}
     *
     * @param input shape of the image
     * @param settings give code and share
     * @param seed of this image
     */
    public static int[] image(Shape input, Settings settings, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.generate(() -> {
            double value = random.nextDouble();
            return settings.code.encode((float) (random.nextDouble() < settings.silent ? 0 : value));
        }).limit(input.size()).toArray();
    }
}
