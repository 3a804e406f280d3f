package metronome.hwmodel.probe;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches one run. Events of a run come window by window of some cycles; those of a window by stream in the order of
 * {@link EventStream}, those of a stream by cycle, those of a cycle by core and unit, spikes by core, unit and the order of the
 * arbiter. The order is the same whatever engine moves the chip.
 *
 * @param streams of which it is told; of none it costs nothing
 * @param windowCycles how many cycles a window has, at least 1
 * @param events gets them, on the thread that runs the chip
 */
public record Probe(Set<EventStream> streams, int windowCycles, Consumer<? super ChipEvent> events) {
    /** A window of which long runs have few, short ones some. */
    public static final int USUAL_WINDOW_CYCLES = 1 << 14;

    /** Copies the set, in the order of declaration, and checks the range. */
    public Probe {
        EnumSet<EventStream> sorted = EnumSet.noneOf(EventStream.class);
        sorted.addAll(streams);
        streams = Collections.unmodifiableSet(sorted);
        if (windowCycles < 1) {
            throw new IllegalArgumentException("a window must have at least 1 cycle: " + windowCycles);
        }
    }
}
