package metronome.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        AtomicInteger next = new AtomicInteger();
        Runnable loop = () -> {
            if (next.get() < tasks) {
                IntConsumer body = worker.get();
                for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                    body.accept(task);
                }
            }
        };
        List<Future<?>> running = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, tasks); i++) {
            running.add(pool.submit(loop));
        }
        try {
            loop.run();
        } finally {
            next.set(tasks);
            running.forEach(Workers::join);
        }
    }

    private static void join(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Interrupts the threads and lets them go. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
