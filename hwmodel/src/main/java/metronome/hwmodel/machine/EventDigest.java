package metronome.hwmodel.machine;

import java.util.Optional;
import metronome.hwmodel.probe.Probe;

/** Whether several engines tell the same events: a probe is told those of the first, of the others a sum is kept. */
final class EventDigest {
    private static final int FACTOR = 0x01000193;

    private final Optional<Probe> probe;
    private final int[] sums;
    private final long[] events;
    private int engines;

    EventDigest(Optional<Probe> probe, int engines) {
        this.probe = probe;
        this.sums = new int[engines];
        this.events = new long[engines];
    }

    /** The probe of the next engine. */
    Optional<Probe> next() {
        int engine = engines++;
        boolean first = engine == 0;
        return sums.length == 1 ? probe : probe.map(p -> new Probe(p.streams(), p.windowCycles(), event -> {
            sums[engine] = FACTOR * sums[engine] + event.hashCode();
            events[engine]++;
            if (first) {
                p.events().accept(event);
            }
        }));
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
