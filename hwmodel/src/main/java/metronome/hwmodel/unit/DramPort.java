package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.memory.SharedPort;

/** The way to the DRAM: one request a cycle, instructions before loads before stores (rule DMA-1). */
public final class DramPort {
    private static final SharedPort.User[] USERS = SharedPort.User.values();
    private static final int USER_BITS = 3;

    private final Dram dram;
    private final SharedPort port = new SharedPort();

    /**
     * Creates a port.
     *
     * @param dram behind it
     */
    public DramPort(Dram dram) {
        this.dram = dram;
    }

    int burstBytes() {
        return dram.burstBytes();
    }

    /** Whether the channel of an address has room for a request. */
    boolean accepts(long address) {
        return dram.accepts(address);
    }

    /** First phase: asks to request a burst, if its channel has room. */
    void want(SharedPort.User user, long address) {
        if (accepts(address)) {
            port.want(user);
        }
    }

    /** Requests a burst if the port is granted; the token tells users and their bursts apart. */
    boolean request(SharedPort.User user, long address, boolean write, int layer) {
        if (!port.granted(user)) {
            return false;
        }
        dram.request(address, write, layer, token(user, address));
        return true;
    }

    private int token(SharedPort.User user, long address) {
        int burst = Math.toIntExact(address / burstBytes());
        return burst << USER_BITS | user.ordinal();
    }

    /**
     * {@return whose burst a token is}
     *
     * @param token of a completed burst
     */
    public static SharedPort.User user(int token) {
        return USERS[token & (1 << USER_BITS) - 1];
    }

    /** The number of a token's burst. */
    static int burst(int token) {
        return token >>> USER_BITS;
    }

    /** Ends the cycle. */
    public void commit() {
        port.commit();
    }
}
