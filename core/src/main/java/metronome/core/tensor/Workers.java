package metronome.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Threads that share numbered tasks out among themselves; which thread does which task must not matter to the result. */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    /**
     * Starts as many threads.
     *
     * @param threads at least 1
     * @throws IllegalArgumentException if fewer
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
        this.threads = threads;
        pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("metronome-worker-", 0).factory());
    }

    /**
     * Does every task once and waits for all.
     *
     * @param tasks how many there are
     * @param worker gives each thread what does a task of a given number; it may hold buffers of its own
     */
    public void run(int tasks, Supplier<IntConsumer> worker) {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> loop = () -> {
            IntConsumer body = worker.get();
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                body.accept(task);
            }
            return null;
        };
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, tasks); i++) {
            running.add(pool.submit(loop));
        }
        running.forEach(Workers::join);
    }

    private static void join(Future<Void> future) {
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
