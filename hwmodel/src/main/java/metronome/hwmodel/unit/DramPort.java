package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Foresight;
import metronome.hwmodel.memory.SharedPort;

/** The way of one core's sequencer and DMA engines to the DRAM. */
public final class DramPort {
    private final DramBus bus;
    private final int core;

    /**
     * Creates a port.
     *
     * @param bus that the cores share
     * @param core whose port it is, in [0, 63]
     */
    public DramPort(DramBus bus, int core) {
        this.bus = bus;
        this.core = core;
    }

    int burstBytes() {
        return bus.dram().burstBytes();
    }

    /** The channel of a burst. */
    int channelOf(int burst) {
        return bus.dram().channel((long) burst * burstBytes());
    }

    /** Whether a channel has room for a request. */
    boolean accepts(int channel) {
        return bus.dram().accepts(channel);
    }

    /** First phase: asks to request a burst, if its channel has room. */
    void want(SharedPort.User user, int channel) {
        if (accepts(channel)) {
            bus.want(DramBus.who(core, user));
        }
    }

    /** Whether a user that has asked may request a burst in this cycle. */
    boolean granted(SharedPort.User user) {
        return bus.granted(DramBus.who(core, user));
    }

    /** Requests a burst, whose channel must have room. */
    void request(SharedPort.User user, int burst, boolean write, int layer) {
        bus.dram().request((long) burst * burstBytes(), write, layer, token(user, burst));
    }

    /** What the DRAM will do while one user alone requests bursts. */
    Foresight foresight() {
        return bus.dram().foresight();
    }

    /** Whether a token is of a user's burst. */
    boolean own(SharedPort.User user, long token) {
        return token % DramBus.ALL == DramBus.who(core, user);
    }

    /** The token of a burst, by which cores, users and their bursts are told apart. */
    long token(SharedPort.User user, int burst) {
        return (long) burst * DramBus.ALL + DramBus.who(core, user);
    }

    /**
     * {@return the user whose burst a token is}
     *
     * @param token of a completed burst
     */
    public static SharedPort.User user(long token) {
        return DramBus.user((int) (token % DramBus.ALL));
    }

    /**
     * {@return the core whose burst a token is}
     *
     * @param token of a completed burst
     */
    public static int core(long token) {
        return DramBus.core((int) (token % DramBus.ALL));
    }

    /** The number of a token's burst. */
    static int burst(long token) {
        return (int) (token / DramBus.ALL);
    }
}
