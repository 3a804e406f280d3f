package metronome.hwmodel.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.dram.CommandObserver;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.unit.UnitLog;
import metronome.isa.program.ProgramMap;

/** Collects what the parts of a chip tell of a window of cycles, and hands it to a probe in an order that engines do not change. */
final class RunLog {
    private static final Comparator<ChipEvent> BY_CYCLE = Comparator.comparingLong(ChipEvent::cycle);
    private static final Set<EventStream> OF_UNITS = Set.of(EventStream.SPIKES, EventStream.INSTRUCTIONS, EventStream.STALLS);
    /** Of all runs to which nobody listens; nothing is told to it. */
    private static final RunLog NONE = new RunLog(new Probe(Set.of(), 1, _ -> { }), List.of());

    private final Probe probe;
    private final Set<EventStream> streams;
    private final List<Shape> shapes;
    private final List<UnitLog> units = new ArrayList<>();
    private final List<ChipEvent> commands = new ArrayList<>();
    /** What was counted up to the end of the last window. */
    private Counts before;
    private long windowFrom;
    /** The cycle that the DRAM goes through. */
    private long dramCycle;

    private RunLog(Probe probe, List<Shape> shapes) {
        this.probe = probe;
        this.streams = probe.streams();
        this.shapes = shapes;
        this.before = new Counts(shapes.size());
    }

    /** The log of a run; without a probe, or with one that asks for no stream, nothing is made for it. */
    static RunLog of(Optional<Probe> probe, ProgramMap map) {
        return probe.isEmpty() || probe.get().streams().isEmpty() ? NONE
                : new RunLog(probe.get(), map.layers().stream().map(ProgramMap.Layer::output).toList());
    }

    /** Whether anybody listens to anything. */
    boolean on() {
        return !streams.isEmpty();
    }

    /** How many cycles a window has. */
    int windowCycles() {
        return probe.windowCycles();
    }

    /** What gives the log of each unit of a core. */
    Function<Component, UnitLog> units(int core) {
        return Collections.disjoint(streams, OF_UNITS) ? _ -> UnitLog.NONE : unit -> unit(core, unit);
    }

    private UnitLog unit(int core, Component unit) {
        UnitLog log = new UnitLog(core, unit, shapes, streams);
        units.add(log);
        units.sort(Comparator.comparingInt(UnitLog::core).thenComparing(UnitLog::unit));
        return log;
    }

    /** Who watches the command buses. */
    CommandObserver commands() {
        return streams.contains(EventStream.DRAM) ? (channel, command, bank, row, layer, _) -> command(channel, command, bank, row,
                layer) : CommandObserver.NONE;
    }

    private void command(int channel, Command command, int bank, int row, int layer) {
        commands.add(new ChipEvent.DramCommand(dramCycle, channel, command, bank, row, layer));
    }

    /** The DRAM went through so many cycles. */
    void dramPassed(long cycles) {
        dramCycle += cycles;
    }

    /** Tells of the spikes of the input. */
    void input(SpikeTrain train) {
        if (streams.contains(EventStream.SPIKES)) {
            for (int step = 0; step < train.neurons().length; step++) {
                for (int neuron : train.neurons()[step]) {
                    tell(new ChipEvent.Spike(0, 0, neuron, step));
                }
            }
        }
    }

    /** Tells of a window; all parts of the chip must have come to its end. */
    void endWindow(Counts counts) {
        List<ChipEvent> events = new ArrayList<>();
        units.forEach(unit -> events.addAll(unit.take()));
        events.addAll(commands);
        commands.clear();
        for (EventStream stream : streams) {
            events.stream().filter(e -> e.stream() == stream).sorted(BY_CYCLE).forEach(this::tell);
        }
        if (streams.contains(EventStream.ENERGY)) {
            actions(counts);
        }
        windowFrom = counts.cycles();
    }

    private void actions(Counts counts) {
        for (int layer = 0; layer < shapes.size(); layer++) {
            for (Counter counter : Counter.values()) {
                long times = counts.of(layer, counter) - before.of(layer, counter);
                if (times > 0) {
                    tell(new ChipEvent.Actions(windowFrom, counts.cycles() - windowFrom, layer, counter, times));
                }
            }
        }
        before = counts;
    }

    /** Tells of the end of the run. */
    void end(Counts counts) {
        if (!streams.contains(EventStream.LAYERS)) {
            return;
        }
        for (int layer = 0; layer < shapes.size(); layer++) {
            tell(new ChipEvent.LayerTime(counts.cycles(), layer, counts.cycles(layer)));
        }
    }

    private void tell(ChipEvent event) {
        probe.events().accept(event);
    }
}
