package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import metronome.isa.instruction.Control;
import org.junit.jupiter.api.Test;

/** Do semaphores count by rules UNIT-2 and UNIT-3? */
class SemaphoreFileTest {
    private static final int NONE = 0;

    private final SemaphoreFile semaphores = new SemaphoreFile();

    private static Control waits(int first, int second) {
        return new Control(0, first, second, NONE, NONE);
    }

    private static Control signals(int first, int second) {
        return new Control(0, NONE, NONE, first, second);
    }

    private void signalled(int first, int second) {
        semaphores.signal(signals(first, second));
        semaphores.commit();
    }

    @Test
    void aSignalIsSeenFromTheNextCycleOn() {
        semaphores.signal(signals(3, NONE));
        assertFalse(semaphores.available(waits(3, NONE)));
        semaphores.commit();
        assertTrue(semaphores.take(waits(NONE, 3)));
        assertFalse(semaphores.take(waits(3, NONE)));
    }

    @Test
    void whoWaitsTwiceForOneTakesTwo() {
        signalled(5, NONE);
        assertFalse(semaphores.take(waits(5, 5)));
        signalled(5, 5);
        assertTrue(semaphores.take(waits(5, 5)));
        assertTrue(semaphores.take(waits(5, NONE)));
        assertFalse(semaphores.available(waits(5, NONE)));
    }

    @Test
    void whoWaitsForNoneNeverWaits() {
        assertTrue(semaphores.take(waits(NONE, NONE)));
        signalled(NONE, NONE);
        assertTrue(semaphores.take(waits(NONE, NONE)));
    }

    @Test
    void takenIsAllOrNothing() {
        long seed = 31;
        System.out.println("SemaphoreFileTest seed " + seed);
        Random random = new Random(seed);
        int[] counts = new int[Control.SEMAPHORES];
        for (int i = 0; i < 5000; i++) {
            int a = random.nextInt(4);
            int b = random.nextInt(4);
            if (random.nextInt(3) == 0) {
                signalled(a, b);
                counts[a]++;
                counts[b]++;
            } else {
                counts[a]--;
                counts[b]--;
                boolean enough = (a == NONE || counts[a] >= 0) && (b == NONE || counts[b] >= 0);
                assertEquals(enough, semaphores.take(waits(a, b)), a + " and " + b);
                counts[a] += enough ? 0 : 1;
                counts[b] += enough ? 0 : 1;
            }
        }
    }
}
