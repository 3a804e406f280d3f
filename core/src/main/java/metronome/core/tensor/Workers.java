package metronome.core.tensor;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Threads that share numbered tasks out among themselves, with the one that asks among them; which thread does which task must
 * not matter to the result.
 */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    /**
     * Starts threads, one fewer than given, because who asks works too.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if fewer
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
        this.threads = threads;
        pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), Thread.ofPlatform().daemon().name("metronome-worker-", 0).factory());
    }

    /**
     * Does every task once and waits for all.
     *
     * @param tasks how many there are
     * @param worker gives each thread what does a task of a given number; it may hold buffers of its own
     */
    public void run(int tasks, Supplier<IntConsumer> worker) {
        begin(tasks, worker, Math.min(threads, tasks) - 1).run();
    }

    /**
     * Sets the other threads to tasks without waiting for them.
     *
     * @param tasks how many there are
     * @param worker as for {@link #run}
     * @return does the tasks that nobody has begun, and returns when every task was done once; to be run once
     */
    public Runnable begin(int tasks, Supplier<IntConsumer> worker) {
        return begin(tasks, worker, Math.min(threads - 1, tasks));
    }

    private Runnable begin(int tasks, Supplier<IntConsumer> worker, int helpers) {
        Team team = new Team(tasks, worker);
        for (int i = 0; i < helpers; i++) {
            pool.execute(team::help);
        }
        return team::finish;
    }

    /** Those who do the same tasks. A thread that comes when all are begun is not waited for. */
    private static final class Team {
        private final int tasks;
        private final Supplier<IntConsumer> worker;
        private final AtomicInteger next = new AtomicInteger();
        private int helping;
        private Optional<Throwable> failure = Optional.empty();

        Team(int tasks, Supplier<IntConsumer> worker) {
            this.tasks = tasks;
            this.worker = worker;
        }

        private void work() {
            if (next.get() < tasks) {
                IntConsumer body = worker.get();
                for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                    body.accept(task);
                }
            }
        }

        void help() {
            if (!joins()) {
                return;
            }
            Optional<Throwable> failed = Optional.empty();
            try {
                work();
            } catch (RuntimeException | Error e) {
                failed = Optional.of(e);
            } finally {
                leave(failed);
            }
        }

        private synchronized boolean joins() {
            boolean wanted = next.get() < tasks;
            helping += wanted ? 1 : 0;
            return wanted;
        }

        private synchronized void leave(Optional<Throwable> failed) {
            helping--;
            if (failed.isPresent()) {
                failure = failed;
                next.set(tasks);
            }
            notifyAll();
        }

        void finish() {
            try {
                work();
            } finally {
                next.set(tasks);
                awaitHelpers();
            }
        }

        private synchronized void awaitHelpers() {
            try {
                while (helping > 0) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            switch (failure.orElse(null)) {
                case null -> { }
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        }
    }

    /** Interrupts the threads and lets them go. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
