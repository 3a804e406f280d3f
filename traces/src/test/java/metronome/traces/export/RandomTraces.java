package metronome.traces.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import metronome.core.json.JsonWriter;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetWriter;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;

/** Traces of events as a chip of two cores and two DRAM channels may tell them. */
final class RandomTraces {
    static final Target TARGET = Target.preset().with(TargetField.MESH_COLUMNS, "2").with(TargetField.DRAM_CHANNELS, "2");
    static final List<TracedNetwork.Layer> LAYERS = List.of(new TracedNetwork.Layer("input", new Shape(2, 5, 3)),
            new TracedNetwork.Layer("conv \"1\"", new Shape(4, 3, 7)), new TracedNetwork.Layer("fc", new Shape(10, 1, 1)));
    private static final int CORES = 2;
    private static final int WINDOW = 64;

    private final RandomGenerator random;
    private final int length;
    private final List<ChipEvent> events = new ArrayList<>();

    private RandomTraces(RandomGenerator random, int length) {
        this.random = random;
        this.length = length;
    }

    static TraceHeader header(Target target, int firstImage, int images) {
        return new TraceHeader(TraceHeader.Source.MACHINE,
                new TracedNetwork("small", Optional.of("ab".repeat(32)), "digits", true, 16, 4, new LeakPolicy(3), LAYERS),
                Optional.of(new TracedHardware("cd".repeat(32), TargetWriter.hash(target), JsonWriter.compact(TargetWriter.json(target)))),
                EnumSet.allOf(EventStream.class), WINDOW, firstImage, images, new TraceHeader.Provenance("0.1.0", 9, "trace record $end"));
    }

    /** The events of an image of so many cycles, those of each stream by time. */
    static List<ChipEvent> image(RandomGenerator random, int length) {
        RandomTraces made = new RandomTraces(random, length);
        for (int core = 0; core < CORES; core++) {
            for (Component unit : Component.values()) {
                if (unit.unit() && random.nextInt(4) > 0) {
                    made.unit(core, unit);
                }
            }
        }
        made.dram();
        made.spikes();
        made.actions();
        made.events.sort(Comparator.comparing(ChipEvent::stream).thenComparing(ChipEvent::cycle));
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            made.events.add(new ChipEvent.LayerTime(length, layer, layer == 0 ? length : 0));
        }
        return made.events;
    }

    private int layer() {
        return random.nextInt(LAYERS.size());
    }

    private int gap() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(12);
    }

    /** The sequencer dispatches, the others take and complete one instruction after the other; all of them stall now and then. */
    private void unit(int core, Component unit) {
        int number = 0;
        for (int cycle = gap(); cycle < length; number++) {
            int last = Math.min(length - 1, cycle + gap());
            if (unit == Component.SEQUENCER) {
                events.add(new ChipEvent.Progress(cycle, core, Component.LIF, Phase.DISPATCHED, number, layer()));
                last = cycle;
            } else {
                int layer = layer();
                events.add(new ChipEvent.Progress(cycle, core, unit, Phase.ISSUED, number, layer));
                events.add(new ChipEvent.Progress(last, core, unit, Phase.RETIRED, number, layer));
            }
            cycle = last + 1 + gap();
        }
        for (int cycle = gap(); cycle < length; cycle += gap()) {
            int cycles = 1 + Math.min(gap(), length - 1 - cycle);
            Stall cause = Stall.values()[random.nextInt(Stall.values().length)];
            events.add(new ChipEvent.StallRun(cycle, cycles, core, unit, cause, layer()));
            cycle += cycles;
        }
    }

    /** At most one command a cycle in each channel. */
    private void dram() {
        for (int channel = 0; channel < 2; channel++) {
            for (int cycle = gap(); cycle < length; cycle += 1 + gap()) {
                Command command = Command.values()[random.nextInt(Command.values().length)];
                boolean all = command == Command.REFRESH || command == Command.PRECHARGE_ALL;
                events.add(new ChipEvent.DramCommand(cycle, channel, command, all ? 0 : random.nextInt(8), all ? 0 : random.nextInt(9), layer()));
            }
        }
    }

    private void spikes() {
        for (int i = random.nextInt(60); i > 0; i--) {
            int layer = layer();
            events.add(new ChipEvent.Spike(layer == 0 ? 0 : random.nextInt(length), layer, random.nextInt(LAYERS.get(layer).shape().size()),
                    random.nextInt(17)));
        }
    }

    private void actions() {
        for (int cycle = 0; cycle < length; cycle += WINDOW) {
            for (int i = random.nextInt(6); i > 0; i--) {
                Counter counter = Counter.values()[random.nextInt(Counter.values().length)];
                events.add(new ChipEvent.Actions(cycle, Math.min(WINDOW, length - cycle), layer(), counter, 1 + random.nextInt(1000)));
            }
        }
    }
}
