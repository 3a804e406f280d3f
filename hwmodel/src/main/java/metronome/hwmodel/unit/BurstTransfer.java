package metronome.hwmodel.unit;

import java.util.Arrays;
import metronome.hwmodel.dram.Foresight;
import metronome.hwmodel.memory.SharedPort;

/**
 * Moves a range of DRAM in bursts: requests them in order as far as the number outstanding allows, and hands them on in
 * order whatever the order in which they complete (rules DMA-2 and DMA-3).
 */
final class BurstTransfer implements Foresight.Asker {
    private final DramPort port;
    private final SharedPort.User user;
    private final boolean write;
    private final int outstanding;
    /** By burst modulo the number outstanding: whether it is there, and those that came in this cycle. */
    private final boolean[] complete;
    private final int[] completing;
    private int completingCount;
    /** By burst modulo the number outstanding: when it will be there, while that is foreseen. */
    private final long[] ends;
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
        this.ends = new long[outstanding];
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

    /** Told of cycles that were foreseen. */
    interface Listener {
        /** So many cycles, maybe none, in which a burst was requested or handed on. */
        void moved(long cycles);

        /** So many cycles in which the next burst to hand on was still on its way. */
        void waited(long cycles);
    }

    /**
     * Goes through cycles that can be foreseen, because nobody else moves or has asked the DRAM for anything, up to the one in
     * which the last burst is handed on; what is handed on is left to who called.
     *
     * @param layer to which requests are counted
     * @param all whether all bursts that are there are handed on in a cycle, or one
     * @param most how many cycles at most
     * @param listener told of the cycles
     * @return how many; 0 if none can be foreseen
     */
    long foresee(int layer, boolean all, long most, Listener listener) {
        Foresight foresight = port.foresight();
        long limit = Math.min(most, foresight.ticks());
        if (limit == 0 || handedOn == bursts || !foresight.begin(write, layer, this)) {
            return 0;
        }
        for (int burst = handedOn; burst < requested; burst++) {
            if (complete[place(burst)]) {
                ends[place(burst)] = foresight.now();
            }
        }
        long gone = go(foresight, all, limit, listener);
        Arrays.fill(complete, false);
        for (int burst = handedOn; burst < requested; burst++) {
            complete[place(burst)] = ends[place(burst)] <= foresight.now();
        }
        foresight.end();
        channel = port.channelOf(firstBurst + requested);
        return gone;
    }

    private long go(Foresight foresight, boolean all, long limit, Listener listener) {
        long gone = 0;
        long moved = 0;
        boolean foreseen = true;
        while (gone < limit && foreseen) {
            int ready = ready(foresight.now(), all);
            boolean asks = mayRequest();
            if (ready == 0 && !asks) {
                listener.moved(moved);
                moved = 0;
                long waited = foresight.tickUntil(ends[slot], limit - gone);
                listener.waited(waited);
                gone += waited;
            } else if (handedOn + ready == bursts) {
                foreseen = false;
            } else {
                long whole = asks && ready == 1 && !all ? goSteadily(foresight, limit - gone) : 0;
                foreseen = whole > 0 || step(foresight, ready, asks);
                long cycles = foreseen ? Math.max(1, whole) : 0;
                moved += cycles;
                gone += cycles;
            }
        }
        listener.moved(moved);
        return gone;
    }

    /** Goes through a cycle in which some are handed on and one may be requested; returns whether that could be foreseen. */
    private boolean step(Foresight foresight, int ready, boolean asks) {
        if (asks && !request(foresight)) {
            return false;
        }
        handOn(ready);
        foresight.tick();
        return true;
    }

    /**
     * Goes through cycles in each of which a burst is requested that moves as it comes, and one is handed on. Returns how many; 0 if that is
     * not known, or they are few.
     */
    private int goSteadily(Foresight foresight, long most) {
        int underWay = requested - handedOn;
        if (!inTime(foresight, underWay)) {
            return 0;
        }
        int burst = firstBurst + requested;
        int count = foresight.steady(burst, (int) Math.min(most, bursts - requested));
        if (count < underWay) {
            return 0;
        }
        foresight.requestAll(burst, count, port.token(user, burst), port.token(user, burst + 1) - port.token(user, burst));
        requested += count;
        handedOn += count;
        slot = (slot + count) % outstanding;
        for (int i = 0; i < underWay; i++) {
            ends[place(requested - 1 - i)] = foresight.ends(i);
        }
        return count;
    }

    /** Whether the latest burst has moved as it came, and those under way end before they will be handed on, one a cycle, as do such to come. */
    private boolean inTime(Foresight foresight, int underWay) {
        boolean all = ends[place(requested - 1)] == foresight.ends(0) && foresight.ends(-1) <= foresight.after(underWay);
        for (int i = underWay - 1; all && i > 0; i--) {
            all = ends[place(handedOn + i)] <= foresight.after(i);
        }
        return all;
    }

    private boolean request(Foresight foresight) {
        int burst = firstBurst + requested;
        long end = foresight.request(burst, port.token(user, burst));
        if (end == Foresight.UNKNOWN) {
            return false;
        }
        ends[place(requested++)] = end;
        return true;
    }

    /** How many bursts can be handed on. */
    private int ready(long now, boolean all) {
        int ready = 0;
        while (handedOn + ready < requested && ends[place(handedOn + ready)] <= now && (all || ready == 0)) {
            ready++;
        }
        return ready;
    }

    private void handOn(int count) {
        handedOn += count;
        slot += count;
        slot -= slot < outstanding ? 0 : outstanding;
    }

    /** Where it stands of a burst that is outstanding whether it is there. */
    private int place(int burst) {
        int at = slot + burst - handedOn;
        return at < outstanding ? at : at - outstanding;
    }

    @Override
    public boolean own(long token, long end) {
        boolean own = port.own(user, token);
        if (own) {
            ends[place(DramPort.burst(token) - firstBurst)] = end;
        }
        return own;
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
        completing[completingCount++] = place(DramPort.burst(token) - firstBurst);
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
