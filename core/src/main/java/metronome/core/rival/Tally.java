package metronome.core.rival;

import metronome.core.spiking.Operations;

/** Operations as they add up, both ways. Not for several threads. */
final class Tally {
    private final long[] common = new long[3];
    private final long[] clock = new long[3];
    private final long[] event = new long[3];

    /** Operations that are done either way. */
    void both(long multiplications, long additions, long comparisons) {
        add(common, multiplications, additions, comparisons);
    }

    /** Operations of neurons that are updated at every step. */
    void clock(long multiplications, long additions, long comparisons) {
        add(clock, multiplications, additions, comparisons);
    }

    /** Operations of neurons that are updated at arrivals. */
    void event(long multiplications, long additions, long comparisons) {
        add(event, multiplications, additions, comparisons);
    }

    private static void add(long[] to, long multiplications, long additions, long comparisons) {
        to[0] += multiplications;
        to[1] += additions;
        to[2] += comparisons;
    }

    Operations clockDriven() {
        return sum(clock);
    }

    Operations eventDriven() {
        return sum(event);
    }

    private Operations sum(long[] way) {
        return new Operations(common[0] + way[0], common[1] + way[1], common[2] + way[2]);
    }
}
