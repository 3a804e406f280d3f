package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.memory.SharedPort;

/**
 * The way of all cores to the DRAM: one request a cycle, from the lowest-numbered core that asks, of that from the
 * sequencer before the load engine before the store engine (rules DMA-1 and CORE-2).
 */
public final class DramBus {
    /** Who can ask: three users of each of 64 cores. */
    static final int ALL = 192;
    private static final SharedPort.User[] USERS = {SharedPort.User.FETCH, SharedPort.User.LOAD, SharedPort.User.STORE};
    private static final int NOBODY = Integer.MAX_VALUE;

    private final Dram dram;
    private final List<Bell> waiting = new ArrayList<>();
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

    /**
     * Rings a bell whenever a channel that had no room has got some.
     *
     * @param bell of who may wait for it
     */
    public void ringOnRoom(Bell bell) {
        waiting.add(bell);
    }

    /** Rings, if the DRAM has made room. To be called after each of its ticks. */
    public void announceRoom() {
        if (dram.madeRoom()) {
            waiting.forEach(Bell::ring);
        }
    }

    /** First phase: asks. */
    void want(int who) {
        first = Math.min(first, who);
    }

    boolean granted(int who) {
        return first == who;
    }

    /** The number by which a user of a core asks. */
    static int who(int core, SharedPort.User user) {
        return USERS.length * core + switch (user) {
            case FETCH -> 0;
            case LOAD -> 1;
            case STORE -> 2;
            case LIF, FIRE, POOL, MESH, ARRIVALS -> throw new IllegalArgumentException("no user of the DRAM: " + user);
        };
    }

    static SharedPort.User user(int who) {
        return USERS[who % USERS.length];
    }

    static int core(int who) {
        return who / USERS.length;
    }

    /** Ends the cycle. */
    public void commit() {
        first = NOBODY;
    }
}
