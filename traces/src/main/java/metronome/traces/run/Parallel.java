package metronome.traces.run;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import metronome.core.tensor.Workers;

/** Independent pieces of work on several threads. */
public final class Parallel {
    private Parallel() {
    }

    /**
     * {@return the results in the order of their pieces}
     *
     * @param what the work is, for the watcher
     * @param count how many pieces
     * @param threads at least 1
     * @param watcher is told of each
     * @param work of a piece's index; called from several threads at once
     * @param <R> a result
     */
    @SuppressWarnings("unchecked") // the array holds nothing but what work gave
    public static <R> List<R> map(String what, int count, int threads, Watcher watcher, IntFunction<R> work) {
        Object[] results = new Object[count];
        try (Workers workers = new Workers(threads); Watcher.Work progress = watcher.begin(what, count)) {
            workers.run(count, () -> i -> {
                results[i] = work.apply(i);
                progress.step();
            });
        }
        return IntStream.range(0, count).mapToObj(i -> (R) results[i]).toList();
    }
}
