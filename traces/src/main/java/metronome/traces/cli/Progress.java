package metronome.traces.cli;

import java.io.PrintWriter;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import metronome.traces.run.Watcher;

/**
 * How far a long piece of work has come: a line that is rewritten on a terminal, a line now and then elsewhere, each with
 * an estimate of the time left from the rate so far. May be used from several threads.
 */
final class Progress implements Watcher.Work {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long LOG_NANOS = 15_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final LongSupplier clock;
    private final DoubleConsumer ended;
    private final long start;
    private long next;
    private long done;
    private int width;

    /**
     * Starts.
     *
     * @param err where the line goes
     * @param terminal whether it may be rewritten
     * @param what in a word or two
     * @param total how many steps there are, at least 1
     * @param clock in nanoseconds
     * @param ended is told how many seconds it took
     */
    Progress(PrintWriter err, boolean terminal, String what, long total, LongSupplier clock, DoubleConsumer ended) {
        this.err = err;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.clock = clock;
        this.ended = ended;
        this.start = clock.getAsLong();
        this.next = start + interval();
    }

    @Override
    public synchronized void step() {
        done++;
        long now = clock.getAsLong();
        if (now >= next && done < total) {
            next = now + interval();
            print(line(now));
        }
    }

    private String line(long now) {
        String text = "%s: %,d of %,d".formatted(what, done, total);
        if (done == 0) {
            return text;
        }
        long seconds = Math.round((now - start) / 1e9 / done * (total - done));
        return text + ", " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " left";
    }

    private void print(String line) {
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            err.println(line);
        }
        err.flush();
    }

    private long interval() {
        return terminal ? TERMINAL_NANOS : LOG_NANOS;
    }

    /** Wipes the line off a terminal and tells the time that all took. */
    @Override
    public synchronized void close() {
        ended.accept((clock.getAsLong() - start) / 1e9);
        if (terminal && width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }
}
