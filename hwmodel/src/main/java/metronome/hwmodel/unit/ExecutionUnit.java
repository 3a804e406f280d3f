package metronome.hwmodel.unit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.IntConsumer;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.EventList;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;

/**
 * A unit with a queue of instructions, which it executes one after the other. Taking an instruction from the queue costs
 * a cycle (rule UNIT-1), in which the semaphores that it waits for must all be above zero (UNIT-2).
 */
public abstract class ExecutionUnit extends Clocked {
    private final Component component;
    private final SemaphoreFile semaphores;
    private final Counts counts;
    private final IntConsumer completed;
    private final SpikeObserver spikes;
    private final int depth;
    private final Queue<Instruction> queue = new ArrayDeque<>();
    private final Bell bell = new Bell();
    private final Bell progress;
    private final UnitLog log;
    private final boolean logging;
    private Instruction arriving;
    private int occupied;
    private Instruction current;
    private boolean moved;

    /**
     * What all units of a core share.
     *
     * @param semaphores of the core
     * @param counts where actions and cycles go
     * @param completed told the layer of each instruction that is complete
     * @param spikes told of every neuron that fires
     * @param depth of the unit's queue
     * @param progress rung when a unit takes an instruction or has completed one
     * @param logs gives the log of each unit
     */
    public record Surroundings(SemaphoreFile semaphores, Counts counts, IntConsumer completed, SpikeObserver spikes,
            int depth, Bell progress, Function<Component, UnitLog> logs) {
    }

    ExecutionUnit(Component component, Surroundings surroundings) {
        this.component = component;
        this.semaphores = surroundings.semaphores();
        this.counts = surroundings.counts();
        this.completed = surroundings.completed();
        this.spikes = surroundings.spikes();
        this.depth = surroundings.depth();
        this.progress = surroundings.progress();
        this.log = surroundings.logs().apply(component);
        this.logging = log.on();
    }

    /** Begins an instruction; returns whether it needs cycles beyond the one that took it. */
    abstract boolean start(Operation operation);

    /** Works for one cycle; returns whether the instruction is complete at its end. */
    abstract boolean step();

    @Override
    public final boolean tick() {
        moved = false;
        if (current == null) {
            take();
        } else if (step()) {
            finish();
        }
        passed(1);
        return moved;
    }

    /** Says that cycles are over. */
    final void passed(long cycles) {
        if (logging) {
            log.passed(cycles);
        }
    }

    private void take() {
        Instruction next = queue.peek();
        if (next == null) {
            return;
        }
        if (!semaphores.take(next.control())) {
            await(Stall.SEMAPHORE, 1);
            return;
        }
        queue.remove();
        progress.ring();
        current = next;
        busy();
        if (logging) {
            log.issued(layer());
        }
        if (!start(next.operation())) {
            finish();
        }
    }

    /** Told that the instruction is complete. */
    void ended() {
    }

    /** Ends the instruction, in the second phase of a cycle. */
    final void finish() {
        ended();
        if (logging) {
            log.retired(layer());
        }
        semaphores.signal(current.control());
        completed.accept(current.control().layer());
        current = null;
        progress.ring();
    }

    @Override
    public final long quiet() {
        if (current != null) {
            return quietSteps();
        }
        Instruction next = queue.peek();
        return next != null && semaphores.available(next.control()) ? 0 : FOREVER;
    }

    @Override
    public final void skip(long cycles) {
        if (current != null) {
            skipSteps(cycles);
        } else if (!queue.isEmpty()) {
            await(Stall.SEMAPHORE, cycles);
        }
        passed(cycles);
    }

    /** Whether {@link #stream} goes through the next cycles sooner than one after the other would; only asked when all others sleep. */
    boolean streams() {
        return false;
    }

    /**
     * Goes through cycles of an instruction that {@link #streams} as {@link Clocked#alone} does; returns how many, at least one. These are
     * those in which the DRAM does nothing: what is written becomes visible at the end of the last, as nobody looks before.
     */
    long stream(Rest rest, long most) {
        long quiet = Math.min(rest.quiet(), most);
        long gone = 0;
        do {
            request();
            tick();
            gone++;
        } while (gone < quiet && current != null && streams());
        if (gone > 1) {
            rest.skip(gone - 1);
        }
        rest.tick(true);
        return gone;
    }

