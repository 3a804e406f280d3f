package metronome.traces.export;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.instruction.Instruction;
import metronome.isa.target.TargetField;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracedHardware;

/** Trace-event JSON, as docs/formats.md lays it out: images, spikes, power, DRAM, and each core with its units. */
final class PerfettoExport implements EventSink {
    private static final int IMAGES = 1;
    private static final int SPIKES = 2;
    private static final int POWER = 3;
    private static final int DRAM = 4;
    private static final int FIRST_CORE = 10;
    /** More than a channel has banks, with a place before them for commands to all. */
    private static final int BANKS = 1 << 10;

    private final TraceEventWriter out;
    private final InstructionNames names;
    private final List<String> layers;
    private final Agenda agenda = new Agenda();
    private final CounterTracks counters;
    private final List<CounterTracks.Counter> spikes = new ArrayList<>();
    private final Optional<PowerLevels> power;
    /** None where instructions of some layers are not known: they use the same regions. */
    private final Optional<SpikeFlows> flows;
    private final Map<Integer, SpikeFlows.Slice> flights = new TreeMap<>();
    /** Of layers that are not drawn. */
    private final Map<Integer, SpikeFlows.Slice> aside = new TreeMap<>();
    private final long firstCycle;
    private long start;

    /** @param code of each core, if it is known */
    PerfettoExport(ExportSource source, Optional<List<List<Instruction>>> code, OutputStream to) {
        TraceHeader header = source.header();
        TimeAxis axis = TimeAxis.of(header);
        firstCycle = source.drawn().first();
        out = new TraceEventWriter(new AsciiOut(to), axis, about(header));
        names = new InstructionNames(header.spikes().layers(), code);
        layers = header.spikes().layers().stream().map(layer -> TraceEventWriter.quoted(layer.name())).toList();
        counters = new CounterTracks(out);
        flows = source.hasInstructionsOfAllLayers() ? Optional.of(new SpikeFlows(columns(header), this::flow)) : Optional.empty();
        out.process(IMAGES, "images");
        if (header.streams().contains(EventStream.SPIKES)) {
            out.process(SPIKES, "spikes");
            header.spikes().layers().forEach(layer -> spikes.add(counters.counter(SPIKES, layer.name(), "spikes")));
        }
        power = header.streams().contains(EventStream.ENERGY) ? header.hardware().map(hardware -> power(hardware, axis))
                : Optional.empty();
    }

    private void flow(SpikeFlows.Slice writer, long from, SpikeFlows.Slice reader, long end) {
        if (writer.drawn() && reader.drawn()) {
            out.flow(writer.track(), from, reader.track(), end);
        }
    }

    private static int columns(TraceHeader header) {
        return header.hardware().map(hardware -> hardware.target().count(TargetField.MESH_COLUMNS)).orElse(1);
    }

    private PowerLevels power(TracedHardware hardware, TimeAxis axis) {
        out.process(POWER, "dynamic power");
        Map<Component, CounterTracks.Counter> tracks = new TreeMap<>();
        for (Component component : Component.values()) {
            tracks.put(component, counters.counter(POWER, component.label(), "mW"));
        }
        tracks.values().forEach(counter -> counter.set(0));
        return new PowerLevels(hardware.target(), axis, agenda, (component, level) -> tracks.get(component).set(level));
    }

    private static Json about(TraceHeader header) {
        ObjectBuilder about = Json.object().put("version", header.provenance().version()).put("command", header.provenance().command())
                .put("seed", Long.toString(header.provenance().seed())).put("network", header.spikes().network())
                .put("dataset", header.spikes().dataset());
        header.hardware().ifPresent(hardware -> about.put("target", hardware.target().name())
                .put("target_sha256", hardware.targetHash()).put("program_sha256", hardware.programHash()));
        return about.build();
    }

    @Override
    public void begin(ExportSource.Image image, long time) {
        start = time + firstCycle;
        moveTo(time);
        out.slice(out.track(IMAGES, 0, () -> "images"), time, image.length(), "\"image " + image.number() + "\"",
                "{\"image\":" + image.number() + ",\"cycles\":" + image.length() + "}");
        spikes.forEach(counter -> counter.set(0));
    }

    private void moveTo(long time) {
        agenda.runTo(time, counters::moveTo);
        counters.moveTo(time);
    }

