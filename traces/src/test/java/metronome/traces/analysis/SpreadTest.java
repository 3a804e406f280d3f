package metronome.traces.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Do bins hold the cycles that a count one by one finds in them? */
class SpreadTest {
    @Test
    void binsAreWhatCountingFinds() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int cycles = random.nextInt(60);
            int width = 1 + random.nextInt(random.nextBoolean() ? 3 : 80);
            Spread spread = new Spread(cycles, width);
            long[] expected = new long[Math.ceilDiv(cycles, width)];
            for (int run = 0; run < 5; run++) {
                int from = random.nextInt(80) - 10;
                int count = random.nextInt(70);
                spread.add(from, count);
                for (int cycle = Math.max(from, 0); cycle < Math.min(from + count, cycles); cycle++) {
                    expected[cycle / width]++;
                }
            }
            assertArrayEquals(expected, spread.bins(), "seed " + seed);
        }
    }

    @Test
    void endlessRunsEndWithTheCycles() {
        Spread spread = new Spread(10, 4);
        spread.add(3, Long.MAX_VALUE);
        assertArrayEquals(new long[] {1, 4, 2}, spread.bins());
        spread.add(Long.MAX_VALUE - 1, 5);
        assertArrayEquals(new long[] {1, 4, 2}, spread.bins());
    }
}
