package metronome.core.train;

import metronome.core.calibration.Calibration;
import metronome.core.calibration.Normalisation;
import metronome.core.calibration.Prepared;
import metronome.core.code.TemporalCode;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.tensor.Tensor;

/**
 * How a trained network with rectifiers becomes one with staircases: converted first, retrained from there with the staircase
 * forward and the gradient of the clip backward.
 *
 * @param calibration how the staircase network comes about
 * @param images how many of the first training images it is calibrated by
 * @param settings of the training that follows
 */
public record Retraining(Calibration calibration, int images, Settings settings) {
    /**
     * {@return the staircase network, its outputs brought into [0, 1], and what is computed before it}
     *
     * @param dnn with rectifiers
     * @param samples to learn from, of its input shape
     * @param threads at least 1
     * @param progress is told after each epoch
     * @param checkpoints hold the state after each epoch
     * @throws metronome.core.io.DataException naming the node that cannot be converted, or if a checkpoint cannot be read or
     *     written or is of another training
     */
    public Prepared of(Network dnn, Samples samples, int threads, Progress progress, Checkpoints checkpoints) {
        Tensor seen = samples.first(images).tensor();
        Prepared start = calibration.of(dnn, seen, threads).prepared();
        Network retrained = Trainer.train("staircase", start, samples, settings, threads, progress, checkpoints);
        return start.with(Normalisation.readOut(retrained, start.inputs(seen, threads), threads));
    }

    /**
     * {@return the same with other settings}
     *
     * @param other of the training
     */
    public Retraining withSettings(Settings other) {
        return new Retraining(calibration, images, other);
    }

    /**
     * {@return the same for another code}
     *
     * @param other of the staircases
     */
    public Retraining withCode(TemporalCode other) {
        return new Retraining(calibration.withCode(other), images, settings);
    }
}
