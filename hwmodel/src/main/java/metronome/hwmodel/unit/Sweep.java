package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;

/** How the LIF array executes {@code lif.clear} and {@code lif.bias} (rules LIF-2, LIF-7, LIF-18 and LIF-20). */
final class Sweep implements LifWork {
    private final LifParts parts;
    private final ExecutionUnit unit;
    private int left;

    Sweep(LifParts parts) {
        this.parts = parts;
        this.unit = parts.unit();
    }

    /** Clears so many potentials from the tile's first on: with slopes twice as many as it has neurons. */
    LifWork clear(Tile tile, int count) {
        unit.count(Counter.POTENTIAL_WRITES, count);
        parts.neurons().clear(count);
        parts.stamps().clear(tile);
        left = parts.costs().sweep(count);
        return this;
    }

    LifWork bias(Tile tile, int firstBias) {
        int extra = parts.stamps().lazy() ? parts.stamps().settle(tile) : 0;
        parts.neurons().bias(tile, firstBias);
        int words = parts.format().words(4 * tile.channels());
        unit.count(Counter.WEIGHT_READS, words);
        unit.count(Counter.TICKS, tile.size());
        unit.countReadAndWrite(tile.size());
        left = Math.ceilDiv(words, parts.format().wordsPerCycle()) + parts.costs().sweep(tile.size()) + extra;
        return this;
    }

    @Override
    public void step() {
        unit.busy();
        left--;
    }

    @Override
    public boolean done() {
        return left == 0;
    }

    @Override
    public long quietSteps() {
        return left - 1;
    }

    @Override
    public void skipSteps(long cycles) {
        unit.busy(cycles);
        left -= (int) cycles;
    }
}
