package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.memory.SharedPort;

/**
 * The way of all cores to the DRAM: one request a cycle, from the lowest-numbered core that asks, of that from the load
 * engine before the store engine (rules DMA-1 and CORE-2).
 */
public final class DramBus {
    private static final int NOBODY = Integer.MAX_VALUE;

    private final Dram dram;
    private int first = NOBODY;

    /**
     * Creates a bus.
     *
     * @param dram behind it
     */
    public DramBus(Dram dram) {
        this.dram = dram;
    }

    Dram dram() {
        return dram;
    }

    /** First phase: asks. */
    void want(int who) {
        first = Math.min(first, who);
    }

    boolean granted(int who) {
        return first == who;
    }

    /** The number by which an engine of a core asks. */
    static int who(int core, SharedPort.User user) {
        return 2 * core + (user == SharedPort.User.STORE ? 1 : 0);
    }

    /** Ends the cycle. */
    public void commit() {
        first = NOBODY;
    }
}
