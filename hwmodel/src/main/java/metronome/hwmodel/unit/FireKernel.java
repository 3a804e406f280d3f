package metronome.hwmodel.unit;

import java.util.Arrays;

/**
 * A whole output window (rule DATA-5), in loops without branches that compilers turn into vectors; twin of the scalar loop. A
 * block of neurons stays in the fastest cache from the first step to the last. Masks are all ones or none: comparisons are
 * signs of differences, none of which can overflow.
 */
final class FireKernel {
    /** Marks a neuron that has not fired and may still. */
    static final int YES = -1;
    static final int NO = 0;
    /** In place of a firing step: the neuron has not fired and may still. */
    static final int NEVER = -1;
    /** In place of a firing step: the neuron stays silent, or had fired before. */
    static final int GONE = -2;
    /** Neurons in a block. */
    static final int BLOCK = 512;
    /** Potentials have 30 bits at most, so that with a level clamped to this a difference has 32. */
    private static final int MOST_LEVEL = 1 << 30;

    private final NeuronParameters parameters;
    private final FireWindow window;
    private final int most;
    private final int threshold;
    private final int tick;
    private final int[] potentials = new int[BLOCK];
    private final int[] mayFire = new int[BLOCK];
    private final int[] firesAt = new int[BLOCK];

    /** For neurons with these parameters, whose greatest potential has at most 29 bits. */
    FireKernel(NeuronParameters parameters, FireWindow window, int most) {
        this.parameters = parameters;
        this.window = window;
        this.most = most;
        this.threshold = within(parameters.threshold());
        this.tick = within(parameters.tick());
    }

    private static int within(int level) {
        return Math.clamp(level, -MOST_LEVEL, MOST_LEVEL);
    }

    /**
     * Computes some neurons.
     *
     * @param before potentials before the window
     * @param may {@link #YES} or {@link #NO}
     * @param after gets the potentials after the window
     * @param steps gets the firing steps, {@link #NEVER} or {@link #GONE}
     * @param from first neuron
     * @param to one past the last, at most {@link #BLOCK} further
     */
    void run(int[] before, int[] may, int[] after, int[] steps, int from, int to) {
        int count = to - from;
        System.arraycopy(before, from, potentials, 0, count);
        System.arraycopy(may, from, mayFire, 0, count);
        Arrays.fill(mayFire, count, BLOCK, NO);
        for (int i = 0; i < BLOCK; i++) {
            firesAt[i] = mayFire[i] | GONE;
        }
        for (int step = window.from(); step <= window.to(); step++) {
            step(step, count);
        }
        System.arraycopy(potentials, 0, after, from, count);
        System.arraycopy(firesAt, 0, steps, from, count);
    }

    private void step(int step, int count) {
        if (step == 0) {
            first(within(parameters.firstTick()), count);
        } else {
            later(parameters.leak(), count);
        }
        if (window.flushes(step)) {
            flush(step, count);
        } else {
            compare(step, threshold, count);
        }
    }

    private void first(int firstTick, int count) {
        if (parameters.silent()) {
            silence(within(parameters.silentFrom()), count);
        }
        for (int i = 0; i < count; i++) {
            potentials[i] = chosen(mayFire[i], saturated(potentials[i] + firstTick), potentials[i]);
        }
    }

    private void silence(int from, int count) {
        for (int i = 0; i < count; i++) {
            mayFire[i] &= negative(potentials[i] - from);
            firesAt[i] = mayFire[i] | GONE;
        }
    }

    private void later(int leak, int count) {
        for (int i = 0; i < count; i++) {
            int next = saturated(LeakKernel.leaked(potentials[i], leak) + tick);
            potentials[i] = chosen(mayFire[i], next, potentials[i]);
        }
    }

    private void compare(int step, int level, int count) {
        for (int i = 0; i < count; i++) {
            int below = negative(potentials[i] - level);
            firesAt[i] = chosen(mayFire[i] & ~below, step, firesAt[i]);
            mayFire[i] &= below;
        }
    }

    private void flush(int step, int count) {
        for (int i = 0; i < count; i++) {
            firesAt[i] = chosen(mayFire[i], step, firesAt[i]);
            mayFire[i] = NO;
        }
    }

    private int saturated(int v) {
        return Math.min(Math.max(v, -most - 1), most);
    }

    /** All ones where negative, else none. */
    private static int negative(int v) {
        return v >> Integer.SIZE - 1;
    }

    private static int chosen(int mask, int then, int otherwise) {
        return otherwise ^ (otherwise ^ then) & mask;
    }
}
