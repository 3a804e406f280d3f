/**
 * The reverse temporal code: what a spike at a step of a window stands for, and how a neuron comes to fire there.
 *
 * <p>Start at {@link metronome.core.code.TemporalCode}. Steps count from 0 to T within a window; values are
 * dimensionless, in units of the layer's scale. Everything is immutable.
 */
package metronome.core.code;
