package metronome.hwmodel.unit;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * What the target says of the LIF array's cycles.
 *
 * @param sweepWidth potentials of a row of a sweep
 * @param updateCycles cycles of a row, and of an access to a bank
 * @param eventOverhead cycles before the first update of an event
 * @param sweepOverhead cycles before a leak or compare sweep
 * @param spikeCycles cycles that the array stands still for a neuron that fires
 * @param drainCycles cycles until an update is written
 */
record LifCosts(int sweepWidth, int updateCycles, int eventOverhead, int sweepOverhead, int spikeCycles, int drainCycles) {
    static LifCosts of(Target target) {
        return new LifCosts(Math.min(target.count(TargetField.LANES),
                        target.count(TargetField.BANKS) * target.count(TargetField.POTENTIAL_PORTS)),
                target.count(TargetField.UPDATE_CYCLES), target.count(TargetField.EVENT_OVERHEAD),
                target.count(TargetField.SWEEP_OVERHEAD), target.count(TargetField.SPIKE_CYCLES),
                target.count(TargetField.PIPELINE) - 1);
    }

    /** Cycles of a sweep over so many potentials. */
    int sweep(int potentials) {
        return Math.ceilDiv(potentials, sweepWidth) * updateCycles;
    }

    /** Cycles of a sweep whose rows are accessed so many times: for potentials, and for slopes if there are any (LIF-13, LIF-21). */
    int sweep(int potentials, int accesses) {
        return accesses * sweep(potentials);
    }

    /** Cycles of a leak sweep of a window (LIF-3). */
    int leakSweep(int potentials) {
        return sweepOverhead + sweep(potentials);
    }

    /** Cycles in which the first event of a step is fetched, beyond those of its overhead. */
    int firstFetch() {
        return eventOverhead > 0 ? 0 : 1;
    }

    /** Cycles of an event, of whose overhead one may have passed while it was fetched. */
    int event(int fanOutCycles, boolean fetchedMeanwhile) {
        return fanOutCycles + eventOverhead - (fetchedMeanwhile && eventOverhead > 0 ? 1 : 0);
    }
}
