package metronome.hwmodel.machine;

import java.util.Optional;
import metronome.hwmodel.probe.Probe;

/** Whether several engines tell the same events: a probe is told those of the first, of the others a sum is kept. */
final class EventDigest {
    private static final int FACTOR = 0x01000193;
    /** Of runs in which there is nothing to compare. */
    private static final EventDigest NONE = new EventDigest(0);

    private final int[] sums;
    private final long[] events;
    private int engines;

    private EventDigest(int engines) {
        this.sums = new int[engines];
        this.events = new long[engines];
    }

    /** The digest of so many engines; nothing is made where one is alone or nobody listens. */
    static EventDigest of(Optional<Probe> probe, int engines) {
        return engines == 1 || probe.isEmpty() ? NONE : new EventDigest(engines);
    }

    /** What the next engine tells instead of the probe of all. */
    Optional<Probe> next(Optional<Probe> probe) {
        return sums.length == 0 ? probe : probe.map(p -> summing(engines++, p));
    }

    private Probe summing(int engine, Probe probe) {
        return new Probe(probe.streams(), probe.windowCycles(), event -> {
            sums[engine] = FACTOR * sums[engine] + event.hashCode();
            events[engine]++;
            if (engine == 0) {
                probe.events().accept(event);
            }
        });
    }

    /** How the engines differ, if they do. */
    Optional<String> difference() {
        for (int engine = 1; engine < engines; engine++) {
            if (events[engine] != events[0] || sums[engine] != sums[0]) {
                return Optional.of("events told: " + events[0] + " against " + events[engine] + ", or others");
            }
        }
        return Optional.empty();
    }
}
