package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Foresight;
import metronome.hwmodel.memory.SharedPort;

/** Moves the bursts of a range through cycles that can be foreseen, because nobody else moves or has asked the DRAM for anything. */
final class ForeseenTransfer implements Foresight.Asker {
    /** So few bursts are sooner asked for one by one than together. */
    private static final int FEW = 8;

    private final DramPort port;
    private final SharedPort.User user;
    private final boolean write;
    private final BurstRange range;
    /** By place: when a burst will be there. */
    private final long[] ends;
    private final Foresight foresight;
    private int firstBurst;

    /** Told of cycles. */
    interface Listener {
        /** So many cycles, maybe none, in which a burst was requested or handed on. */
        void moved(long cycles);

        /** So many cycles in which the next burst to hand on was still on its way. */
        void waited(long cycles);
    }

    ForeseenTransfer(DramPort port, SharedPort.User user, boolean write, BurstRange range) {
        this.port = port;
        this.user = user;
        this.write = write;
        this.range = range;
        this.ends = new long[range.places()];
        this.foresight = port.foresight();
    }

    /**
     * Goes through cycles up to the one in which the last burst is handed on; what is handed on is left to who called.
     *
     * @param first number of the range's first burst in the DRAM
     * @param layer to which requests are counted
     * @param all whether all bursts that are there are handed on in a cycle, or one
     * @param most how many cycles at most
     * @param listener told of the cycles
     * @return how many; 0 if none can be foreseen
     */
    long go(int first, int layer, boolean all, long most, Listener listener) {
        firstBurst = first;
        if (range.finished() || !foresight.begin(write, layer, this)) {
            return 0;
        }
        for (int burst = range.handedOn(); burst < range.requested(); burst++) {
            if (range.isThere(burst)) {
                ends[range.place(burst)] = foresight.now();
            }
        }
        long gone = go(all, Math.min(most, foresight.ticks()), listener);
        range.there(ends, foresight.now());
        foresight.end();
        return gone;
    }

    @Override
    public boolean own(long token, long end) {
        boolean own = port.own(user, token);
        if (own) {
            ends[range.place(DramPort.burst(token) - firstBurst)] = end;
        }
        return own;
    }

    private long go(boolean all, long limit, Listener listener) {
        long gone = 0;
        long before;
        do {
            before = gone;
            long moved = move(all, limit - gone);
            listener.moved(moved);
            gone += moved;
            if (gone < limit && waits()) {
                long waited = foresight.tickUntil(ends[range.place(range.handedOn())], limit - gone);
                listener.waited(waited);
                gone += waited;
            }
        } while (gone > before);
        return gone;
    }

    /** Whether only the DRAM can let it go on. */
    private boolean waits() {
        return !range.mayRequest() && ends[range.place(range.handedOn())] > foresight.now();
    }

    /** Goes through cycles in each of which bursts are handed on or one is requested, as long as they can be foreseen; returns how many. */
    private long move(boolean all, long most) {
        long gone = 0;
        int straight = 0;
        boolean foreseen = true;
        while (foreseen && gone < most) {
            int ready = ready(foresight.now(), all);
            boolean asks = range.mayRequest();
            foreseen = (ready > 0 || asks) && range.handedOn() + ready < range.bursts() && (!asks || request());
            if (foreseen) {
                range.take(ready);
                foresight.tick();
                gone++;
                straight = asks && cameStraight() ? straight + 1 : 0;
            }
            if (straight == foresight.channels()) {
                straight = 0;
                gone += goSteadily(all, most - gone);
            }
        }
        return gone;
    }

    /** How many bursts can be handed on. */
    private int ready(long now, boolean all) {
        int first = range.handedOn();
        int burst = first;
        while (burst < range.requested() && ends[range.place(burst)] <= now && (all || burst == first)) {
            burst++;
        }
        return burst - first;
    }

    private boolean request() {
        int burst = firstBurst + range.requested();
        long end = foresight.request(burst, port.token(user, burst));
        if (end == Foresight.UNKNOWN) {
            return false;
        }
        ends[range.place(range.requested())] = end;
        range.request(1);
        return true;
    }

    /** Whether the latest burst, requested before the latest tick, moves as it came. */
    private boolean cameStraight() {
        return ends[range.place(range.requested() - 1)] == foresight.ends(0);
    }

    /**
     * Goes through cycles in each of which a burst is requested that moves as it comes, and one is handed on, after one that moved as it
     * came. Returns how many; 0 if that is not known, or they are few.
     */
    private int goSteadily(boolean all, long most) {
        int underWay = range.requested() - range.handedOn();
        if (!inTime(underWay, all)) {
            return 0;
        }
        int burst = firstBurst + range.requested();
        int count = foresight.steady(burst, (int) Math.min(most, range.bursts() - range.requested()));
        if (count < FEW) {
            return 0;
        }
        foresight.requestAll(burst, count, port.token(user, burst), port.token(user, burst + 1) - port.token(user, burst));
        range.request(count);
        range.take(count);
        for (int i = 0; i < Math.min(count, underWay); i++) {
            ends[range.place(range.requested() - 1 - i)] = foresight.ends(i);
        }
        return count;
    }

    /**
     * Whether those under way end before they will be handed on, one a cycle, and, if all that are there are, not before the cycle before.
     * Then so do those to come that move as they come.
     */
    private boolean inTime(int underWay, boolean all) {
        boolean inTime = true;
        for (int i = underWay - 1; inTime && i >= 0; i--) {
            long end = ends[range.place(range.handedOn() + i)];
            inTime = end <= foresight.after(i) && (!all || end > foresight.after(i - 1));
        }
        return inTime;
    }
}
