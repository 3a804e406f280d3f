package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Do bursts come out in the order in which they went in, however many there are? */
class UnderWayTest {
    private record Burst(long token, long end) {
    }

    @Test
    void isAQueue() {
        long seed = 20261124;
        SplittableRandom random = new SplittableRandom(seed);
        UnderWay bursts = new UnderWay();
        Deque<Burst> expected = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            String where = "seed " + seed + ", move " + i;
            assertEquals(expected.isEmpty(), bursts.isEmpty(), where);
            assertEquals(expected.isEmpty() ? Long.MAX_VALUE : expected.element().end, bursts.nextEnd(), where);
            if (expected.isEmpty() || random.nextInt(100) < (i / 1000 % 2 == 0 ? 60 : 40)) {
                Burst burst = new Burst(random.nextLong(), i);
                expected.add(burst);
                bursts.add(burst.token, burst.end);
            } else {
                assertEquals(expected.remove().token, bursts.take(), where);
            }
        }
    }
}
