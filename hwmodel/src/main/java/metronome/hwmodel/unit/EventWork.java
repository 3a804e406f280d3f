package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;

/** The work of the LIF array on the events of a step, one after the other (rules LIF-3 to LIF-5). */
final class EventWork {
    private final ExecutionUnit unit;
    private final EventReader reader;
    private final LifCosts costs;
    private int left;
    private int potentialStallsLeft;
    private int weightStallsLeft;
    private boolean updatedInStep;
    private boolean fetchedIdle;

    EventWork(ExecutionUnit unit, EventReader reader, LifCosts costs) {
        this.unit = unit;
        this.reader = reader;
        this.costs = costs;
    }

    /** Begins a step, of which the reader has the events. */
    void beginStep() {
        left = 0;
        updatedInStep = false;
        fetchedIdle = false;
    }

    /** Whether no event is being worked on. */
    boolean idle() {
        return left == 0;
    }

    /** Cycles that the event worked on still takes. */
    int left() {
        return left;
    }

    /** Whether an event of this step has reached a potential. */
    boolean updatedInStep() {
        return updatedInStep;
    }

    /** Whether the array spent its last cycle on nothing but fetching the event that is held. */
    boolean fetchedIdle() {
        return fetchedIdle;
    }

    /** Whether nothing of the step is left to take or to work on. */
    boolean finished() {
        return left == 0 && reader.exhausted();
    }

    /** Begins the event that the register held. */
    void begin(FanOutCost cost) {
        left = costs.event(cost.cycles(), fetchedIdle);
        fetchedIdle = false;
        potentialStallsLeft = cost.potentialStalls();
        weightStallsLeft = cost.weightStalls();
        updatedInStep |= cost.updates() > 0;
        unit.count(Counter.EVENTS, 1);
        count(cost.updates(), cost.words());
    }

    /** The event takes so many busy cycles more. */
    void extend(int cycles) {
        left += cycles;
    }

    /** Fills the register if the port is granted; returns whether it did. */
    boolean fetch() {
        boolean fetched = reader.fetch();
        if (fetched) {
            unit.count(Counter.SPIKE_READS, 1);
        }
        return fetched;
    }

    /** Does at most so many cycles, when nobody else may want the port, up to the end of the event; returns how many. */
    long skip(long most) {
        boolean fetched = fetchAlone();
        if (idle()) {
            spend(fetched);
            return 1;
        }
        long cycles = Math.min(most, left);
        spend((int) cycles);
        return cycles;
    }

    /** Fills the register, if it is empty and events are left, when nobody else may want the port. */
    boolean fetchAlone() {
        boolean fetches = !reader.held() && reader.left() > 0;
        if (fetches) {
            reader.fetchAlone();
            unit.count(Counter.SPIKE_READS, 1);
        }
        return fetches;
    }

    /** Spends the cycle: on the event, on the one that was just fetched, or on waiting for the port. */
    void spend(boolean fetched) {
        if (left > 0) {
            spend(1);
        } else if (fetched) {
            unit.busy();
            fetchedIdle = true;
        } else {
            unit.stall(Stall.SPIKE_PORT);
        }
    }

    /** Spends cycles on the event. Stalls come first, those for potentials before those for weights. */
    void spend(int cycles) {
        left -= cycles;
        int forPotentials = Math.min(cycles, potentialStallsLeft);
        int forWeights = Math.min(cycles - forPotentials, weightStallsLeft);
        potentialStallsLeft -= forPotentials;
        weightStallsLeft -= forWeights;
        spent(cycles, forPotentials, forWeights);
    }

    /**
     * Does all events of the step at once, the first of which was not fetched yet, if they take no more than so many cycles;
     * returns how many they took, or 0 if they take more.
     */
    long skip(StepCost cost, long most) {
        long cycles = costs.firstFetch() + cost.cycles();
        if (cycles > most) {
            return 0;
        }
        spend(cost, cycles);
        reader.end();
        return cycles;
    }

    private void spend(StepCost cost, long cycles) {
        updatedInStep |= cost.updates() > 0;
        spent(cycles, cost.potentialStalls(), cost.weightStalls());
        unit.count(Counter.SPIKE_READS, cost.events());
        unit.count(Counter.EVENTS, cost.events());
        count(cost.updates(), cost.words());
    }

    private void spent(long cycles, long forPotentials, long forWeights) {
        unit.stall(Stall.POTENTIAL_BANK, forPotentials);
        unit.stall(Stall.WEIGHT_BANK, forWeights);
        unit.busy(cycles - forPotentials - forWeights);
    }

    private void count(long updates, long words) {
        unit.count(Counter.UPDATES, updates);
        unit.count(Counter.WEIGHT_READS, words);
        unit.countReadAndWrite(updates);
    }
}
