package metronome.core.train;

import metronome.core.calibration.Prepared;
import metronome.core.code.TemporalCode;
import metronome.core.data.Samples;
import metronome.core.network.Folding;
import metronome.core.network.Network;

/**
 * All that decides how a data set's two networks come about: the same recipe gives the same bytes.
 *
 * @param architecture its weights do not matter
 * @param seed of the first weights
 * @param training of the network with rectifiers
 * @param retraining makes the staircase network
 */
public record Recipe(Network architecture, long seed, Settings training, Retraining retraining) {
    /**
     * {@return the network with rectifiers, trained from random weights, its normalisations folded into its layers}
     *
     * @param samples to learn from
     * @param threads at least 1; the result does not depend on it
     * @param progress is told after each epoch, with the phase "dnn"
     * @param checkpoints hold the state after each epoch
     */
    public Network dnn(Samples samples, int threads, Progress progress, Checkpoints checkpoints) {
        return Folding.normalisations(Trainer.train("dnn", Weights.initialised(architecture, seed), samples, training, threads,
                progress, checkpoints));
    }

    /**
     * {@return the staircase network: calibrated, retrained from there, outputs brought into [0, 1]}
     *
     * @param dnn what {@link #dnn} gave
     * @param samples to learn from
     * @param threads at least 1; the result does not depend on it
     * @param progress is told after each epoch, with the phase "staircase"
     * @param checkpoints hold the state after each epoch
     */
    public Network staircase(Network dnn, Samples samples, int threads, Progress progress, Checkpoints checkpoints) {
        Prepared staircase = retraining.of(dnn, samples, threads, progress, checkpoints);
        if (staircase.front().isPresent()) {
            throw new IllegalArgumentException(dnn.name() + " computes before there are spikes");
        }
        return staircase.body();
    }

    /**
     * {@return the same recipe with another seed for everything}
     *
     * @param other of weights, order and augmentation
     */
    public Recipe withSeed(long other) {
        return new Recipe(architecture, other, training.withSeed(other), retraining.withSettings(
                retraining.settings().withSeed(other)));
    }

    /**
     * {@return the same recipe with other numbers of epochs}
     *
     * @param trained for the network with rectifiers, at least 0
     * @param retrained for the staircase network, at least 0
     */
    public Recipe withEpochs(int trained, int retrained) {
        return new Recipe(architecture, seed, training.withEpochs(trained), retraining.withSettings(
                retraining.settings().withEpochs(retrained)));
    }

    /**
     * {@return the same recipe for another code}
     *
     * @param other of the staircase network
     */
    public Recipe withCode(TemporalCode other) {
        return new Recipe(architecture, seed, training, retraining.withCode(other));
    }
}
