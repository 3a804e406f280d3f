package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The leak with vectors (rule DATA-2). */
final class LeakKernel {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_256;

    private LeakKernel() {
    }

    /** Lets the potentials from one to another leak. */
    static void leak(int[] potentials, int from, int to, int leak) {
        for (int at = from; at < to; at += SPECIES.length()) {
            VectorMask<Integer> within = SPECIES.indexInRange(at, to);
            leaked(IntVector.fromArray(SPECIES, potentials, at, within), leak).intoArray(potentials, at, within);
        }
    }

    /** Without 64 bits: the upper and the lower half of a potential times lambda, each of which fits into 32. */
    static IntVector leaked(IntVector v, int leak) {
        IntVector upper = v.lanewise(VectorOperators.ASHR, 16).mul(leak);
        IntVector lower = v.and(0xffff).mul(leak).add(1 << 15).lanewise(VectorOperators.LSHR, 16);
        return upper.add(lower);
    }
}
