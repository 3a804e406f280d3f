package metronome.traces.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import metronome.traces.run.Watcher;

/** Paints progress and keeps how long each piece of work took: a remark, never a part of results. */
final class Stopwatch implements Watcher {
    private final Console console;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Stopwatch(Console console) {
        this.console = console;
    }

    @Override
    public Work begin(String what, long steps) {
        return new Progress(console.err(), console.terminal(), what, steps, System::nanoTime,
                taken -> seconds.merge(what, taken, Double::sum));
    }

    /**
     * Times work that has no steps.
     *
     * @param what in a word or two
     * @param work is run
     * @param <T> its result
     * @return what it gives
     */
    <T> T time(String what, java.util.function.Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        seconds.merge(what, (System.nanoTime() - start) / 1e9, Double::sum);
        return result;
    }

    /**
     * {@return how long a piece of work took, in seconds; 0 if there was none of that name}
     *
     * @param what as it was begun
     */
    double seconds(String what) {
        return seconds.getOrDefault(what, 0.0);
    }

    /** Remarks what took how long. */
    void remark() {
        StringBuilder line = new StringBuilder("time:");
        seconds.forEach((what, taken) -> line.append(line.length() > 5 ? ", " : " ").append(what)
                .append(String.format(Locale.ROOT, " %.1f s", taken)));
        console.remark(line.toString());
    }
}
