package metronome.hwmodel.memory;

/**
 * A port that serves one unit a cycle (rule MEM-2): units say in the first phase of a cycle that they want it; in the
 * second, it is granted to the one of highest priority.
 */
public final class SharedPort {
    /** Who may ask, in order of priority. */
    public enum User {
        /** The sequencer, which fetches instructions. */
        FETCH,
        /** The LIF array. */
        LIF,
        /** The firing unit, which writes. */
        FIRE,
        /** The pooling unit. */
        POOL,
        /** The DMA engine for loads. */
        LOAD,
        /** The DMA engine for stores. */
        STORE,
        /** The mesh unit, which reads what it sends. */
        MESH,
        /** What arrives over the mesh. */
        ARRIVALS
    }

    private int wanted;
    private int users;

    /**
     * Says that a unit may ask for the port in any cycle from the next one on, until it leaves.
     *
     * @param user which
     */
    public void enter(User user) {
        users |= 1 << user.ordinal();
    }

    /**
     * Says that a unit will not ask for the port until it enters again.
     *
     * @param user which
     */
    public void leave(User user) {
        users &= ~(1 << user.ordinal());
    }

    /**
     * {@return whether no other unit may ask for the port}
     *
     * @param user which
     */
    public boolean alone(User user) {
        return (users & ~(1 << user.ordinal())) == 0;
    }

    /**
     * Asks for the port in this cycle.
     *
     * @param user who asks
     */
    public void want(User user) {
        wanted |= 1 << user.ordinal();
    }

    /**
     * {@return whether the port is the user's in this cycle}
     *
     * @param user who may have asked
     */
    public boolean granted(User user) {
        int bit = 1 << user.ordinal();
        return (wanted & bit) != 0 && (wanted & bit - 1) == 0;
    }

    /** Ends the cycle. */
    public void commit() {
        wanted = 0;
    }
}
