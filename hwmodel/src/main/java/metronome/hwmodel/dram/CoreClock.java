package metronome.hwmodel.dram;

/** When the core's ticks are, in whole picoseconds: tick k at floor(k x 10^12 / hertz) (rule DRAM-1). */
final class CoreClock {
    private static final long PICOSECONDS = 1_000_000_000_000L;

    private final long hertz;
    /** A tick, in whole picoseconds and what is left of them. */
    private final long whole;
    private final long rest;
    private final long farthest;
    private long time;
    private long remainder;

    CoreClock(double clockMHz) {
        hertz = Math.round(clockMHz * 1e6);
        if (!(clockMHz > 0) || hertz < 1 || hertz > PICOSECONDS) {
            throw new IllegalArgumentException("clock must be in (0, 1000000] MHz: " + clockMHz);
        }
        whole = PICOSECONDS / hertz;
        rest = PICOSECONDS % hertz;
        farthest = Long.MAX_VALUE / 2 / hertz;
    }

    /** {@return the time of the next tick} */
    long next() {
        return time;
    }

    /** {@return from one tick to the next, in picoseconds; 0 if that is not always the same} */
    long period() {
        return rest == 0 ? whole : 0;
    }

    /** Lets the next tick pass; the fraction of a picosecond is carried, so that no drift adds up. */
    void advance() {
        time += whole;
        remainder += rest;
        if (remainder >= hertz) {
            remainder -= hertz;
            time++;
        }
    }

    /**
     * {@return how many ticks, from the next one on, come before a time; for times very far away a lower bound}
     *
     * @param end in picoseconds
     */
    long ticksBefore(long end) {
        long away = Math.min(end - time, farthest);
        return away <= 0 ? 0 : Math.ceilDiv(away * hertz - remainder, PICOSECONDS);
    }

    /**
     * Lets several ticks pass.
     *
     * @param ticks at most {@link #ticksBefore} of any time
     */
    void advance(long ticks) {
        long fractions = remainder + ticks * rest;
        time += ticks * whole + fractions / hertz;
        remainder = fractions % hertz;
    }
}
