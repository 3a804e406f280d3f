package metronome.hwmodel.unit;

import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does numbered pieces of work that do not depend on each other. */
@FunctionalInterface
public interface Sharing {
    /** One after the other, on the thread that waits for them. */
    Sharing NONE = new Sharing() {
        @Override
        public Runnable begin(int tasks, Supplier<IntConsumer> worker) {
            return () -> {
                IntConsumer body = worker.get();
                for (int task = 0; task < tasks; task++) {
                    body.accept(task);
                }
            };
        }

        @Override
        public boolean goesOn() {
            return false;
        }
    };

    /**
     * Has every task done once, now or when it is waited for.
     *
     * @param tasks how many there are
     * @param worker gives each thread what does a task of a given number
     * @return returns when all are done; to be run once
     */
    Runnable begin(int tasks, Supplier<IntConsumer> worker);

    /** {@return whether work that has begun goes on before it is waited for} */
    default boolean goesOn() {
        return true;
    }

    /**
     * Does every task once and returns when all are done.
     *
     * @param tasks how many there are
     * @param worker as for {@link #begin}
     */
    default void run(int tasks, Supplier<IntConsumer> worker) {
        begin(tasks, worker).run();
    }
}
