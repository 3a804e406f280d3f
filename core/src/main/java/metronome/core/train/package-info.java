/**
 * Training from scratch and retraining with the staircase of a temporal code.
 *
 * <p>Start at {@link metronome.core.train.TrainingRecipes}, which holds how the shipped weights were made, or at
 * {@link metronome.core.train.Trainer}. Results depend on the seed but not on the number of threads: a batch is split into
 * chunks of fixed size whose gradients are added in a fixed order. Nothing here prints; progress goes to a callback on
 * the calling thread.
 */
package metronome.core.train;
