package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Operation;

/** How many cycles an integration will take if nothing disturbs it, from what events cost by their shape. */
final class Forecast {
    private final SpikeBuffer buffer;
    private final EventReader reader;
    private final EventWork events;
    private final FanOutTable table;
    private final LifCosts costs;
    private final StepCost upcoming;

    Forecast(LifParts parts) {
        this.buffer = parts.buffer();
        this.reader = parts.reader();
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
        EventList list = buffer.events(region, step);
        upcoming.measure(table, list, 0, list.size());
        return list.size() == 0 ? 0 : costs.firstFetch() + upcoming.cycles() + drain(upcoming.updates() > 0);
    }

    /** What the events of the step under way cost that were not yet taken into the register. */
    StepCost left(int region, int step) {
        upcoming.measure(table, buffer.events(region, step), reader.next(), reader.next() + reader.left());
        return upcoming;
    }

    /** Cycles until the events of the step under way, and the drain, are over. */
    long eventsLeft(int region, int step) {
        left(region, step);
        FanOutCost held = reader.held() ? table.cost(reader.event()) : FanOutCost.NONE;
        int heldCycles = reader.held() ? costs.event(held.cycles(), events.fetchedIdle()) : 0;
        boolean bubble = events.idle() && !reader.held() && reader.left() > 0;
        boolean updates = events.updatedInStep() || held.updates() + upcoming.updates() > 0;
        return events.left() + heldCycles + upcoming.cycles() + (bubble ? costs.firstFetch() : 0) + drain(updates);
    }

    private int drain(boolean updates) {
        return updates ? costs.drainCycles() : 0;
    }
}
