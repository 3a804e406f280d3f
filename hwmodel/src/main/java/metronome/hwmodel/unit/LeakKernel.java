package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The leak with vectors (rule DATA-2). */
final class LeakKernel {
    private LeakKernel() {
    }

    /** Without 64 bits: the upper and the lower half of a potential times lambda, each of which fits into 32. */
    static IntVector leaked(IntVector v, int leak) {
        IntVector upper = v.lanewise(VectorOperators.ASHR, 16).mul(leak);
        IntVector lower = v.and(0xffff).mul(leak).add(1 << 15).lanewise(VectorOperators.LSHR, 16);
        return upper.add(lower);
    }
}
