package metronome.hwmodel.unit;

import metronome.core.spiking.EventKind;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.program.Event;

/**
 * The events of a region, which {@code lif.run} takes step by step (rules LIF-12, LIF-14, LIF-22 and LIF-24). What they reach gets
 * their weights when their step begins; if neurons compare at each event, when the work on that event begins.
 */
final class StepEvents {
    private final ExecutionUnit array;
    private final Neurons neurons;
    private final EventQueue queue;
    private final EventWork work;
    private final FiredSpikes spikes;
    private final FanOutTable table;
    private final Forecast forecast;
    private final LifCosts costs;
    private final SpikeBuffer buffer;

    private StepOperands operands;
    private int step;
    /** Whether there was a spike in this step or before, and whether biases are due in this step. */
    private boolean begun;
    private boolean biasDue;
    /** Whether there is an event whose spikes are not yet latched. */
    private boolean working;

    StepEvents(LifParts parts) {
        this.array = parts.unit();
        this.neurons = parts.neurons();
        this.queue = parts.queue();
        this.work = parts.events();
        this.spikes = parts.spikes();
        this.table = parts.table();
        this.forecast = new Forecast(parts);
        this.costs = parts.costs();
        this.buffer = parts.buffer();
    }

    /** Begins with another instruction. */
    void begin(StepOperands of) {
        operands = of;
        begun = false;
        table.tile(of.reached(), of.inChannels(), of.run().weights());
        if (of.mode().waits()) {
            table.waits();
        }
        queue.begin(of.run().source(), 0, of.run().to(), false);
        forecast.begin();
    }

    /** Comes to the events of a step. */
    void beginStep(int at) {
        step = at;
        work.beginStep(step);
        boolean spiked = integrate(buffer.events(operands.run().source(), step));
        biasDue = operands.run().biased() && (!operands.mode().held() || !begun && spiked);
        begun |= spiked;
        working = false;
    }

    /** Returns whether there is a spike among the events. */
    private boolean integrate(EventList events) {
        boolean waits = operands.mode().waits();
        operands.tile().geometry().requireAll(events, queue.size(), waits ? EventKind.KINDS * operands.inChannels() : operands.inChannels());
        boolean spiked = false;
        for (int i = 0; i < queue.size(); i++) {
            spiked |= !waits || EventKind.of(Event.channel(events.get(i))) == EventKind.SPIKE;
        }
        if (waits) {
            neurons.integrateWaiting(operands.reached(), events, queue.size(), operands.run().weights(), operands.run().shift());
        } else if (!operands.mode().eachEvent()) {
            neurons.integrate(operands.reached(), events, queue.size(), operands.run().weights(), operands.run().shift());
        }
        return spiked;
    }

    /** Whether biases are due in this step. */
    boolean biasDue() {
        return biasDue;
    }

    /** Whether the step has no event that is still to be worked on. */
    boolean finished() {
        return work.finished();
    }

    /** Whether an event of this step has reached a potential. */
    boolean updated() {
        return work.updatedInStep();
    }

    /** After the last step: the region is released if it is said so. */
    void end() {
        if (operands.run().release()) {
            buffer.release(operands.run().source());
        }
    }

    /** First phase of a cycle, in which the array may come to an event. */
    void request(boolean comes) {
        queue.request(comes && work.idle());
    }

    /** Reads ahead in so many cycles in which nobody else may want the port. */
    void fetchAlone(long cycles) {
        work.fetchAlone(cycles);
    }

    /** The same in a cycle in which others may. */
    void fetch() {
        work.fetch();
    }

    /** A cycle of the work. */
    void step() {
        beginHeldEvent();
        work.spend(work.fetch());
        latchFinished();
    }

    private void beginHeldEvent() {
        if (work.idle() && queue.held()) {
            beginEvent(queue.take());
        }
    }

    private void beginEvent(int event) {
        FanOutCost cost = table.cost(event);
        work.begin(cost);
        working = true;
        EventList fired = spikes.clear();
        if (operands.mode().eachEvent()) {
            neurons.arrive(event, operands.run().weights(), operands.run().shift(), fired);
            array.count(Counter.COMPARES, cost.updates());
            if (operands.late(step)) {
                spikes.clear();
            }
        }
    }

    /** LIF-14: spikes are latched at the end of the event that made neurons fire. */
    private void latchFinished() {
        if (work.idle() && working) {
            working = false;
            spikes.latchBelow(Integer.MAX_VALUE, operands.spikeStep(step));
        }
    }

    /** Whether it is known before what events cost. */
    boolean foreseen() {
        return table.remembering();
    }

    /** Whether others may want the port or write into the region. */
    boolean disturbed() {
        return !buffer.readPort().alone(SharedPort.User.LIF) || buffer.beingWritten(operands.run().source());
    }

    /** Cycles until the end of an event, which may let neurons fire or be the last, or else of all and the drain. */
    long quiet() {
        return operands.mode().eachEvent() ? quietOfEvent() : forecast.eventsLeft(operands.run().source(), step);
    }

    private long quietOfEvent() {
        if (!work.idle()) {
            return work.left() - 1;
        }
        FanOutCost next = table.cost(buffer.event(operands.run().source(), step, queue.taken()));
        return queue.held() ? costs.event(next.cycles(), work.fetchedIdle()) - 1 : 1;
    }

    /** All events of a step at once, if they have not begun, end in time, and only sums matter; else one by one. Returns the cycles. */
    long skip(long most) {
        if (queue.fresh() && !operands.mode().eachEvent() && !array.logsStalls()) {
            long cycles = work.skip(forecast.left(operands.run().source(), step), most);
            if (cycles > 0) {
                return cycles;
            }
        }
        beginHeldEvent();
        long cycles = work.skip(most);
        latchFinished();
        return cycles;
    }
}
