/**
 * Other spiking networks that stand for the same trained network: rate coding (Rueckauer et al., Frontiers in Neuroscience
 * 11:682, 2017) and one spike a neuron (Rueckauer and Liu, ISCAS 2018). docs/rivals.md says what was taken from where.
 *
 * <p>Start at {@link metronome.core.rival.RivalNetwork}; {@link metronome.core.rival.RivalSimulator} runs one in double
 * precision and counts its operations by the rule of docs/operations.md. Time is in steps, the first is 1.
 */
package metronome.core.rival;
