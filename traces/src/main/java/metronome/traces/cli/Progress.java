package metronome.traces.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * How far a long piece of work has come: a line that is rewritten on a terminal, a line now and then elsewhere, each with
 * an estimate of the time left from the rate so far. May be used from several threads.
 */
final class Progress implements AutoCloseable {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long LOG_NANOS = 15_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final LongSupplier clock;
    private final long start;
    private long next;
    private long done;
    private int width;

    Progress(PrintWriter err, boolean terminal, String what, long total, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.next = start + interval();
    }

    /** Counts one step. */
    void step() {
        advance(1);
    }

    /**
     * Counts steps.
     *
     * @param steps how many
     */
    synchronized void advance(long steps) {
        reach(done + steps);
    }

    /**
     * Sets the count.
     *
     * @param steps how many are done in all
     */
    synchronized void reach(long steps) {
        done = steps;
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

    /** Wipes the line off a terminal. */
    @Override
    public synchronized void close() {
        if (terminal && width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }
}
