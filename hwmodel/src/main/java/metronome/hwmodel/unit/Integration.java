package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.LifOperation;

/** How the LIF array executes {@code lif.integrate} (rules LIF-3 to LIF-6 and LIF-17). */
final class Integration implements LifWork {
    private final ExecutionUnit unit;
    private final Neurons neurons;
    private final EventQueue queue;
    private final EventWork events;
    private final LifCosts costs;
    private final LazyLeak stamps;
    private final FanOutTable table;
    private final SpikeBuffer buffer;
    private final Forecast forecast;

    private LifOperation.Integrate integrate;
    private Tile tile;
    private int inChannels;
    private Phase phase = Phase.DONE;
    private int step;
    private int left;

    /** What the array is doing within a step, in this order. */
    private enum Phase {
        LEAK, WAIT, EVENTS, DRAIN, DONE
    }

    Integration(LifParts parts) {
        this.unit = parts.unit();
        this.neurons = parts.neurons();
        this.queue = parts.queue();
        this.events = parts.events();
        this.costs = parts.costs();
        this.stamps = parts.stamps();
        this.table = parts.table();
        this.forecast = new Forecast(parts);
        this.buffer = parts.buffer();
    }

    LifWork begin(LifOperation.Integrate started, Tile of, int channels, int leak) {
        integrate = started;
        tile = of;
        inChannels = channels;
        stamps.integrate(started.to());
        table.tile(tile, inChannels, started.weights());
        queue.begin(started.region(), started.from(), started.to(), started.follow());
        forecast.begin();
        step = started.from();
        upcoming(new WindowPlan.Planned(tile, started, channels, leak, 0, List.of())).ifPresent(neurons::foresee);
        beginStep();
        return this;
    }

    /** Tells the neurons of a window that the array will come to. */
    void foresee(WindowPlan.Planned window) {
        upcoming(window).ifPresent(neurons::foreseeCleared);
    }

    /** A window all of whose events are there, if its costs do not depend on who leaks how long. */
    private Optional<UpcomingWindow> upcoming(WindowPlan.Planned window) {
        LifOperation.Integrate i = window.integrate();
        if (!table.remembering() || stamps.lazy() || !closed(i, i.to()) || buffer.beingWritten(i.region())) {
            return Optional.empty();
        }
        List<CellEvents.Step> steps = new ArrayList<>();
        for (int k = i.from(); k <= i.to(); k++) {
            EventList list = buffer.events(i.region(), k);
            steps.add(new CellEvents.Step(k > 0, list, list.size()));
        }
        return Optional.of(new UpcomingWindow(window.tile(), steps, buffer.releases(i.region()), window.leak(), window.inputs(),
                i.weights(), i.shift()));
    }

    /** LIF-3: a step after the first of a window begins with a leak sweep, then come its events. */
    private void beginStep() {
        if (step > 0 && !stamps.lazy()) {
            neurons.leak();
            phase = Phase.LEAK;
            left = costs.leakSweep(tile.size());
            unit.count(Counter.LEAKS, tile.size());
            unit.countReadAndWrite(tile.size());
        } else {
            beginClosedEvents();
        }
    }

    /** FIRE-5: begins the events of a step, or waits until they are all there. */
    private void beginClosedEvents() {
        if (closed(step)) {
            beginEvents();
        } else {
            phase = Phase.WAIT;
        }
    }

    private boolean closed(int k) {
        return closed(integrate, k);
    }

    private boolean closed(LifOperation.Integrate i, int k) {
        return !i.follow() || buffer.closed(i.region()) >= k;
    }

    private void beginEvents() {
        events.beginStep(step);
        EventList list = buffer.events(integrate.region(), step);
        tile.geometry().requireAll(list, queue.size(), inChannels);
        if (!stamps.lazy()) {
            neurons.integrate(tile, list, queue.size(), integrate.weights(), integrate.shift());
        }
        if (queue.exhausted()) {
            endStep();
        } else {
            phase = Phase.EVENTS;
        }
    }

    /** LIF-6: what was added in a step is written before the next sweep reads it. */
    private void endEvents() {
        if (events.updatedInStep() && costs.drainCycles() > 0) {
            phase = Phase.DRAIN;
            left = costs.drainCycles();
        } else {
            endStep();
        }
    }

    private void endStep() {
        if (step < integrate.to()) {
            step++;
            beginStep();
            return;
        }
        phase = Phase.DONE;
        neurons.endWindow();
        if (integrate.release()) {
            buffer.release(integrate.region());
        }
    }

