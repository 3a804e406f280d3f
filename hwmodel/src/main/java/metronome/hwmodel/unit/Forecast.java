package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.stream.Stream;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.LifOperation;

/** How many cycles an integration will take if nothing disturbs it, from what events cost by their shape. */
final class Forecast {
    private final SpikeBuffer buffer;
    private final EventQueue queue;
    private final EventWork events;
    private final FanOutTable table;
    private final LifCosts costs;
    /** What is left of the step under way. */
    private final StepCost rest;
    /** By step: what all its events cost, if that was measured in this window. */
    private final StepCost[] whole;
    private int[] uses = new int[64];
    private int useCount;
    private long time;

    Forecast(LifParts parts) {
        this.buffer = parts.buffer();
        this.queue = parts.queue();
        this.events = parts.events();
        this.costs = parts.costs();
        this.table = parts.table();
        this.rest = new StepCost(costs);
        this.whole = Stream.generate(() -> new StepCost(costs)).limit(buffer.steps() + 1).toArray(StepCost[]::new);
    }

    /** Begins with another window. */
    void begin() {
        for (StepCost step : whole) {
            step.forget();
        }
    }

    /** Cycles of the steps from one on to the last, each of which begins with a sweep of so many cycles. */
    long steps(LifOperation.Integrate integrate, int from, int sweep) {
        long cycles = 0;
        for (int k = from; k <= integrate.to(); k++) {
            cycles += sweep + events(integrate.region(), k);
        }
        return cycles;
    }

    /** Cycles of the events of a step, with the drain. */
    long events(int region, int step) {
        StepCost cost = whole(region, step);
        return cost.events() == 0 ? 0 : queue.bubble() * costs.firstFetch() + cost.cycles() + drain(cost.updates() > 0);
    }

    private StepCost whole(int region, int step) {
        StepCost cost = whole[step];
        if (cost.events() != queue.size(step)) {
            cost.measure(table, buffer.events(region, step), 0, queue.size(step));
        }
        return cost;
    }

    /** What the events of the step under way cost that were not yet begun. */
    StepCost left(int region, int step) {
        if (queue.taken() == 0) {
            return whole(region, step);
        }
        rest.measure(table, buffer.events(region, step), queue.taken(), queue.size());
        return rest;
    }

    /** Cycles until the events of the step under way, and the drain, are over. */
    long eventsLeft(int region, int step) {
        StepCost upcoming = left(region, step);
        boolean bubble = events.idle() && !queue.held() && !queue.exhausted();
        boolean begun = queue.held() && events.fetchedIdle() && costs.eventOverhead() > 0;
        boolean updates = events.updatedInStep() || upcoming.updates() > 0;
        return events.left() + upcoming.cycles() + (bubble ? costs.firstFetch() : 0) - (begun ? 1 : 0) + drain(updates);
    }

    /** Whether it can foretell the cycles in which the array reads: it reads within a step, and events have no overhead. */
    boolean plans() {
        return queue.bubble() > 0 && costs.eventOverhead() == 0;
    }

    void beginPlan() {
        time = 0;
        useCount = 0;
    }

    /** Cycles in which nothing is read. */
    void pass(long cycles) {
        time += cycles;
    }

    /** Plans the events of a step that begins then. */
    void planEvents(int region, int step) {
        if (queue.size(step) > 0) {
            use(time++);
            planWhole(buffer.events(region, step), whole[step], queue.size(step));
        }
    }

    /** Plans what is left of the step under way. */
    void planEventsLeft(int region, int step) {
        int unread = queue.size() - queue.taken() - (queue.held() ? 1 : 0);
        time = events.left();
        if (!queue.held() && unread > 0) {
            use(0);
            unread--;
            time = Math.max(1, time);
        }
        plan(buffer.events(region, step), queue.taken(), queue.size(), unread, events.updatedInStep());
    }

    /** The same as {@link #plan} for all events of a step; measures what they cost together. */
    private void planWhole(EventList list, StepCost cost, int count) {
        while (uses.length < useCount + count) {
            uses = Arrays.copyOf(uses, 2 * uses.length);
        }
        cost.begin();
        time = table.add(list, count, cost, time, uses, useCount) + drain(cost.updates() > 0);
        useCount += count - 1;
    }

    /** Events are worked on one after the other; when one begins, the next one is read. */
    private void plan(EventList list, int from, int to, int unread, boolean updated) {
        boolean updates = updated;
        int left = unread;
        for (int i = from; i < to; i++) {
            if (left-- > 0) {
                use(time);
            }
            FanOutCost cost = table.cost(list.get(i));
            time += cost.cycles();
            updates |= cost.updates() > 0;
        }
        time += drain(updates);
    }

    private void use(long at) {
        if (useCount == uses.length) {
            uses = Arrays.copyOf(uses, 2 * useCount);
        }
        uses[useCount++] = (int) at;
    }

    /** Cycles until the end of what was planned. */
    long planned() {
        return time;
    }

    int[] uses() {
        return uses;
    }

    int useCount() {
        return useCount;
    }

    private int drain(boolean updates) {
        return updates ? costs.drainCycles() : 0;
    }
}
