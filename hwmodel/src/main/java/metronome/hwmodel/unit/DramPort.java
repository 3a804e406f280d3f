package metronome.hwmodel.unit;

import metronome.hwmodel.memory.SharedPort;

/** The way of one core's DMA engines to the DRAM. */
public final class DramPort {
    /** Two engines of each of 64 cores. */
    private static final int ENGINES = 128;

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

    /** Whether the channel of an address has room for a request. */
    boolean accepts(long address) {
        return bus.dram().accepts(address);
    }

    /** First phase: asks to request a burst, if its channel has room. */
    void want(SharedPort.User user, long address) {
        if (accepts(address)) {
            bus.want(DramBus.who(core, user));
        }
    }

    /** Requests a burst if the port is granted; the token tells users and their bursts apart. */
    boolean request(SharedPort.User user, long address, boolean write, int layer) {
        int who = DramBus.who(core, user);
        if (!bus.granted(who)) {
            return false;
        }
        int burst = Math.toIntExact(address / burstBytes());
        bus.dram().request(address, write, layer, Math.multiplyExact(burst, ENGINES) + who);
        return true;
    }

    /**
     * {@return the engine whose burst a token is}
     *
     * @param token of a completed burst
     */
    public static SharedPort.User user(int token) {
        return (token & 1) == 0 ? SharedPort.User.LOAD : SharedPort.User.STORE;
    }

    /**
     * {@return the core whose burst a token is}
     *
     * @param token of a completed burst
     */
    public static int core(int token) {
        return token % ENGINES / 2;
    }

    /** The number of a token's burst. */
    static int burst(int token) {
        return token / ENGINES;
    }
}
