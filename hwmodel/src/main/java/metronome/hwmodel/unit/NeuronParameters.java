package metronome.hwmodel.unit;

import metronome.isa.instruction.FiringOperation;
import metronome.isa.instruction.LifOperation;

/**
 * What instructions have set for the neurons of a layer.
 *
 * @param leak lambda in Q0.16
 * @param threshold at or above which a neuron fires
 * @param tick of steps 1 to T
 * @param firstTick of step 0
 * @param silent whether neurons may stay silent
 * @param silentFrom level from which they do
 * @param mode how they behave where they compare at every step
 */
record NeuronParameters(int leak, int threshold, int tick, int firstTick, boolean silent, int silentFrom,
        LifOperation.LifMode mode) {
    static final NeuronParameters NONE = new NeuronParameters(0, 0, 0, 0, false, 0,
            new LifOperation.LifMode(0, false, false, false, false, 0, false, false, false, 0));

    NeuronParameters with(LifOperation.LifNeuron n) {
        return new NeuronParameters(n.leak(), n.threshold(), n.tick(), firstTick, silent, silentFrom, mode);
    }

    NeuronParameters with(LifOperation.LifGate g) {
        return new NeuronParameters(leak, threshold, tick, g.firstTick(), g.silent(), g.silentFrom(), mode);
    }

    NeuronParameters with(FiringOperation.FireNeuron n) {
        return new NeuronParameters(n.leak(), n.threshold(), n.tick(), firstTick, silent, silentFrom, mode);
    }

    NeuronParameters with(FiringOperation.FireGate g) {
        return new NeuronParameters(leak, threshold, tick, g.firstTick(), g.silent(), g.silentFrom(), mode);
    }

    NeuronParameters with(LifOperation.LifMode m) {
        return new NeuronParameters(leak, threshold, tick, firstTick, silent, silentFrom, m);
    }

    /** Whether a potential fires where neurons compare at every step. */
    boolean fires(int potential) {
        return mode.strict() ? potential > threshold : potential >= threshold;
    }
}
