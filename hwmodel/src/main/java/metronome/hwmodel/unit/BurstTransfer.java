package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.hwmodel.memory.SharedPort;

/**
 * Moves a range of DRAM in bursts: requests them in order as far as the number outstanding allows, and hands them on in
 * order whatever the order in which they complete (rules DMA-2 and DMA-3).
 */
final class BurstTransfer {
    /** So many cycles are worth being gone through at once. */
    private static final int WORTH = 8;

    private final DramPort port;
    private final SharedPort.User user;
    private final boolean write;
    private final int outstanding;
    /** By burst modulo the number outstanding: whether it is there, and those that came in this cycle. */
    private final boolean[] complete;
    private final int[] completing;
    private int completingCount;
    private int firstBurst;
    private int bursts;
    private int requested;
    private int handedOn;
    /** The next burst in order, modulo the number outstanding. */
    private int slot;
    /** Of the next address to request. */
    private int channel;

    BurstTransfer(DramPort port, SharedPort.User user, boolean write, int outstanding) {
        this.port = port;
        this.user = user;
        this.write = write;
        this.outstanding = outstanding;
        this.complete = new boolean[outstanding];
        this.completing = new int[outstanding];
    }

    /** Begins with the bursts that hold a range. */
    void begin(int address, int bytes) {
        firstBurst = address / port.burstBytes();
        bursts = bytes == 0 ? 0 : (address + bytes - 1) / port.burstBytes() - firstBurst + 1;
        requested = 0;
        handedOn = 0;
        slot = 0;
        channel = port.channelOf(firstBurst + requested);
        Arrays.fill(complete, false);
        completingCount = 0;
    }

    /** Makes the range longer. */
    void extend(int address, int bytes) {
        bursts = Math.max(bursts, (address + bytes - 1) / port.burstBytes() - firstBurst + 1);
    }

    private long nextAddress() {
        return (long) (firstBurst + requested) * port.burstBytes();
    }

    /** Whether a request could be made but for the controller. */
    boolean mayRequest() {
        return requested < bursts && requested - handedOn < outstanding;
    }

    /** The next address to request, from a base on; 0 if it lies before. */
    int requestAddress(int base) {
        return (int) Math.max(0, nextAddress() - base);
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
        port.request(user, firstBurst + requested++, write, layer);
        channel = port.channelOf(firstBurst + requested);
        return true;
    }

    /**
     * Goes through cycles in each of which the next burst is requested, and served as it comes, or one is handed on, or both;
     * not through the last burst's. Nobody else moves, and what is handed on is left to who called.
     *
     * @param layer to which requests are counted
     * @param rest told of bursts of others that end, and asked whether somebody is wanted because of them
     * @param most how many cycles at most
     * @return how many cycles
     */
    long stream(int layer, Clocked.Rest rest, long most) {
        long end = Math.min(most, port.calm());
        long gone = 0;
        long moved = 1;
        boolean called = false;
        while (gone < end && !called && moved > 0) {
            moved = streamSteadily(layer, rest, end - gone);
            if (moved == 0 && streamCycle(layer)) {
                called = port.endCalmCycle(user, this, rest) && rest.called();
                commit();
                moved = 1;
            }
            gone += moved;
        }
        channel = port.channelOf(firstBurst + requested);
        return gone;
    }

    /**
     * Goes through cycles in each of which a burst is requested, and served as it comes, and one is handed on; returns how many, 0 if
     * that is not known of the next ones or they are few.
     */
    private int streamSteadily(int layer, Clocked.Rest rest, long most) {
        int ahead = requested - handedOn;
        int count = (int) Math.min(most, bursts - requested);
        if (count < WORTH || ahead >= outstanding || !complete[slot]) {
            return 0;
        }
        count = port.steady(firstBurst + requested, write, count);
        if (count < WORTH || ahead <= port.cyclesUnderWay(write) || !port.endBy(user, firstBurst + handedOn)) {
            return 0;
        }
        int ended = port.serveSteadily(user, firstBurst + requested, count, write, layer);
        port.tellEnded(user, this, rest);
        commit();
        pass(count, ended);
        return count;
    }

    /** So many bursts were handed on, and as many requested, some of which have ended. */
    private void pass(int count, int ended) {
        for (int i = 0; i < Math.min(count, outstanding); i++) {
            complete[place(i)] = false;
        }
        int first = requested;
        requested += count;
        handedOn += count;
        slot = (slot + count) % outstanding;
        for (int burst = Math.max(handedOn, first); burst < first + ended; burst++) {
            complete[place(burst - handedOn)] = true;
        }
    }

    /** Where it stands of a burst, so many after the next in order, whether it is there. */
    private int place(int after) {
        int at = slot + after;
        return at < outstanding ? at : at - outstanding;
    }

    /** Requests and hands on; if that cannot be, or the last burst is there, does nothing and returns false. */
    private boolean streamCycle(int layer) {
        boolean asks = mayRequest();
        boolean hands = available();
        boolean goes = hands ? handedOn + 1 < bursts : asks;
        if (!goes || asks && !port.serve(user, firstBurst + requested, write, layer)) {
            return false;
        }
        requested += asks ? 1 : 0;
        if (hands) {
            take();
        }
        return true;
    }

    /** How many bursts were handed on. */
    int handedOn() {
        return handedOn;
    }

    /** Whether only the DRAM can let it go on: nothing is there and nothing can be requested. */
    boolean waits() {
        return !available() && !mayRequestNow();
    }

    /** A burst has ended; it is there from the next cycle on. */
    void completed(long token) {
        completing[completingCount++] = place(DramPort.burst(token) - firstBurst - handedOn);
    }

    /** Ends the cycle. */
    void commit() {
        while (completingCount > 0) {
            complete[completing[--completingCount]] = true;
        }
    }

    /** Whether the next burst in order is there. */
    boolean available() {
        return handedOn < bursts && complete[slot];
    }

    /** The first byte of the next burst in order. */
    int address() {
        return (firstBurst + handedOn) * port.burstBytes();
    }

    int burstBytes() {
        return port.burstBytes();
    }

    /** Hands the next burst on. */
    void take() {
        complete[slot] = false;
        slot = slot + 1 == outstanding ? 0 : slot + 1;
        handedOn++;
    }

    boolean finished() {
        return handedOn == bursts;
    }
}
