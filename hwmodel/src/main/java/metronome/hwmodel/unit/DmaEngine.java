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

    /** How many bursts are handed on in a cycle in which nobody else moves, from the next one on and but for the last. */
    enum Pace {
        /** That depends on more than which are there. */
        UNKNOWN,
        /** The next one, whole, if it is there. */
        ONE,
        /** All that are there. */
        ALL
    }

    abstract Pace pace();

    /** Hands on the bursts from an address on at once, which were taken. */
    abstract void handOnWhole(int address, int bursts);

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
            long whole = foresee(rest, layer, most - gone);
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

    /** Those of the cycles that can be foreseen; returns how many. */
    private long foresee(Rest rest, int layer, long most) {
        Pace pace = pace();
        if (pace == Pace.UNKNOWN) {
            return 0;
        }
        int address = transfer.address();
        int before = transfer.handedOn();
        long cycles = transfer.foresee(layer, pace == Pace.ALL, most, new Foreseen(rest));
        if (transfer.handedOn() > before) {
            handOnWhole(address, transfer.handedOn() - before);
        }
        return cycles;
    }

    /** Takes note of cycles that were foreseen. */
    private final class Foreseen implements ForeseenTransfer.Listener {
        private final Rest rest;

        Foreseen(Rest rest) {
            this.rest = rest;
        }

        @Override
        public void moved(long cycles) {
            if (cycles > 0) {
                busy(cycles);
                pass(cycles);
            }
        }

        @Override
        public void waited(long cycles) {
            stall(Stall.DRAM_LATENCY, cycles);
            pass(cycles);
        }

        private void pass(long cycles) {
            rest.streamed(cycles);
            passed(cycles);
        }
    }
}
