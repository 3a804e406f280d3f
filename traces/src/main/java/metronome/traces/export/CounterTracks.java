package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;

/** Counters of the Perfetto UI, each told where it changes: of several values at one time the last one counts. */
final class CounterTracks {
    private final TraceEventWriter out;
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

        private void tell() {
            waiting = false;
            if (value != told) {
                told = value;
                out.counter(process, name, now, key, value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
            }
        }
    }

    Counter counter(int process, String name, String key) {
        return new Counter(process, TraceEventWriter.quoted(name), key);
    }

    /** Goes on to a time; what has changed up to then is told. */
    void moveTo(long time) {
        if (time > now) {
            changed.forEach(Counter::tell);
            changed.clear();
            now = time;
        }
    }

    /** Tells what has changed last. */
    void finish() {
        moveTo(Long.MAX_VALUE);
    }
}
