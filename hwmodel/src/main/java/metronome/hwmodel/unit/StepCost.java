package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;

/** What the events of a step cost the LIF array together. */
final class StepCost {
    private final LifCosts costs;
    private int events = -1;
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
        begin();
        table.add(list, from, to, this);
    }

    /** Begins anew without events. */
    void begin() {
        events = 0;
        cycles = 0;
        updates = 0;
        words = 0;
        potentialStalls = 0;
        weightStalls = 0;
    }

    /** Adds an event. */
    void add(FanOutCost cost) {
        add(1, cost.cycles(), cost.updates(), cost.words(), cost.potentialStalls(), cost.weightStalls());
    }

    /** Adds events, by the sums of their costs. */
    void add(int count, long fanOutCycles, long moreUpdates, long moreWords, long forPotentials, long forWeights) {
        events += count;
        cycles += fanOutCycles + (long) count * costs.event(0, false);
        updates += moreUpdates;
        words += moreWords;
        potentialStalls += forPotentials;
        weightStalls += forWeights;
    }

    /** Says that nothing is known. */
    void forget() {
        events = -1;
    }

    /** How many events there are; -1 if nothing is known. */
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
