package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;

/** What the events of a step cost the LIF array together. */
final class StepCost {
    private final LifCosts costs;
    private int events;
    private long cycles;
    private long updates;
    private long words;
    private long potentialStalls;
    private long weightStalls;

    StepCost(LifCosts costs) {
        this.costs = costs;
    }

    /** Begins anew with the events of a list from one on. */
    void measure(FanOutTable table, EventList list, int from, int to) {
        events = to - from;
        cycles = 0;
        updates = 0;
        words = 0;
        potentialStalls = 0;
        weightStalls = 0;
        for (int i = from; i < to; i++) {
            FanOutCost cost = table.cost(list.get(i));
            cycles += costs.event(cost.cycles(), false);
            updates += cost.updates();
            words += cost.words();
            potentialStalls += cost.potentialStalls();
            weightStalls += cost.weightStalls();
        }
    }

    int events() {
        return events;
    }

    /** Cycles, with all that an event takes before its first update. */
    long cycles() {
        return cycles;
    }

    long updates() {
        return updates;
    }

    long words() {
        return words;
    }

    long potentialStalls() {
        return potentialStalls;
    }

    long weightStalls() {
        return weightStalls;
    }
}
