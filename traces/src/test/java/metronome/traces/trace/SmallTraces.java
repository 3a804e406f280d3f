package metronome.traces.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
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
import metronome.isa.target.TargetWriter;

/** Traces of a few events, for tests that write and read them. */
public final class SmallTraces {
    public static final List<TracedNetwork.Layer> LAYERS = List.of(new TracedNetwork.Layer("input", new Shape(2, 5, 3)),
            new TracedNetwork.Layer("conv \"1\"", new Shape(4, 3, 7)), new TracedNetwork.Layer("fc", new Shape(10, 1, 1)));

    private SmallTraces() {
    }

    public static TraceHeader header(int firstImage, int images) {
        return header(EnumSet.allOf(EventStream.class), firstImage, images);
    }

    public static TraceHeader header(Set<EventStream> streams, int firstImage, int images) {
        return new TraceHeader(TraceHeader.Source.MACHINE,
                new TracedNetwork("small", Optional.of("ab".repeat(32)), "digits", true, 16, 4, new LeakPolicy(3), LAYERS),
                Optional.of(new TracedHardware("cd".repeat(32), TargetWriter.hash(Target.preset()),
                        metronome.core.json.JsonWriter.compact(TargetWriter.json(Target.preset())))),
                streams, 64, firstImage, images, new TraceHeader.Provenance("0.1.0", -1L << 62, "trace record --seed 1"));
    }

    /** An event of any stream; extremes come often. */
    public static ChipEvent event(RandomGenerator random, long cycle) {
        int layer = random.nextInt(LAYERS.size());
        return switch (EventStream.values()[random.nextInt(EventStream.values().length)]) {
            case SPIKES -> new ChipEvent.Spike(cycle, layer, random.nextInt(LAYERS.get(layer).shape().size()), random.nextInt(17));
            case INSTRUCTIONS -> new ChipEvent.Progress(cycle, random.nextInt(64), one(random, Component.values()),
                    one(random, Phase.values()), extreme(random), layer);
            case STALLS -> new ChipEvent.StallRun(cycle, 1 + random.nextInt(1000), random.nextInt(64),
                    one(random, Component.values()), one(random, Stall.values()), layer);
            case DRAM -> new ChipEvent.DramCommand(cycle, random.nextInt(8), one(random, Command.values()), random.nextInt(64),
                    extreme(random), layer);
            case ENERGY -> new ChipEvent.Actions(cycle, 64, layer, one(random, Counter.values()),
                    1 + random.nextLong(random.nextBoolean() ? 10 : Long.MAX_VALUE - 1));
            case LAYERS -> new ChipEvent.LayerTime(cycle, layer, random.nextInt(1000));
        };
    }

    private static int extreme(RandomGenerator random) {
        return random.nextInt(4) == 0 ? Integer.MAX_VALUE - random.nextInt(2) : random.nextInt(100);
    }

    private static <E> E one(RandomGenerator random, E[] of) {
        return of[random.nextInt(of.length)];
    }

    public static List<ChipEvent> events(RandomGenerator random, int count) {
        List<ChipEvent> events = new ArrayList<>();
        long cycle = 0;
        while (events.size() < count) {
            cycle += random.nextInt(3) == 0 ? random.nextInt(500) : 0;
            events.add(event(random, random.nextInt(1000) == 0 ? Long.MAX_VALUE / 2 : cycle));
        }
        return events;
    }

    /** The events of an image, and its end. */
    public static List<ChipEvent> whole(List<ChipEvent> events) {
        List<ChipEvent> whole = new ArrayList<>(events);
        whole.add(new ChipEvent.LayerTime(1500, 2, 1500));
        return whole;
    }

    public static void write(Path file, TraceHeader header, List<List<ChipEvent>> images) {
        try (TraceWriter out = TraceWriter.create(file, header)) {
            for (int i = 0; i < images.size(); i++) {
                try (TraceWriter.Image image = out.image(header.firstImage() + i)) {
                    images.get(i).forEach(image);
                    image.end();
                }
            }
            out.finish();
        }
    }

    /** The events of a stream of an image; spikes of one layer. */
    public static List<ChipEvent> read(TraceReader in, EventStream stream, int image, int layer) {
        List<ChipEvent> events = new ArrayList<>();
        in.blocks(stream).filter(b -> b.image() == image && b.hasLayer(layer)).forEach(b -> in.read(b, events::add));
        return events;
    }
}
