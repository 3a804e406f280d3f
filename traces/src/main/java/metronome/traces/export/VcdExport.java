package metronome.traces.export;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import metronome.core.io.DataException;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.dram.DramDevice;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;

/** A value change dump, as docs/formats.md lays it out: scopes for each core and unit, each DRAM channel and bank, spikes and power. */
final class VcdExport implements EventSink {
    private final VcdWriter out;
    private final Agenda agenda = new Agenda();
    private final Map<Integer, VcdUnit> units = new TreeMap<>();
    private final List<VcdChannel> channels = new ArrayList<>();
    private final List<VcdWriter.Variable> spikes = new ArrayList<>();
    private final Map<Component, VcdWriter.Variable> levels = new EnumMap<>(Component.class);
    private final Optional<PowerLevels> power;
    private final Set<EventStream> streams;
    private VcdWriter.Variable image;
    private int cores;

    VcdExport(ExportSource source, OutputStream to) {
        TraceHeader header = source.header();
        TimeAxis axis = TimeAxis.of(header);
        streams = header.streams();
        out = new VcdWriter(new AsciiOut(to), axis);
        out.head("metronome " + header.provenance().version(), comments(header));
        Optional<Target> target = header.hardware().map(TracedHardware::target);
        out.scope("chip", () -> declare(header, target));
        out.endOfDeclarations();
        power = levels.isEmpty() ? Optional.empty() : target.map(t -> new PowerLevels(t, axis, agenda,
                (component, level) -> levels.get(component).set(level)));
    }

    private static List<String> comments(TraceHeader header) {
        return List.of(header.provenance().command(), "layers: " + numbered(header.spikes().layers().stream()
                .map(TracedNetwork.Layer::name).toList(), 0), "stalls: 0 none, " + numbered(Arrays.stream(Stall.values())
                .map(Stall::label).toList(), 1), "commands: 0 none, " + numbered(Arrays.stream(Command.values())
                .map(ObjectReader::spelling).toList(), 1));
    }

    private static String numbered(List<String> words, int first) {
        List<String> numbered = new ArrayList<>();
        words.forEach(word -> numbered.add(first + numbered.size() + " " + word));
        return String.join(", ", numbered);
    }

    private void declare(TraceHeader header, Optional<Target> target) {
        image = out.number("image");
        if (streams.contains(EventStream.SPIKES)) {
            out.scope("spikes", () -> spikes(header.spikes().layers()));
        }
        target.ifPresent(this::declare);
    }

    private void spikes(List<TracedNetwork.Layer> layers) {
        VcdNames names = new VcdNames();
        layers.forEach(layer -> spikes.add(out.number(names.of(layer.name()))));
    }

    private void declare(Target target) {
        if (streams.contains(EventStream.INSTRUCTIONS) || streams.contains(EventStream.STALLS)) {
            for (int core = 0; core < TargetRules.cores(target); core++) {
                out.scope("core" + core, this::units);
            }
        }
        if (streams.contains(EventStream.DRAM)) {
            int banks = DramDevice.preset(target.choice(TargetField.DRAM_KIND)).banks();
            out.scope("dram", () -> {
                for (int channel = 0; channel < target.count(TargetField.DRAM_CHANNELS); channel++) {
                    out.scope("channel" + channel, () -> channels.add(new VcdChannel(out, agenda, banks)));
                }
            });
        }
        if (streams.contains(EventStream.ENERGY)) {
            out.scope("dynamic_mW", () -> {
                for (Component component : Component.values()) {
                    levels.put(component, out.real(component.label()));
                }
            });
        }
    }

    private void units() {
        for (Component unit : Component.values()) {
            if (unit.unit()) {
                out.scope(unit.label(), () -> units.put(OpenInstructions.key(cores, unit), new VcdUnit(out, agenda,
                        streams.contains(EventStream.INSTRUCTIONS), streams.contains(EventStream.STALLS))));
            }
        }
        cores++;
    }

    @Override
    public void begin(ExportSource.Image shown, long time) {
        moveTo(time);
        image.set(shown.number());
        spikes.forEach(counter -> counter.set(0));
        units.values().forEach(VcdUnit::clear);
        channels.forEach(VcdChannel::clear);
    }

    private void moveTo(long time) {
        agenda.runTo(time, out::moveTo);
        out.moveTo(time);
    }

    @Override
    public void accept(ChipEvent event, long time) {
        moveTo(time);
        switch (event) {
            case ChipEvent.Spike e -> spikes.get(e.layer()).add(1);
            case ChipEvent.Progress e -> unit(e.core(), e.phase() == Phase.DISPATCHED ? Component.SEQUENCER : e.unit()).progress(e, time);
            case ChipEvent.StallRun e -> unit(e.core(), e.unit()).stall(e, time);
            case ChipEvent.DramCommand e -> channel(e.channel()).accept(e, time);
            case ChipEvent.Actions e -> power.orElseThrow().accept(e, time);
            case ChipEvent.LayerTime _ -> { }
        }
    }

    private VcdUnit unit(int core, Component unit) {
        return Optional.ofNullable(units.get(OpenInstructions.key(core, unit))).orElseThrow(() -> new DataException("an event is of the unit "
                + unit.label() + " of core " + core + ", the target has " + cores + " cores"));
    }

    private VcdChannel channel(int number) {
        if (number < 0 || number >= channels.size()) {
            throw new DataException("a command is of channel " + number + " of " + channels.size());
        }
        return channels.get(number);
    }

    @Override
    public void end(long time) {
        moveTo(time);
        units.values().forEach(VcdUnit::clear);
        channels.forEach(VcdChannel::clear);
    }

    @Override
    public void finish(long time) {
        moveTo(time);
        image.unset();
        out.finish(time);
    }
}
