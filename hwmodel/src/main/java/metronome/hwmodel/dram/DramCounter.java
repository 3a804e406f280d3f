package metronome.hwmodel.dram;

import metronome.hwmodel.count.Counter;

/** Who counts what the DRAM does; {@code Counts::count} is one. */
@FunctionalInterface
public interface DramCounter {
    /**
     * Counts actions.
     *
     * @param layer for which they were
     * @param counter which
     * @param times how many
     */
    void count(int layer, Counter counter, long times);
}