    @Override
    public boolean done() {
        return phase == Phase.DONE;
    }

    @Override
    public void request() {
        queue.request(phase == Phase.EVENTS && events.idle());
    }

    @Override
    public void step() {
        if (phase == Phase.EVENTS) {
            stepEvents();
        } else {
            events.fetch();
            passOrAwait();
        }
    }

    private void passOrAwait() {
        if (phase == Phase.WAIT) {
            unit.await(Stall.PRODUCER, 1);
            beginClosedEvents();
        } else {
            pass(1);
        }
    }

    private void stepEvents() {
        beginHeldEvent();
        events.spend(events.fetch());
        if (events.finished()) {
            endEvents();
        }
    }

    private void beginHeldEvent() {
        if (events.idle() && queue.held()) {
            int event = queue.take();
            events.begin(table.cost(event));
            if (stamps.lazy()) { // LIF-17
                events.extend(stamps.arrive(tile, event, step, integrate));
            }
        }
    }

    /** Cycles of a leak sweep or a drain pass. */
    private void pass(long cycles) {
        if (phase == Phase.LEAK) {
            unit.busy(cycles);
        } else {
            unit.stall(Stall.DRAIN, cycles);
        }
        left -= (int) cycles;
        if (left == 0) {
            if (phase == Phase.LEAK) {
                beginClosedEvents();
            } else {
                endStep();
            }
        }
    }

    @Override
    public boolean disturbed() {
        SharedPort port = buffer.readPort();
        return !port.alone(SharedPort.User.LIF) && !port.planned(SharedPort.User.LIF)
                || buffer.beingWritten(integrate.region());
    }

    /** All steps but the last, if nothing disturbs them and what each event costs is known by its shape. */
    @Override
    public long quietSteps() {
        if (!table.remembering() || phase == Phase.WAIT || !closed(integrate.to())
                || buffer.beingWritten(integrate.region())) {
            return 0;
        }
        if (buffer.readPort().alone(SharedPort.User.LIF)) {
            return stepsLeft() - 1;
        }
        return forecast.plans() && !stamps.lazy() ? planUses() : 0;
    }

    /** Others who read must stand back for the array, so that it can sleep if they know when it reads; returns for how long. */
    private long planUses() {
        int sweep = costs.leakSweep(tile.size());
        forecast.beginPlan();
        switch (phase) {
            case LEAK -> {
                forecast.pass(left);
                forecast.planEvents(integrate.region(), step);
            }
            case DRAIN -> forecast.pass(left);
            default -> forecast.planEventsLeft(integrate.region(), step);
        }
        for (int k = step + 1; k <= integrate.to(); k++) {
            forecast.pass(sweep);
            forecast.planEvents(integrate.region(), k);
        }
        long quiet = forecast.planned() - 1;
        if (quiet > 1) {
            buffer.readPort().plan(SharedPort.User.LIF, quiet, forecast.uses(), forecast.useCount());
        }
        return quiet;
    }

    /** Steps left; where potentials leak when they are touched, at least so many, because who leaks how long is not known yet. */
    private long stepsLeft() {
        int region = integrate.region();
        return forecast.steps(integrate, step + 1, stamps.lazy() ? 0 : costs.leakSweep(tile.size())) + switch (phase) {
            case LEAK -> left + forecast.events(region, step);
            case DRAIN -> left;
            default -> forecast.eventsLeft(region, step);
        };
    }

    @Override
    public void skipSteps(long cycles) {
        buffer.readPort().endPlan(SharedPort.User.LIF);
        long rest = cycles;
        while (rest > 0) {
            if (phase == Phase.EVENTS) {
                rest -= skipEvents(rest);
            } else {
                long passing = Math.min(rest, left);
                events.fetchAlone(passing);
                pass(passing);
                rest -= passing;
            }
        }
    }

    /** All events of a step at once, if they have not begun, end in time, and only sums matter; else one by one. */
    private long skipEvents(long most) {
        if (queue.fresh() && !stamps.lazy() && !unit.logsStalls()) {
            long cycles = events.skip(forecast.left(integrate.region(), step), most);
            if (cycles > 0) {
                endEvents();
                return cycles;
            }
        }
        beginHeldEvent();
        long cycles = events.skip(most);
        if (events.finished()) {
            endEvents();
        }
        return cycles;
    }
}
