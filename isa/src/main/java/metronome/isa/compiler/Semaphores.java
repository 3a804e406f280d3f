package metronome.isa.compiler;

/** The semaphores that compiled programs use; each is waited for by one unit. */
final class Semaphores {
    /** The input is on the chip. */
    static final int INPUT = 1;
    /** Weights are in the first half of the scratchpad; the second half has the next number. */
    static final int READY = 2;
    /** The first half of the weight scratchpad may be overwritten; the second half has the next number. */
    static final int FREE = 4;
    /** The pooling unit may read. */
    static final int TO_POOL = 6;
    /** The pooling unit has written. */
    static final int FROM_POOL = 7;
    /** The result is on the chip. */
    static final int RESULT = 8;
    /** The result is in DRAM. */
    static final int DONE = 9;
    /** Spikes for the LIF array are in the first of the regions for spikes from DRAM; the second has the next number. */
    static final int SPIKES_TO_LIF = 10;
    /** Spikes for the pooling unit are in the first of those regions; the second has the next number. */
    static final int SPIKES_TO_POOL = 12;
    /** The first of those regions is free; the second has the next number. */
    static final int SPIKES_TAKEN = 14;
    /** Spikes are in the first of the regions for spikes to DRAM; the second has the next number. */
    static final int SPIKES_FIRED = 16;
    /** The LIF array, or the firing unit, may write the first of those regions; the second has the next number. */
    static final int LIF_MAY_FIRE = 18;
    /** The pooling unit may write the first of those regions; the second has the next number. */
    static final int POOL_MAY_FIRE = 20;
    /** A layer's spikes, and those of all layers before it, are in DRAM. */
    static final int STORED = 22;
    /** The mesh unit may send. */
    static final int TO_MESH = 23;
    /** What the LIF array reads has arrived. */
    static final int ARRIVED_FOR_LIF = 24;
    /** What the pooling unit reads has arrived. */
    static final int ARRIVED_FOR_POOL = 25;
    /** The first half of the potentials is ready to fire; the second half has the next number. */
    static final int TO_FIRE = 26;
    /** The first half of the potentials has fired; the second half has the next number. */
    static final int HAS_FIRED = 28;
    /** The firing unit has written what the LIF array reads. */
    static final int FIRED_FOR_LIF = 30;

    private Semaphores() {
    }
}
