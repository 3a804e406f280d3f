package metronome.traces.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Is something repeated before it counts for as long as was asked? */
class WarmUpTest {
    private int repetitions;

    private double repeat() {
        repetitions++;
        return repetitions;
    }

    @Test
    void nothingIsRepeatedInNoTime() {
        new WarmUp(Duration.ZERO, Duration.ZERO).repeat(this::repeat);
        assertEquals(0, repetitions);
    }

    @Test
    void itLastsAtLeastAsLongAsItMust() {
        long start = System.nanoTime();
        new WarmUp(Duration.ofMillis(30), Duration.ofMillis(40)).repeat(this::repeat);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(30).toNanos());
        assertTrue(repetitions > 0);
    }

    @Test
    void itEndsWithTheRepetitionInWhichTheMostIsReached() {
        new WarmUp(Duration.ofMillis(30), Duration.ofMillis(30)).repeat(() -> {
            long until = System.nanoTime() + Duration.ofMillis(40).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return repeat();
        });
        assertEquals(1, repetitions);
    }
}
