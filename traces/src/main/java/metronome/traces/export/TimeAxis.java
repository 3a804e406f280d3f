package metronome.traces.export;

import metronome.core.io.DataException;
import metronome.isa.target.TargetField;
import metronome.traces.trace.TraceHeader;

/**
 * When a cycle begins: cycles are those of the target's clock; where no hardware was modelled, steps stand for them, and a step takes
 * a microsecond.
 *
 * @param period of the clock, in picoseconds
 */
record TimeAxis(double period) {
    private static final double PICOSECONDS_A_STEP = 1e6;
    private static final double MOST_PICOSECONDS = 4e18;

    static TimeAxis of(TraceHeader header) {
        return new TimeAxis(header.hardware().map(hardware -> 1e6 / hardware.target().number(TargetField.CLOCK))
                .orElse(PICOSECONDS_A_STEP));
    }

    private boolean whole() {
        return period == Math.rint(period);
    }

    /** The beginning of a cycle; where the clock's period is no whole number of picoseconds, the nearest one. */
    long picoseconds(long cycle) {
        return whole() ? cycle * (long) period : Math.round(cycle * period);
    }

    /** Whether each cycle begins at a whole nanosecond. */
    boolean nanoseconds() {
        return period % 1000 == 0;
    }

    /** Refuses what 64 bits of picoseconds do not hold. */
    void require(int image, long cycle) {
        if (!(cycle * period <= MOST_PICOSECONDS)) {
            throw new DataException("image " + image + " ends at cycle " + cycle + ": times must be at most "
                    + (long) (MOST_PICOSECONDS / period) + " cycles of " + period + " ps");
        }
    }
}
