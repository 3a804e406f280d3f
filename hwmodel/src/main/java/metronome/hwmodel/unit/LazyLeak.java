package metronome.hwmodel.unit;

import java.util.Arrays;

/**
 * The time stamps of a LIF array whose potentials leak when they are touched (rules LIF-17 to LIF-19): for each potential
 * the step up to which it has leaked. A gap longer than the table of powers takes several multiplications.
 */
final class LazyLeak {
    private final Neurons neurons;
    private final int entries;
    private final int[] stamps;
    private int multiplications;
    private int changed;
    private int most;

    LazyLeak(Neurons neurons, int potentials, int entries) {
        this.neurons = neurons;
        this.entries = entries;
        this.stamps = new int[potentials];
    }

    void clear(Tile tile) {
        Arrays.fill(stamps, tile.base(), tile.base() + tile.size(), 0);
    }

    /** Lets all that an event reaches leak up to a step. */
    void touch(Tile tile, int event, int step) {
        begin();
        tile.forEachReached(event, potential -> touch(potential, step));
    }

    /** Lets all potentials of a tile leak up to a step. */
    void settle(Tile tile, int step) {
        begin();
        for (int i = tile.base(); i < tile.base() + tile.size(); i++) {
            touch(i, step);
        }
    }

    private void begin() {
        multiplications = 0;
        changed = 0;
        most = 0;
    }

    private void touch(int potential, int step) {
        int pieces = 0;
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

    /** Multiplications of the last touch. */
    int multiplications() {
        return multiplications;
    }

    /** Potentials whose stamp it changed. */
    int changed() {
        return changed;
    }

    /** Cycles by which it takes longer: multiplications of one potential beyond the first, at most. */
    int extraCycles() {
        return Math.max(0, most - 1);
    }
}
