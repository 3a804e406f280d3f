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

    /** The mesh unit may send. */
    static final int TO_MESH = 10;
    /** What the LIF array reads has arrived. */
    static final int ARRIVED_FOR_LIF = 11;
    /** What the pooling unit reads has arrived. */
    static final int ARRIVED_FOR_POOL = 12;

    private Semaphores() {
    }
}
