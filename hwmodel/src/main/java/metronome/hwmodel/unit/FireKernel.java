package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A whole output window with vectors (rule DATA-5); twin of the scalar loop. Eight neurons stay in registers from the first
 * step to the last. What a neuron does depends on masks of all ones or none, because these are mere integers: comparisons
 * are signs of differences, none of which can overflow.
 */
final class FireKernel {
    /** Marks a neuron that has not fired and may still. */
    static final int YES = -1;
    static final int NO = 0;
    /** In place of a firing step: the neuron has not fired and may still. */
    static final int NEVER = -1;
    /** In place of a firing step: the neuron stays silent, or had fired before. */
    static final int GONE = -2;
    static final int LANES = 8;
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_256;
    /** Potentials have 30 bits at most, so that with a level clamped to this a difference has 32. */
    private static final int MOST_LEVEL = 1 << 30;

    private final NeuronParameters parameters;
    private final FireWindow window;
    private final int most;
    private final int threshold;
    private final int tick;
    private final int firstTick;
    private final int silentFrom;

    /** For neurons with these parameters, whose greatest potential has at most 29 bits. */
    FireKernel(NeuronParameters parameters, FireWindow window, int most) {
        this.parameters = parameters;
        this.window = window;
        this.most = most;
        this.threshold = within(parameters.threshold());
        this.tick = within(parameters.tick());
        this.firstTick = within(parameters.firstTick());
        this.silentFrom = within(parameters.silentFrom());
    }

    private static int within(int level) {
        return Math.clamp(level, -MOST_LEVEL, MOST_LEVEL);
    }

    /**
     * Computes some neurons.
     *
     * @param potentials before
     * @param mayFire {@link #YES} or {@link #NO}
     * @param after gets the potentials after the window
     * @param firesAt gets the firing steps, {@link #NEVER} or {@link #GONE}
     * @param from first neuron
     * @param to one past the last, where arrays have room for a whole vector
     */
    void run(int[] potentials, int[] mayFire, int[] after, int[] firesAt, int from, int to) {
        for (int at = from; at < to; at += LANES) {
            neurons(potentials, mayFire, after, firesAt, at);
        }
    }

    private void neurons(int[] potentials, int[] mayFire, int[] after, int[] firesAt, int at) {
        IntVector v = IntVector.fromArray(SPECIES, potentials, at);
        IntVector live = IntVector.fromArray(SPECIES, mayFire, at);
        IntVector fires = live.or(GONE);
        int first = window.from();
        if (first == 0) {
            if (parameters.silent()) {
                live = live.and(negative(v.sub(silentFrom)));
                fires = live.or(GONE);
            }
            IntVector next = saturated(v.add(firstTick));
            v = chosen(live, next, v);
            IntVector now = window.flushes(0) ? live : live.lanewise(VectorOperators.AND_NOT, negative(next.sub(threshold)));
            fires = fires.lanewise(VectorOperators.AND_NOT, now);
            live = live.lanewise(VectorOperators.AND_NOT, now);
            first = 1;
        }
        later(v, live, fires, first, after, firesAt, at);
    }

    /** The steps but step 0. */
    private void later(IntVector before, IntVector mayFire, IntVector never, int first, int[] after, int[] firesAt, int at) {
        IntVector v = before;
        IntVector live = mayFire;
        IntVector fires = never;
        int end = window.flush() ? window.to() : window.to() + 1;
        for (int step = first; step < end; step++) {
            IntVector next = saturated(LeakKernel.leaked(v, parameters.leak()).add(tick));
            v = chosen(live, next, v);
            IntVector now = live.lanewise(VectorOperators.AND_NOT, negative(next.sub(threshold)));
            fires = fires.lanewise(VectorOperators.AND_NOT, now).or(now.and(step));
            live = live.lanewise(VectorOperators.AND_NOT, now);
        }
        if (window.flush() && window.to() >= first) {
            v = chosen(live, saturated(LeakKernel.leaked(v, parameters.leak()).add(tick)), v);
            fires = fires.lanewise(VectorOperators.AND_NOT, live).or(live.and(window.to()));
        }
        v.intoArray(after, at);
        fires.intoArray(firesAt, at);
    }

    private IntVector saturated(IntVector v) {
        return v.max(-most - 1).min(most);
    }

    /** All ones where negative, else none. */
    private static IntVector negative(IntVector v) {
        return v.lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
    }

    private static IntVector chosen(IntVector mask, IntVector then, IntVector otherwise) {
        return otherwise.lanewise(VectorOperators.XOR, otherwise.lanewise(VectorOperators.XOR, then).and(mask));
    }
}
