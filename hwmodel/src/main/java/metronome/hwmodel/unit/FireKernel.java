package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import metronome.hwmodel.memory.EventList;

/** One step of the output window for all neurons of a tile, with vectors (rule DATA-5); twin of the scalar loop. */
final class FireKernel {
    /** Marks a neuron that has not fired and may still. */
    static final int YES = -1;
    private static final int NO = 0;
    private static final int MOST_TICK = 1 << 30;
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_256;

    private final int[] potentials;
    private final int[] mayFire;
    private final NeuronParameters parameters;
    private final int most;

    FireKernel(int[] potentials, int[] mayFire, NeuronParameters parameters, int most) {
        this.potentials = potentials;
        this.mayFire = mayFire;
        this.parameters = parameters;
        this.most = most;
    }

    /** Lists the offsets of those that fire, ascending, and returns how many neurons have gone: fired or silent. */
    int step(Tile tile, int step, boolean flush, EventList fired) {
        int gone = 0;
        int end = tile.base() + tile.size();
        for (int at = tile.base(); at < end; at += SPECIES.length()) {
            VectorMask<Integer> within = SPECIES.indexInRange(at, end);
            VectorMask<Integer> live = IntVector.fromArray(SPECIES, mayFire, at, within)
                    .compare(VectorOperators.NE, NO);
            if (live.anyTrue()) {
                gone += group(at, live, step, flush, fired, tile.base());
            }
        }
        return gone;
    }

    private int group(int at, VectorMask<Integer> live, int step, boolean flush, EventList fired, int base) {
        IntVector v = IntVector.fromArray(SPECIES, potentials, at, live);
        VectorMask<Integer> ticked = live;
        if (step == 0 && parameters.silent()) {
            ticked = live.andNot(v.compare(VectorOperators.GE, parameters.silentFrom()));
        }
        IntVector next = step == 0 ? v.add(within(parameters.firstTick()))
                : LeakKernel.leaked(v, parameters.leak()).add(within(parameters.tick()));
        next = next.max(-most - 1).min(most);
        next.intoArray(potentials, at, ticked);
        VectorMask<Integer> fires = flush ? ticked
                : ticked.and(next.compare(VectorOperators.GE, parameters.threshold()));
        VectorMask<Integer> gone = live.andNot(ticked).or(fires);
        if (gone.anyTrue()) {
            IntVector.broadcast(SPECIES, NO).intoArray(mayFire, at, gone);
            list(fires.toLong(), at - base, fired);
        }
        return gone.trueCount();
    }

    /** A tick that does not overflow 32 bits and saturates as the whole one does: potentials have 30 bits at most. */
    private static int within(int tick) {
        return Math.clamp(tick, -MOST_TICK, MOST_TICK);
    }

    private static void list(long fires, int offset, EventList fired) {
        for (long left = fires; left != 0; left &= left - 1) {
            fired.add(offset + Long.numberOfTrailingZeros(left));
        }
    }
}
