/**
 * How a network with rectifiers becomes one with staircases, which spiking neurons compute exactly: its input made ready
 * ({@link metronome.core.calibration.Prepared}), its activations brought into [0, 1] by their statistics over some images
 * ({@link metronome.core.calibration.Normalisation}), its biases corrected for what the code rounds away. Start at
 * {@link metronome.core.calibration.Calibration}; retraining, which does better, is in {@code metronome.core.train}.
 */
package metronome.core.calibration;
