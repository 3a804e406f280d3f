package metronome.hwmodel.unit;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does numbered pieces of work that do not depend on each other. */
@FunctionalInterface
public interface Sharing {
    /** One after the other, on the thread that asks. */
    Sharing NONE = (tasks, worker) -> {
        IntConsumer body = worker.get();
        for (int task = 0; task < tasks; task++) {
            body.accept(task);
        }
    };

    /**
     * Does every task once and returns when all are done.
     *
     * @param tasks how many there are
     * @param worker gives each thread what does a task of a given number
     */
    void run(int tasks, Supplier<IntConsumer> worker);
}
