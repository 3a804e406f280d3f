package metronome.hwmodel.unit;

import metronome.hwmodel.dram.Foresight;
import metronome.hwmodel.memory.SharedPort;

/** Moves the bursts of a range through cycles that can be foreseen, because nobody else moves or has asked the DRAM for anything. */
final class ForeseenTransfer implements Foresight.Asker, Foresight.Sequence {
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
    /** Whether the next burst to hand on is there. */
    private boolean there;

    /** Told of cycles. */
    interface Listener {
        /** So many cycles, maybe none, in which a burst was requested or handed on. */
        void moved(long cycles);

        /** So many cycles in which the next burst to hand on was still on its way. */
        void waited(long cycles);
    }

    ForeseenTransfer(DramPort port, SharedPort.User user, boolean write, int outstanding, BurstRange range) {
        this.port = port;
        this.user = user;
        this.write = write;
        this.range = range;
        this.ends = new long[outstanding];
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
        long moved = 0;
        boolean foreseen = true;
        while (gone < limit && foreseen) {
            int ready = ready(foresight.now(), all);
            boolean asks = range.mayRequest();
            if (ready == 0 && !asks) {
                listener.moved(moved);
                moved = 0;
                long waited = foresight.tickUntil(ends[range.place(range.handedOn())], limit - gone);
                listener.waited(waited);
                gone += waited;
            } else if (range.handedOn() + ready == range.bursts()) {
                foreseen = false;
            } else {
                long whole = asks && !all ? goTogether(ready, limit - gone) : 0;
                foreseen = whole > 0 || step(ready, asks);
                long cycles = foreseen ? Math.max(1, whole) : 0;
                moved += cycles;
                gone += cycles;
            }
        }
        listener.moved(moved);
        return gone;
    }

    /** Goes through cycles in each of which a burst is requested and one may be handed on; returns how many. */
    private int goTogether(int ready, long most) {
        int steadily = ready == 1 ? goSteadily(most) : 0;
        if (steadily > 0) {
            return steadily;
        }
        int burst = firstBurst + range.requested();
        return foresight.requestInRows(burst, (int) Math.min(most, range.bursts() - range.requested()), port.token(user, burst),
                port.token(user, burst + 1) - port.token(user, burst), this);
    }

    @Override
    public boolean asks(long now) {
        there = range.handedOn() < range.requested() && ends[range.place(range.handedOn())] <= now;
        return range.mayRequest();
    }

    @Override
    public void asked(long end) {
        ends[range.place(range.requested())] = end;
        range.request(1);
        range.take(there ? 1 : 0);
    }

    /** How many bursts can be handed on. */
    private int ready(long now, boolean all) {
        int ready = 0;
        while (range.handedOn() + ready < range.requested() && ends[range.place(range.handedOn() + ready)] <= now && (all || ready == 0)) {
            ready++;
        }
        return ready;
    }

    /** Goes through a cycle in which some are handed on and one may be requested; returns whether that could be foreseen. */
    private boolean step(int ready, boolean asks) {
        if (asks && !request()) {
            return false;
        }
        range.take(ready);
        foresight.tick();
        return true;
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

    /**
     * Goes through cycles in each of which a burst is requested that moves as it comes, and one is handed on. Returns how many; 0 if that is
     * not known, or they are few.
     */
    private int goSteadily(long most) {
        int underWay = range.requested() - range.handedOn();
        if (!inTime(underWay)) {
            return 0;
        }
        int burst = firstBurst + range.requested();
        int count = foresight.steady(burst, (int) Math.min(most, range.bursts() - range.requested()));
        if (count < FEW) {
            return 0;
        }
        foresight.requestAll(burst, count, port.token(user, burst), port.token(user, burst + 1) - port.token(user, burst));
        range.pass(count);
        for (int i = 0; i < Math.min(count, underWay); i++) {
            ends[range.place(range.requested() - 1 - i)] = foresight.ends(i);
        }
        return count;
    }

    /**
     * Whether the latest burst has moved as it came, and those under way end before they will be handed on, one a cycle. Then so do those to
     * come that move as they come.
     */
    private boolean inTime(int underWay) {
        boolean all = ends[range.place(range.requested() - 1)] == foresight.ends(0);
        for (int i = underWay - 1; all && i > 0; i--) {
            all = ends[range.place(range.handedOn() + i)] <= foresight.after(i);
        }
        return all;
    }
}
