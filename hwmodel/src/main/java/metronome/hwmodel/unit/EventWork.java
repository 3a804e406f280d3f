package metronome.hwmodel.unit;

import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;

/** The work of the LIF array on the events of a step, one after the other (rules LIF-3 to LIF-5). */
final class EventWork {
    private final ExecutionUnit unit;
    private final EventQueue queue;
    private final LifCosts costs;
    private int left;
    private int potentialStallsLeft;
    private int weightStallsLeft;
    private boolean updatedInStep;
    private boolean fetchedIdle;

    EventWork(ExecutionUnit unit, EventQueue queue, LifCosts costs) {
        this.unit = unit;
        this.queue = queue;
        this.costs = costs;
    }

    /** Comes to the events of a step. */
    void beginStep(int step) {
        queue.beginStep(step);
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

    /** Whether all events of the step were worked on. */
    boolean finished() {
        return left == 0 && queue.exhausted();
    }

    /** Begins the event that was taken. */
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

    /** Fills a slot of the queue if the port is granted; returns whether it did. */
    boolean fetch() {
        boolean fetched = queue.fetch();
        if (fetched) {
            unit.count(Counter.SPIKE_READS, 1);
        }
        return fetched;
    }

    /** Does at most so many cycles, when nobody else may want the port, up to the end of the event; returns how many. */
    long skip(long most) {
        long cycles = idle() ? 1 : Math.min(most, left);
        boolean fetched = fetchAlone(cycles);
        if (idle()) {
            spend(fetched);
        } else {
            spend((int) cycles);
        }
        return cycles;
    }

    /** Fills slots of the queue for so many cycles, when nobody else may want the port; returns whether it filled any. */
    boolean fetchAlone(long cycles) {
        int filled = queue.fetchAlone(cycles);
        unit.count(Counter.SPIKE_READS, filled);
        return filled > 0;
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
        queue.takeAll();
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
