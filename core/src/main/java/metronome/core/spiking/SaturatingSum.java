package metronome.core.spiking;

/** Additions of potentials that stop at the ends of their range; counts how often they did. Not for several threads. */
final class SaturatingSum {
    /** For sums that are known to stay in range: exact in 32 bits, counts nothing. */
    static final SaturatingSum UNLIMITED = new SaturatingSum(Integer.SIZE);

    private final long low;
    private final long high;
    private long saturations;

    SaturatingSum(int bits) {
        this.high = highest(bits);
        this.low = -high - 1;
    }

    static long highest(int bits) {
        return (1L << bits - 1) - 1;
    }

    int of(long potential, long change) {
        long sum = potential + change;
        if (sum < low || sum > high) {
            saturations++;
            return (int) (sum < low ? low : high);
        }
        return (int) sum;
    }

    long saturations() {
        return saturations;
    }
}
