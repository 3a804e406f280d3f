package metronome.core.spiking;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;

/**
 * The dynamics of LIF neurons in double precision, over arrays of potentials.
 *
 * @param steps T
 * @param leak lambda
 * @param threshold theta
 * @param firstTick at step 0 of the output window
 * @param tick at each later step
 * @param silentFrom at or above this before the first tick a neuron never fires; infinite where all fire
 * @param offset what conversion adds to the bias pulse for the tick variant
 */
record DoubleLif(int steps, double leak, double threshold, double firstTick, double tick, double silentFrom,
        double offset) {
    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;

    static DoubleLif of(TemporalCode code, Ticking ticking) {
        double offset = ticking.offset(code);
        return new DoubleLif(code.steps(), code.leak(), ticking.threshold(), ticking.firstTick(code), ticking.tick(code),
                code.zeros() == ZeroPolicy.SILENT ? offset : Double.POSITIVE_INFINITY, offset);
    }

    /** One spike into a run of neurons. */
    static void add(double[] potentials, int neuron, double[] weights, int weight, int length) {
        int i = 0;
        for (int bound = LANES.loopBound(length); i < bound; i += LANES.length()) {
            DoubleVector.fromArray(LANES, potentials, neuron + i)
                    .add(DoubleVector.fromArray(LANES, weights, weight + i)).intoArray(potentials, neuron + i);
        }
        for (; i < length; i++) {
            potentials[neuron + i] += weights[weight + i];
        }
    }

    /** One step of leak. */
    void decay(double[] potentials) {
        for (int i = 0; i < potentials.length; i++) {
            potentials[i] *= leak;
        }
    }

    /** The output window: the firing step of each neuron, in the order of the potentials. */
    int[] fire(double[] potentials) {
        int[] fired = new int[potentials.length];
        double[] lanes = new double[LANES.length()];
        int i = 0;
        for (int bound = LANES.loopBound(fired.length); i < bound; i += LANES.length()) {
            fire(DoubleVector.fromArray(LANES, potentials, i)).intoArray(lanes, 0);
            for (int lane = 0; lane < lanes.length; lane++) {
                fired[i + lane] = (int) lanes[lane];
            }
        }
        for (; i < fired.length; i++) {
            fired[i] = fire(potentials[i]);
        }
        return fired;
    }

    /** One neuron's output window: the definition; the lanes below do the same operations in the same order. */
    int fire(double potential) {
        if (potential >= silentFrom) {
            return TemporalCode.SILENT;
        }
        double v = potential + firstTick;
        int k = 0;
        while (v < threshold && k < steps) {
            v = v * leak + tick;
            k++;
        }
        return k;
    }

    /** A neuron fires after as many steps as it stays below the threshold from the first on. */
    private DoubleVector fire(DoubleVector potential) {
        VectorMask<Double> silent = potential.compare(VectorOperators.GE, silentFrom);
        VectorMask<Double> below = silent.not();
        DoubleVector v = potential.add(firstTick);
        DoubleVector fired = DoubleVector.zero(LANES);
        for (int k = 0; k < steps; k++) {
            below = v.compare(VectorOperators.LT, threshold, below);
            if (!below.anyTrue()) {
                break;
            }
            fired = fired.add(1, below);
            v = v.mul(leak).add(tick);
        }
        return fired.blend(TemporalCode.SILENT, silent);
    }
}
