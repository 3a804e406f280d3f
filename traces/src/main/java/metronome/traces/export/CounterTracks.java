package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Counters of the Perfetto UI, each told where it changes: of several values at one time the last one counts. All are told again at the
 * end, because viewers draw a counter no further than its last value.
 */
final class CounterTracks {
    private final TraceEventWriter out;
    private final List<Counter> all = new ArrayList<>();
    private final List<Counter> changed = new ArrayList<>();
    private long now;

    CounterTracks(TraceEventWriter out) {
        this.out = out;
    }

    /** One of them. */
    final class Counter {
        private final int process;
        private final String name;
        private final String key;
        private double value;
        private double told = Double.NaN;
        private long toldAt;
        private boolean waiting;

        private Counter(int process, String name, String key) {
            this.process = process;
            this.name = name;
            this.key = key;
        }

        void set(double newValue) {
            value = newValue;
            if (!waiting) {
                waiting = true;
                changed.add(this);
            }
        }

        void add(long more) {
            set(value + more);
        }

        private void write() {
            told = value;
            toldAt = now;
            out.counter(process, name, now, key, value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
        }

        private void close() {
            if (toldAt < now) {
                write();
            }
        }

        private void tell() {
            waiting = false;
            if (value != told) {
                write();
            }
        }
    }

    Counter counter(int process, String name, String key) {
        Counter counter = new Counter(process, TraceEventWriter.quoted(name), key);
        all.add(counter);
        return counter;
    }

    /** Goes on to a time; what has changed up to then is told. */
    void moveTo(long time) {
        if (time > now) {
            tell();
            now = time;
        }
    }

    private void tell() {
        changed.forEach(Counter::tell);
        changed.clear();
    }

    /** Tells what has changed last, and how far time has gone. */
    void finish() {
        tell();
        all.forEach(Counter::close);
    }
}
