package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.memory.EventList;
import metronome.isa.instruction.LifOperation;

/**
 * The time stamps of a LIF array whose potentials leak when they are touched (rules LIF-17 to LIF-19): for each potential
 * the step up to which it has leaked. A gap longer than the table of powers takes several multiplications.
 */
final class LazyLeak {
    private final ExecutionUnit unit;
    private final Neurons neurons;
    private final int entries;
    private final boolean lazy;
    private final int[] stamps;
    private final EventList single = new EventList();
    private int lastIntegrated;
    private int touched;
    private int multiplications;
    private int changed;
    private int most;

    LazyLeak(ExecutionUnit unit, Neurons neurons, int potentials, int entries, boolean lazy) {
        this.unit = unit;
        this.neurons = neurons;
        this.entries = entries;
        this.lazy = lazy;
        this.stamps = new int[potentials];
    }

    /** Whether potentials leak when they are touched at all, rather than in sweeps. */
    boolean lazy() {
        return lazy;
    }

    void clear(Tile tile) {
        Arrays.fill(stamps, tile.base(), tile.base() + tile.size(), 0);
    }

    /** The steps that are integrated from now on end with this one. */
    void integrate(int to) {
        lastIntegrated = to;
    }

    /**
     * Lets all that an event reaches leak up to a step, then adds its weights; returns the cycles by which the event takes
     * longer.
     */
    int arrive(Tile tile, int event, int step, LifOperation.Integrate integrate) {
        begin();
        tile.forEachReached(event, potential -> touch(potential, step));
        single.clear();
        single.add(event);
        neurons.integrate(tile, single, 1, integrate.weights(), integrate.shift());
        neurons.endWindow();
        return end();
    }

    /** Lets all potentials of a tile leak up to the last step integrated; returns the cycles beyond a sweep. */
    int settle(Tile tile) {
        begin();
        for (int i = tile.base(); i < tile.base() + tile.size(); i++) {
            touch(i, lastIntegrated);
        }
        return end();
    }

    private void begin() {
        touched = 0;
        multiplications = 0;
        changed = 0;
        most = 0;
    }

    private void touch(int potential, int step) {
        int pieces = 0;
        touched++;
        for (int gap = step - stamps[potential]; gap > 0; gap -= entries) {
            neurons.decay(potential, Math.min(gap, entries));
            pieces++;
        }
        if (pieces > 0) {
            stamps[potential] = step;
            multiplications += pieces;
            changed++;
            most = Math.max(most, pieces);
        }
    }

    /** Counts; returns the multiplications of one potential beyond the first, at most. */
    private int end() {
        unit.count(Counter.STAMP_READS, touched);
        unit.count(Counter.STAMP_WRITES, changed);
        unit.count(Counter.LEAKS, multiplications);
        return Math.max(0, most - 1);
    }
}
