package metronome.traces.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Do samples of a stack tell in which classes the time goes? */
class SampledShareTest {
    private static final long NANOS = 150_000_000;

    private long sink;

    /** Computes for a while. */
    private static final class Mill {
        private Mill() {
        }

        static long grind() {
            long end = System.nanoTime() + NANOS;
            long sum = 1;
            while (System.nanoTime() < end) {
                for (int i = 0; i < 1000; i++) {
                    sum = sum * 31 + i;
                }
            }
            return sum;
        }
    }

    private static long grindElsewhere() {
        long end = System.nanoTime() + NANOS;
        long sum = 1;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 1000; i++) {
                sum = sum * 37 + i;
            }
        }
        return sum;
    }

    @Test
    void tellsHowMuchIsWithinAClass() {
        String mill = Mill.class.getName();
        double all = SampledShare.of(() -> sink += Mill.grind(), mill::equals);
        double half = SampledShare.of(() -> sink += Mill.grind() + grindElsewhere(), mill::equals);
        double none = SampledShare.of(() -> sink += grindElsewhere(), mill::equals);
        assertTrue(none < half && half < all && all <= 1, "in the mill: " + none + ", " + half + ", " + all + " of the time");
        assertEquals(0, none, "of a time none of which is in the mill");
    }
}
