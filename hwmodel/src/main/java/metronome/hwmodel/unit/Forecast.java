package metronome.hwmodel.unit;

import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Operation;

/** How many cycles an integration will take if nothing disturbs it, from what events cost by their shape. */
final class Forecast {
    private final SpikeBuffer buffer;
    private final EventQueue queue;
    private final EventWork events;
    private final FanOutTable table;
    private final LifCosts costs;
    private final StepCost upcoming;

    Forecast(LifParts parts) {
        this.buffer = parts.buffer();
        this.queue = parts.queue();
        this.events = parts.events();
        this.costs = parts.costs();
        this.table = parts.table();
        this.upcoming = new StepCost(costs);
    }

    /** Cycles of the steps from one on to the last, each of which begins with a sweep of so many cycles. */
    long steps(Operation.Integrate integrate, int from, int sweep) {
        long cycles = 0;
        for (int k = from; k <= integrate.to(); k++) {
            cycles += sweep + events(integrate.region(), k);
        }
        return cycles;
    }

    /** Cycles of the events of a step, with the drain. */
    long events(int region, int step) {
        int size = queue.size(step);
        upcoming.measure(table, buffer.events(region, step), 0, size);
        return size == 0 ? 0 : queue.bubble() * costs.firstFetch() + upcoming.cycles() + drain(upcoming.updates() > 0);
    }

    /** What the events of the step under way cost that were not yet begun. */
    StepCost left(int region, int step) {
        upcoming.measure(table, buffer.events(region, step), queue.taken(), queue.size());
        return upcoming;
    }

    /** Cycles until the events of the step under way, and the drain, are over. */
    long eventsLeft(int region, int step) {
        left(region, step);
        boolean bubble = events.idle() && !queue.held() && !queue.exhausted();
        boolean begun = queue.held() && events.fetchedIdle() && costs.eventOverhead() > 0;
        boolean updates = events.updatedInStep() || upcoming.updates() > 0;
        return events.left() + upcoming.cycles() + (bubble ? costs.firstFetch() : 0) - (begun ? 1 : 0) + drain(updates);
    }

    private int drain(boolean updates) {
        return updates ? costs.drainCycles() : 0;
    }
}
