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
    private boolean stirred;
    private final PortPlan plan = new PortPlan();
    private User planner = User.FETCH;
    private long now;

    /**
     * Says that a unit may ask for the port in any cycle from the next one on, until it leaves.
     *
     * @param user which
     */
    public void enter(User user) {
        stirred |= (users & 1 << user.ordinal()) == 0;
        users |= 1 << user.ordinal();
    }

    /**
     * Says that a unit will not ask for the port until it enters again.
     *
     * @param user which
     */
    public void leave(User user) {
        stirred |= (users & 1 << user.ordinal()) != 0;
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
     * {@return whether no other unit may ask for the port that goes before a user}
     *
     * @param user which
     */
    public boolean first(User user) {
        return (users & (1 << user.ordinal()) - 1) == 0;
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
        return (wanted & bit) != 0 && (wanted & bit - 1) == 0 && !plan.uses(now);
    }

    /**
     * Says in which cycles a user that goes to sleep will be granted the port, because nobody goes before it.
     *
     * @param user who sleeps
     * @param cycles for how long
     * @param uses in which of the next cycles, counted from 0, ascending
     * @param count how many of them
     */
    public void plan(User user, long cycles, int[] uses, int count) {
        planner = user;
        plan.begin(now, cycles, uses, count);
        stirred = true;
    }

    /**
     * Says that a user wakes who may have planned.
     *
     * @param user which
     */
    public void endPlan(User user) {
        if (planner == user) {
            plan.end(now);
            stirred = true;
        }
    }

    /** {@return whether users or plan have changed since it {@link #settled}} */
    boolean stirred() {
        return stirred;
    }

    /** Says that changes have been looked at. */
    void settled() {
        stirred = false;
    }

    /**
     * {@return whether a plan of the user holds}
     *
     * @param user who may sleep
     */
    public boolean planned(User user) {
        return planner == user && plan.holds(now) > 0;
    }

    /**
     * {@return for how many of the next cycles it is known when the port is free for a user: for ever if nobody else may ask,
     * as long as a plan holds if nobody else may ask but who planned, else 0}
     *
     * @param user who would ask
     */
    public long known(User user) {
        if (alone(user)) {
            return Long.MAX_VALUE;
        }
        boolean onlyPlanner = (users & ~(1 << user.ordinal() | 1 << planner.ordinal())) == 0;
        return onlyPlanner && planner.compareTo(user) < 0 ? plan.holds(now) : 0;
    }

    /** {@return the cycles that are over} */
    public long now() {
        return now;
    }

    /**
     * {@return how often a plan uses the port}
     *
     * @param from the first cycle
     * @param to one past the last cycle
     */
    public int plannedUses(long from, long to) {
        return plan.usesWithin(from, to);
    }

    /**
     * {@return how many of the next cycles pass until the port was free so many times, if the plan goes on}
     *
     * @param times at least 0
     */
    public long cyclesUntilFree(int times) {
        return plan.holds(now) == 0 ? times : plan.cyclesUntilFree(now, times);
    }

    /**
     * Lets cycles pass in which nobody who is awake asks.
     *
     * @param cycles how many
     */
    public void skip(long cycles) {
        now += cycles;
    }

    /** Ends the cycle. */
    public void commit() {
        wanted = 0;
        now++;
    }
}
