package metronome.hwmodel.unit;

import metronome.hwmodel.memory.SharedPort;

/**
 * Moves a range of DRAM in bursts: requests them in order as far as the number outstanding allows, and hands them on in
 * order whatever the order in which they complete (rules DMA-2 and DMA-3).
 */
final class BurstTransfer {
    private final DramPort port;
    private final SharedPort.User user;
    private final boolean write;
    private final BurstRange range;
    private final ForeseenTransfer foreseen;
    private int firstBurst;
    /** Of the next address to request. */
    private int channel;

    BurstTransfer(DramPort port, SharedPort.User user, boolean write, int outstanding) {
        this.port = port;
        this.user = user;
        this.write = write;
        this.range = new BurstRange(outstanding);
        this.foreseen = new ForeseenTransfer(port, user, write, range);
    }

    /** Begins with the bursts that hold a range. */
    void begin(int address, int bytes) {
        firstBurst = address / port.burstBytes();
        range.begin(bytes == 0 ? 0 : (address + bytes - 1) / port.burstBytes() - firstBurst + 1);
        lookUpChannel();
    }

    /** Makes the range longer. */
    void extend(int address, int bytes) {
        range.extend((address + bytes - 1) / port.burstBytes() - firstBurst + 1);
    }

    private void lookUpChannel() {
        channel = port.channelOf(firstBurst + range.requested());
    }

    /** Whether a request could be made but for the controller. */
    boolean mayRequest() {
        return range.mayRequest();
    }

    /** The next address to request, from a base on; 0 if it lies before. */
    int requestAddress(int base) {
        return (int) Math.max(0, (long) (firstBurst + range.requested()) * port.burstBytes() - base);
    }

    /** Whether a request could be made in the next cycle. */
    boolean mayRequestNow() {
        return mayRequest() && port.accepts(channel);
    }

    /** First phase: asks for the port. */
    void want() {
        if (mayRequest()) {
            port.want(user, channel);
        }
    }

    /** Requests the next burst if the port is granted. */
    boolean request(int layer) {
        return port.granted(user) && requestNext(layer);
    }

    /** Requests the next burst if its channel has room; nobody else can want the port. */
    boolean requestAlone(int layer) {
        return port.accepts(channel) && requestNext(layer);
    }

    private boolean requestNext(int layer) {
        port.request(user, firstBurst + range.requested(), write, layer);
        range.request(1);
        lookUpChannel();
        return true;
    }

    /**
     * Goes through cycles that can be foreseen, up to the one in which the last burst is handed on; what is handed on is left to who
     * called.
     *
     * @param layer to which requests are counted
     * @param all whether all bursts that are there are handed on in a cycle, or one
     * @param most how many cycles at most
     * @param listener told of the cycles
     * @return how many; 0 if none can be foreseen
     */
    long foresee(int layer, boolean all, long most, ForeseenTransfer.Listener listener) {
        long gone = foreseen.go(firstBurst, layer, all, most, listener);
        lookUpChannel();
        return gone;
    }

    /** How many bursts were handed on. */
    int handedOn() {
        return range.handedOn();
    }

    /** Whether only the DRAM can let it go on: nothing is there and nothing can be requested. */
    boolean waits() {
        return !available() && !mayRequestNow();
    }

    /** A burst has ended; it is there from the next cycle on. */
    void completed(long token) {
        range.come(DramPort.burst(token) - firstBurst);
    }

    /** Ends the cycle. */
    void commit() {
        range.commit();
    }

    /** Whether the next burst in order is there. */
    boolean available() {
        return range.available();
    }

    /** The first byte of the next burst in order. */
    int address() {
        return (firstBurst + range.handedOn()) * port.burstBytes();
    }

    int burstBytes() {
        return port.burstBytes();
    }

    /** Hands the next burst on. */
    void take() {
        range.take();
    }

    boolean finished() {
        return range.finished();
    }
}
