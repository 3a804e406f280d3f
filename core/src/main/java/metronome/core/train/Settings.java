package metronome.core.train;

import metronome.core.tensor.Kernels;

/**
 * How to train.
 *
 * @param epochs how often every image is seen, at least 0
 * @param batch images of one step, a multiple of {@link Kernels#LANES}
 * @param schedule of the learning rate
 * @param momentum in [0, 1)
 * @param weightDecay what is added to a weight's gradient for each unit of the weight, not negative; biases do not decay
 * @param augmentation of the images
 * @param seed of order and augmentation
 * @param stop when to end before the last epoch
 * @param rates of the layers
 */
public record Settings(int epochs, int batch, Schedule schedule, double momentum, double weightDecay,
        Augmentation augmentation, long seed, EarlyStop stop, Rates rates) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public Settings {
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs must not be negative: " + epochs);
        }
        if (batch < 1 || batch % Kernels.LANES != 0) {
            throw new IllegalArgumentException("batch must be a positive multiple of " + Kernels.LANES + ": " + batch);
        }
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException(
                    "momentum and weight decay must be in [0, 1): " + momentum + ", " + weightDecay);
        }
    }

    /**
     * {@return the same with another seed}
     *
     * @param other of order and augmentation
     */
    public Settings withSeed(long other) {
        return new Settings(epochs, batch, schedule, momentum, weightDecay, augmentation, other, stop, rates);
    }

    /**
     * {@return the same with another number of epochs}
     *
     * @param other at least 0
     */
    public Settings withEpochs(int other) {
        return new Settings(other, batch, schedule, momentum, weightDecay, augmentation, seed, stop, rates);
    }
}
