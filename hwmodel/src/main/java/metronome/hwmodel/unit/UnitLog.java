package metronome.hwmodel.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.program.Event;

/**
 * What one unit of a core does, cycle by cycle, whoever lets it go through many cycles at once: every cycle that it counts as
 * busy or stalled moves the time, and the end of what it goes through sets it right where it was idle.
 */
public final class UnitLog {
    /** Of all units of which nobody wants to know anything; it is not {@link #on}, so that nothing is told to it. */
    public static final UnitLog NONE = new UnitLog(0, Component.SEQUENCER, List.of(), Set.of());

    private final int core;
    private final Component unit;
    private final List<Shape> shapes;
    private final boolean spikes;
    private final boolean instructions;
    private final boolean stalls;
    private final List<ChipEvent> events = new ArrayList<>();
    /** Numbers of the instructions in the queue, and of the one under way. */
    private final Queue<Integer> queue = new ArrayDeque<>(1);
    private int number;
    /** The first cycle that the unit has not gone through. */
    private long clock;
    /** The first cycle of which nothing is known. */
    private long at;
    private long runFrom;
    private long runTo;
    private Stall cause = Stall.SEMAPHORE;
    private int layer;

    /**
     * Creates a log at cycle 0.
     *
     * @param core whose unit it is
     * @param unit which
     * @param shapes of the program's layers
     * @param streams that are asked for
     */
    public UnitLog(int core, Component unit, List<Shape> shapes, Set<EventStream> streams) {
        this.core = core;
        this.unit = unit;
        this.shapes = shapes;
        this.spikes = streams.contains(EventStream.SPIKES);
        this.instructions = streams.contains(EventStream.INSTRUCTIONS);
        this.stalls = streams.contains(EventStream.STALLS);
    }

    /** {@return the core} */
    public int core() {
        return core;
    }

    /** {@return the unit} */
    public Component unit() {
        return unit;
    }

    /** Whether anything is asked for; if not, nothing is to be told. */
    boolean on() {
        return spikes || instructions || stalls;
    }

    /** Whether it must be told which cycles were stalls, not only how many. */
    boolean stalls() {
        return stalls;
    }

    /** The unit went through so many cycles; what it did in them was told before. */
    void passed(long cycles) {
        clock += cycles;
        at = clock;
    }

    /** The unit was busy for the next so many cycles. */
    void busy(long cycles) {
        at += cycles;
    }

    /** The unit stalled for the next so many cycles, with an instruction of a layer. */
    void stalled(Stall why, long cycles, int ofLayer) {
        if (stalls && cycles > 0) {
            if (runTo != at || cause != why || layer != ofLayer) {
                endRun();
                runFrom = at;
                cause = why;
                layer = ofLayer;
            }
            runTo = at + cycles;
        }
        at += cycles;
    }

    private void endRun() {
        if (runTo > runFrom) {
            events.add(new ChipEvent.StallRun(runFrom, runTo - runFrom, core, unit, cause, layer));
        }
        runFrom = runTo;
    }

    /** In this cycle the sequencer whose log it is puts an instruction into the queue of a unit. */
    void dispatched(Component to, int index, int ofLayer) {
        tell(to, Phase.DISPATCHED, index, ofLayer);
    }

    /** An instruction of that number comes into the unit's queue. */
    void queued(int index) {
        queue.add(index);
    }

    /** In this cycle the unit takes the next instruction. */
    void issued(int ofLayer) {
        number = queue.remove();
        tell(unit, Phase.ISSUED, number, ofLayer);
    }

    /** In this cycle the instruction is complete. */
    void retired(int ofLayer) {
        tell(unit, Phase.RETIRED, number, ofLayer);
    }

    private void tell(Component whose, Phase phase, int index, int ofLayer) {
        if (instructions) {
            events.add(new ChipEvent.Progress(clock, core, whose, phase, index, ofLayer));
        }
    }

    /** In this cycle a neuron fires. */
    void fired(int ofLayer, int event, int step) {
        if (spikes) {
            events.add(new ChipEvent.Spike(clock, ofLayer, Event.index(event, shapes.get(ofLayer)), step));
        }
    }

    /**
     * {@return what was told since this was last asked; a run of stalls that goes on is told as far as it has come}
     */
    public List<ChipEvent> take() {
        endRun();
        List<ChipEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