    @Override
    public final long alone(Rest rest, long most) {
        request();
        rest.tick(tick());
        long gone = 1;
        while (gone < most && current != null && streams() && !rest.called()) {
            commit();
            rest.commit();
            gone += skipAlone(rest, most - gone - 1);
            gone += stream(rest, most - gone);
        }
        return gone;
    }

    private long skipAlone(Rest rest, long most) {
        long quiet = quiet() == 0 ? 0 : Math.min(rest.quiet(), most);
        if (quiet > 0) {
            skip(quiet);
            rest.skip(quiet);
        }
        return quiet;
    }

    /** How many of the next {@link #step}s of the instruction are quiet in the sense of {@link Clocked#quiet}. */
    long quietSteps() {
        return 0;
    }

    /** Does so many quiet steps at once. */
    void skipSteps(long cycles) {
        throw new IllegalStateException("never quiet");
    }

    @Override
    public void commit() {
        deliver();
        occupied = queue.size();
    }

    /** What was offered in this cycle can be taken in the next. Also called by who offered it, for a unit that sleeps. */
    final void deliver() {
        if (arriving != null) {
            queue.add(arriving);
            arriving = null;
            occupied = queue.size();
        }
    }

    @Override
    public final Bell bell() {
        return bell;
    }

    /** Whether the queue has room, by the state at the end of the previous cycle. */
    final boolean accepts() {
        return occupied < depth;
    }

    /** Puts the instruction of a number into the queue; it can be taken from the next cycle on. */
    final void offer(Instruction instruction, int number) {
        arriving = instruction;
        if (logging) {
            log.queued(number);
        }
        bell.ring();
    }

    /** {@return whether nothing is queued or under way} */
    public final boolean idle() {
        return current == null && queue.isEmpty() && arriving == null;
    }

    /** Whether the unit would not have to wait now for the semaphores of an instruction. */
    final boolean available(Control control) {
        return semaphores.available(control);
    }

    /** Whether an instruction is being executed. */
    final boolean executing() {
        return current != null;
    }

    /** {@return what the unit waits for, in words for a user who has made a deadlock} */
    public final String waiting() {
        Instruction head = current != null ? current : queue.peek();
        return component.label() + ": " + (head == null ? "idle"
                : head.operation().getClass().getSimpleName() + " of layer " + head.control().layer()
                        + (current == null ? " waits for semaphores " + head.control().waits() : " is under way"));
    }

    final void busy() {
        busy(1);
    }

    final void stall(Stall cause) {
        stall(cause, 1);
    }

    /** A stall that only another part of the chip can end. */
    final void await(Stall cause, long cycles) {
        counts.stall(component, cause, cycles);
        if (logging) {
            log.stalled(cause, cycles, (current != null ? current : queue.element()).control().layer());
        }
    }

    final void busy(long cycles) {
        counts.busy(component, cycles);
        moved = true;
        if (logging) {
            log.busy(cycles);
        }
    }

    final void stall(Stall cause, long cycles) {
        await(cause, cycles);
        moved = true;
    }

    /** Whether it matters in which cycles the unit stalls, so that those skipped must be counted in their order. */
    final boolean logsStalls() {
        return log.stalls();
    }

    final void count(Counter counter, long times) {
        counts.count(layer(), counter, times);
    }

    /** So many potentials were read and written. */
    final void countReadAndWrite(long potentials) {
        count(Counter.POTENTIAL_READS, potentials);
        count(Counter.POTENTIAL_WRITES, potentials);
    }

    /** Tells that a neuron of the instruction's layer has fired. */
    final void fired(int event, int step) {
        spikes.fired(layer(), event, step);
        if (logging) {
            log.fired(layer(), event, step);
        }
    }

    /** Tells which neurons of the instruction's layer have fired. */
    final void fired(EventList events, int step) {
        spikes.fired(layer(), events, step);
        for (int i = 0; logging && i < events.size(); i++) {
            log.fired(layer(), events.get(i), step);
        }
    }

    final Component component() {
        return component;
    }

    /** The layer of the instruction under way. */
    final int layer() {
        return current.control().layer();
    }
}
