package metronome.hwmodel.unit;

import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;

/** What the DMA engines for loads and for stores have in common: bursts to and from the DRAM (rules DMA-1 to DMA-3). */
abstract class DmaEngine extends ExecutionUnit {
    private final BurstTransfer transfer;

    DmaEngine(Component component, Surroundings surroundings, BurstTransfer transfer) {
        super(component, surroundings);
        this.transfer = transfer;
    }

    /**
     * Takes note of a burst that has ended.
     *
     * @param token of a request of this engine
     */
    public final void completed(long token) {
        transfer.completed(token);
        bell().ring();
    }

    @Override
    public final void commit() {
        super.commit();
        transfer.commit();
    }

    /**
     * Hands on what is there, as much as can be in a cycle.
     *
     * @param alone whether nobody else can want the port that it goes through
     * @return whether something was handed on
     */
    abstract boolean handOn(boolean alone);

    /** Whether bursts are handed on one a cycle and whole, from the next one on, if nobody else moves. */
    boolean handsOnWhole() {
        return false;
    }

    /** Hands on the bursts of a range at once, which were taken. */
    void handOnWhole(int address, int bursts) {
        throw new IllegalStateException("does not hand on whole bursts");
    }

    /** A cycle of bursts; returns whether the transfer is complete at its end. */
    final boolean stepBursts() {
        boolean tried = transfer.mayRequest();
        boolean requested = tried && transfer.request(layer());
        if (handOn(false) || requested) {
            busy();
        } else {
            stall(transfer.available() ? Stall.SPIKE_PORT : cause(tried));
        }
        return transfer.finished();
    }

    private static Stall cause(boolean tried) {
        return tried ? Stall.DRAM_QUEUE : Stall.DRAM_LATENCY;
    }

    /** Cycles in which nothing can be requested or handed on. */
    final void await(long cycles) {
        stall(cause(transfer.mayRequest()), cycles);
    }

    /**
     * The same cycles as {@link #stepBursts} makes of them, without asking around in each: nobody else moves but the DRAM. What is
     * handed on becomes visible at the end of the last, as nobody looks before.
     */
    @Override
    final long stream(Rest rest, long most) {
        int layer = layer();
        long gone = 0;
        boolean moves = true;
        while (moves && gone < most && executing() && !rest.called()) {
            transfer.commit();
            long whole = streamWhole(rest, layer, most - gone);
            if (whole == 0) {
                moves = streamCycle(rest, layer);
            }
            gone += Math.max(1, whole);
        }
        rest.pass(gone - 1);
        return gone;
    }

    /** Goes through a cycle; returns whether the engine moved. */
    private boolean streamCycle(Rest rest, int layer) {
        boolean tried = transfer.mayRequest();
        boolean moves = tried && transfer.requestAlone(layer);
        moves |= handOn(true);
        if (moves) {
            busy();
        } else {
            stall(cause(tried));
        }
        if (transfer.finished()) {
            finish();
        }
        rest.tick(true);
        passed(1);
        return moves;
    }

    /** Those of the cycles in which whole bursts move and nothing else does. */
    private long streamWhole(Rest rest, int layer, long most) {
        if (!handsOnWhole()) {
            return 0;
        }
        int address = transfer.address();
        int before = transfer.handedOn();
        long cycles = transfer.stream(layer, rest, most);
        if (cycles > 0) {
            busy(cycles);
            rest.streamed(cycles);
            passed(cycles);
            handOnWhole(address, transfer.handedOn() - before);
        }
        return cycles;
    }
}