    @Override
    public void accept(ChipEvent event, long time) {
        moveTo(time);
        switch (event) {
            case ChipEvent.Spike e -> spikes.get(e.layer()).add(1);
            case ChipEvent.Progress e -> progress(e, time);
            case ChipEvent.StallRun e -> stall(e, time);
            case ChipEvent.DramCommand e -> dram(e, time);
            case ChipEvent.Actions e -> power.orElseThrow().accept(e, time);
            case ChipEvent.LayerTime _ -> { }
        }
    }

    private Track unit(int core, Component unit) {
        out.process(FIRST_CORE + core, "core " + core);
        return out.track(FIRST_CORE + core, 2 * unit.ordinal(), unit::label);
    }

    private void progress(ChipEvent.Progress e, long time) {
        Track track = unit(e.core(), e.phase() == Phase.DISPATCHED ? Component.SEQUENCER : e.unit());
        switch (e.phase()) {
            case DISPATCHED -> out.slice(track, time, 1, name(e), arguments(e));
            case ISSUED -> issue(e, track, time);
            case RETIRED -> retire(e, track, time);
        }
    }

    private void issue(ChipEvent.Progress e, Track track, long time) {
        SpikeFlows.Slice slice = new SpikeFlows.Slice(track);
        if (flights.put(OpenInstructions.key(e.core(), e.unit()), slice) != null) {
            throw new DataException(e.unit().label() + " of core " + e.core() + " takes instruction " + e.number() + " in cycle " + e.cycle()
                    + " before the one before it is complete");
        }
        out.begin(track, time, name(e), arguments(e));
        follow(e, slice, time);
    }

    private void follow(ChipEvent.Progress e, SpikeFlows.Slice slice, long time) {
        flows.ifPresent(all -> names.operation(e).ifPresent(operation -> all.issue(e.core(), operation, slice, time)));
    }

    @Override
    public void aside(ChipEvent.Progress e, long time) {
        int unit = OpenInstructions.key(e.core(), e.unit());
        if (e.phase() == Phase.ISSUED) {
            SpikeFlows.Slice slice = new SpikeFlows.Slice();
            aside.put(unit, slice);
            follow(e, slice, time);
        } else if (e.phase() == Phase.RETIRED) {
            Optional.ofNullable(aside.remove(unit)).ifPresent(slice -> slice.retire(time));
        }
    }

    private void retire(ChipEvent.Progress e, Track track, long time) {
        Optional.ofNullable(flights.remove(OpenInstructions.key(e.core(), e.unit()))).ifPresentOrElse(slice -> slice.retire(time),
                () -> out.begin(track, Math.max(start, track.end()), name(e), arguments(e)));
        out.end(track, time + 1);
    }

    private String name(ChipEvent.Progress e) {
        return TraceEventWriter.quoted(names.of(e));
    }

    private String arguments(ChipEvent.Progress e) {
        return "{\"cycle\":" + e.cycle() + ",\"number\":" + e.number() + ",\"layer\":" + layers.get(e.layer()) + "}";
    }

    private void stall(ChipEvent.StallRun e, long time) {
        out.process(FIRST_CORE + e.core(), "core " + e.core());
        Track track = out.track(FIRST_CORE + e.core(), 2 * e.unit().ordinal() + 1, () -> e.unit().label() + " stalls");
        if (time < track.end()) {
            throw new DataException(e.unit().label() + " of core " + e.core() + " stalls twice in cycle " + e.cycle());
        }
        out.slice(track, time, e.cycles(), "\"" + e.cause().label() + "\"", "{\"cycle\":" + e.cycle() + ",\"cycles\":" + e.cycles()
                + ",\"layer\":" + layers.get(e.layer()) + "}");
    }

    private void dram(ChipEvent.DramCommand e, long time) {
        out.process(DRAM, "dram");
        boolean all = e.command() == Command.REFRESH || e.command() == Command.PRECHARGE_ALL;
        Track track = out.track(DRAM, e.channel() * BANKS + (all ? 0 : e.bank() + 1),
                () -> "channel " + e.channel() + (all ? " all banks" : " bank " + e.bank()));
        out.slice(track, time, 1, "\"" + ObjectReader.spelling(e.command()) + "\"", "{\"cycle\":" + e.cycle() + ",\"row\":"
                + e.row() + ",\"layer\":" + layers.get(e.layer()) + "}");
    }

    @Override
    public void end(long time) {
        moveTo(time);
        flights.values().forEach(slice -> out.end(slice.track(), time));
        flights.clear();
        aside.clear();
        flows.ifPresent(SpikeFlows::clear);
    }

    @Override
    public void finish(long time) {
        moveTo(time);
        counters.finish();
        out.finish();
    }
}
