package metronome.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is every task done once, by whoever comes, and is it known when? */
class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyTaskIsDoneOnceBeforeTheEnd(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int tasks = 0; tasks < 300; tasks++) {
                AtomicIntegerArray done = new AtomicIntegerArray(tasks);
                if (tasks % 2 == 0) {
                    workers.run(tasks, () -> done::incrementAndGet);
                } else {
                    workers.begin(tasks, () -> done::incrementAndGet).run();
                }
                for (int task = 0; task < tasks; task++) {
                    assertEquals(1, done.get(task), task + " of " + tasks);
                }
            }
        }
    }

    @Test
    void othersBeginBeforeAnybodyWaits() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Runnable rest = workers.begin(1, () -> _ -> {
                begun.countDown();
                await(goOn);
            });
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            Thread waiting = Thread.ofPlatform().start(rest);
            waiting.join(50);
            assertTrue(waiting.isAlive(), "its task is not done");
            goOn.countDown();
            waiting.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatAHelperThrowsComesToWhoWaits() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            CountDownLatch begun = new CountDownLatch(1);
            Runnable rest = workers.begin(1, () -> _ -> {
                begun.countDown();
                throw new IllegalArgumentException("task");
            });
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            assertEquals("task", assertThrows(IllegalArgumentException.class, rest::run).getMessage());
        }
    }
}
