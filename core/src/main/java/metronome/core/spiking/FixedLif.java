package metronome.core.spiking;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import metronome.core.code.TemporalCode;

/**
 * The dynamics of LIF neurons in integers, over arrays of potentials, as {@link FixedLayer.Synapses} states them.
 *
 * @param steps T
 * @param leak lambda in unsigned Q0.16
 * @param silent whether neurons at or above {@code silentFrom} never fire
 * @param layer gives threshold and ticks
 */
record FixedLif(int steps, int leak, boolean silent, FixedLayer.Synapses layer) {
    private static final VectorSpecies<Integer> LANES = IntVector.SPECIES_PREFERRED;
    private static final int LEAK_BITS = 16;
    private static final int HALF = 1 << LEAK_BITS - 1;
    private static final int LOW_MASK = (1 << LEAK_BITS) - 1;

    /** {@code (v * leak + 2^15) >> 16} in 64 bits: rounding to nearest, halves up. */
    static int decayed(int v, int leak) {
        return (int) ((long) v * leak + HALF >> LEAK_BITS);
    }

    /** One spike into a run of neurons whose sums are known to stay in range. */
    static void add(int[] potentials, int neuron, int[] weights, int weight, int length) {
        int i = 0;
        for (int bound = LANES.loopBound(length); i < bound; i += LANES.length()) {
            IntVector.fromArray(LANES, potentials, neuron + i)
                    .add(IntVector.fromArray(LANES, weights, weight + i)).intoArray(potentials, neuron + i);
        }
        for (; i < length; i++) {
            potentials[neuron + i] += weights[weight + i];
        }
    }

    /** One step of leak. */
    void decay(int[] potentials) {
        int i = 0;
        for (int bound = LANES.loopBound(potentials.length); i < bound; i += LANES.length()) {
            decayed(IntVector.fromArray(LANES, potentials, i)).intoArray(potentials, i);
        }
        for (; i < potentials.length; i++) {
            potentials[i] = decayed(potentials[i], leak);
        }
    }

    /**
     * With {@code v = high * 2^16 + low}, {@code 0 <= low < 2^16}: the 64-bit sum {@code v * leak + 2^15} is
     * {@code high * leak * 2^16 + (low * leak + 2^15)}, whose last term is below 2^32, so that an unsigned 32-bit shift
     * of it and a 32-bit product give the exact result.
     */
    private IntVector decayed(IntVector v) {
        IntVector high = v.lanewise(VectorOperators.ASHR, LEAK_BITS).mul(leak);
        IntVector low = v.and(LOW_MASK).mul(leak).add(HALF).lanewise(VectorOperators.LSHR, LEAK_BITS);
        return high.add(low);
    }

    /** The output window of neurons whose sums are known to stay in range, in the order of the potentials. */
    int[] fire(int[] potentials) {
        int[] fired = new int[potentials.length];
        int i = 0;
        for (int bound = LANES.loopBound(fired.length); i < bound; i += LANES.length()) {
            fire(IntVector.fromArray(LANES, potentials, i)).intoArray(fired, i);
        }
        for (; i < fired.length; i++) {
            fired[i] = fire(potentials[i], SaturatingSum.UNLIMITED);
        }
        return fired;
    }

    /** One neuron's output window: the definition. */
    int fire(int potential, SaturatingSum sum) {
        if (silent && potential >= layer.silentFrom()) {
            return TemporalCode.SILENT;
        }
        int v = sum.of(potential, layer.firstTick());
        int k = 0;
        while (v < layer.threshold() && k < steps) {
            v = sum.of(decayed(v, leak), layer.tick());
            k++;
        }
        return k;
    }

    /** A neuron fires after as many steps as it stays below the threshold from the first on. */
    private IntVector fire(IntVector potential) {
        VectorMask<Integer> never = potential.compare(VectorOperators.GE, layer.silentFrom());
        if (!silent) {
            never = never.andNot(never);
        }
        VectorMask<Integer> below = never.not();
        IntVector v = potential.add(layer.firstTick());
        IntVector fired = IntVector.zero(LANES);
        for (int k = 0; k < steps; k++) {
            below = v.compare(VectorOperators.LT, layer.threshold(), below);
            if (!below.anyTrue()) {
                break;
            }
            fired = fired.add(1, below);
            v = decayed(v).add(layer.tick());
        }
        return fired.blend(TemporalCode.SILENT, never);
    }
}
