package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The leak, with vectors and one by one (rule DATA-2). */
final class LeakKernel {
    /** The lambda of no leak. */
    static final int NONE = 1 << 16;

    private static final int LANES = Lanes.INTS.length();

    private LeakKernel() {
    }

    /** Lets the potentials from one to another leak. */
    static void leak(int[] potentials, int from, int to, int leak) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            IntVector v = IntVector.fromArray(Lanes.INTS, potentials, i);
            IntVector upper = v.lanewise(VectorOperators.ASHR, 16).mul(leak);
            IntVector lower = v.and(0xffff).mul(leak).add(1 << 15).lanewise(VectorOperators.LSHR, 16);
            upper.add(lower).intoArray(potentials, i);
        }
        for (; i < to; i++) {
            potentials[i] = leaked(potentials[i], leak);
        }
    }

    /** Without 64 bits: the upper and the lower half of a potential times lambda, each of which fits into 32. */
    static int leaked(int v, int leak) {
        return (v >> 16) * leak + ((v & 0xffff) * leak + (1 << 15) >>> 16);
    }
}
