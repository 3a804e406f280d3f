package metronome.hwmodel.unit;

import java.util.function.IntConsumer;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Finds the neurons of a tile whose potential is at or above the threshold, with vectors (rule DATA-7). They are few, so that
 * what becomes of them is left to the scalar code.
 */
final class CompareKernel {
    private CompareKernel() {
    }

    /** Visits the offsets of a tile's potentials that are above a threshold, or also those at it, ascending. */
    static void above(int[] potentials, Tile tile, int threshold, boolean strict, IntConsumer visit) {
        VectorOperators.Comparison comparison = strict ? VectorOperators.GT : VectorOperators.GE;
        int end = tile.base() + tile.size();
        for (int at = tile.base(); at < end; at += Lanes.INTS.length()) {
            VectorMask<Integer> within = Lanes.INTS.indexInRange(at, end);
            long above = IntVector.fromArray(Lanes.INTS, potentials, at, within)
                    .compare(comparison, threshold, within).toLong();
            for (long left = above; left != 0; left &= left - 1) {
                visit.accept(at - tile.base() + Long.numberOfTrailingZeros(left));
            }
        }
    }
}
