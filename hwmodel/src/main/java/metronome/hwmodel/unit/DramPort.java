package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Dram;
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

    /** Requests a burst, whose channel must have room; the token tells cores, users and their bursts apart. */
    void request(SharedPort.User user, int burst, boolean write, int layer) {
        bus.dram().request((long) burst * burstBytes(), write, layer, token(user, burst));
    }

    /** The same if its channel would serve it as it comes; returns whether it was requested. */
    boolean serve(SharedPort.User user, int burst, boolean write, int layer) {
        return bus.dram().serve(burst, write, layer, token(user, burst));
    }

    private long token(SharedPort.User user, int burst) {
        return (long) burst * DramBus.ALL + DramBus.who(core, user);
    }

    /** For how many cycles the DRAM does nothing but to {@link #serve} and to end bursts. */
    long calm() {
        return bus.dram().calm();
    }

    /** How many of so many bursts would be served as they come, if one were requested in each of the following {@link #calm} cycles. */
    int steady(int burst, boolean write, int most) {
        return bus.dram().steady(burst, write, most);
    }

    /** After how many cycles such a burst has ended. */
    int cyclesUnderWay(boolean write) {
        return bus.dram().ticksUnderWay(write);
    }

    /** Whether all bursts under way are a user's and are there when they will be handed on, one a cycle, the next one in this cycle. */
    boolean endBy(SharedPort.User user, int next) {
        int who = DramBus.who(core, user);
        return bus.dram().endBy(token -> token % DramBus.ALL == who ? burst(token) - next : 0);
    }

    /** Lets so many cycles pass, in each of which a burst is served; returns how many of them have ended, which are not told again. */
    int serveSteadily(SharedPort.User user, int burst, int count, boolean write, int layer) {
        return bus.dram().serveSteadily(burst, count, write, layer, token(user, burst), DramBus.ALL);
    }

    /** Lets the DRAM go through a calm cycle and tells who requested the bursts that end; returns whether others did. */
    boolean endCalmCycle(SharedPort.User user, BurstTransfer own, Clocked.Rest rest) {
        bus.dram().tickCalm();
        return tellEnded(user, own, rest);
    }

    /** Tells who requested the bursts that have ended; returns whether others than the user did. */
    boolean tellEnded(SharedPort.User user, BurstTransfer own, Clocked.Rest rest) {
        Dram dram = bus.dram();
        boolean others = false;
        for (long token = dram.completed(); token >= 0; token = dram.completed()) {
            if (token % DramBus.ALL == DramBus.who(core, user)) {
                own.completed(token);
            } else {
                rest.completed(token);
                others = true;
            }
        }
        return others;
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
