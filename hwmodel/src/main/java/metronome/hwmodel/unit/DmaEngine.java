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
            if (gone > 0) {
                transfer.commit();
            }
            boolean tried = transfer.mayRequest();
            moves = tried && transfer.requestAlone(layer);
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
            passed();
            gone++;
        }
        rest.pass(gone - 1);
        return gone;
    }
}
