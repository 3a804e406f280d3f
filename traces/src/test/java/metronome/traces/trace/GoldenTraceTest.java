package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is the first trace of version 1 still read as it was written? The file is kept for ever. */
class GoldenTraceTest {
    private static final TraceHeader HEADER = new TraceHeader(TraceHeader.Source.MACHINE,
            new TracedNetwork("golden \"net\"", Optional.of("0123456789abcdef".repeat(4)), "digits", true, 16, 4.5, new LeakPolicy(8),
                    List.of(new TracedNetwork.Layer("input", new Shape(1, 4, 4)), new TracedNetwork.Layer("conv", new Shape(3, 2, 2)),
                            new TracedNetwork.Layer("fc", new Shape(10, 1, 1)))),
            Optional.of(new TracedHardware("ab".repeat(32), "cd".repeat(32), "{\"name\":\"small\",\"base\":\"edge\"}")),
            EnumSet.allOf(EventStream.class), 100, 3, 3, new TraceHeader.Provenance("0.1.0", -9007199254740993L, "trace record --images 3"));
    @TempDir
    private Path folder;

    /** A part, of layers that have steps of their own. */
    private static final TraceHeader PART = new TraceHeader(TraceHeader.Source.IMPORT,
            new TracedNetwork("part", Optional.empty(), "s.npz", false, 7, 0, LeakPolicy.EAGER,
                    List.of(new TracedNetwork.Layer("input", new Shape(1, 4, 4)), new TracedNetwork.Layer("fc", Shape.vector(10), OptionalInt.of(2)))),
            Optional.empty(), EnumSet.of(EventStream.SPIKES), 0, 4, 1, new Cut(Optional.of(new Span(0, 9)), Optional.of(new TreeSet<>(Set.of(1)))),
            new TraceHeader.Provenance("0.1.0", 0, "trace import --from npz"));

    static byte[] golden() throws IOException {
        return resource("version-1.mtt");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenTraceTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void theFirstPartIsReadAsItWasWritten() throws IOException {
        List<ChipEvent> events = List.of(new ChipEvent.Spike(0, 1, 9, 0), new ChipEvent.Spike(0, 1, 3, 1), new ChipEvent.LayerTime(0, 0, 0),
                new ChipEvent.LayerTime(0, 1, 0));
        Path file = folder.resolve("part.mtt");
        Files.write(file, resource("version-1-part.mtt"));
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(PART, in.header());
            List<ChipEvent> read = new ArrayList<>();
            in.blocks().forEach(block -> in.read(block, read::add));
            assertEquals(events, read);
        }
    }

    private static List<List<ChipEvent>> images() {
        List<ChipEvent> first = new ArrayList<>();
        for (int neuron = 0; neuron < 16; neuron++) {
            first.add(new ChipEvent.Spike(0, 0, neuron, neuron * 7 % 17));
        }
        first.addAll(List.of(new ChipEvent.Spike(120, 1, 11, 0), new ChipEvent.Spike(120, 1, 4, 1), new ChipEvent.Spike(121, 1, 0, 16),
                new ChipEvent.Progress(3, 0, Component.LOAD, Phase.DISPATCHED, 0, 1),
                new ChipEvent.Progress(4, 0, Component.LOAD, Phase.ISSUED, 0, 1),
                new ChipEvent.Progress(90, 0, Component.LOAD, Phase.RETIRED, 0, 1),
                new ChipEvent.Progress(90, 63, Component.SEQUENCER, Phase.DISPATCHED, 2147483647, 2),
                new ChipEvent.StallRun(5, 83, 0, Component.LOAD, Stall.DRAM_LATENCY, 1),
                new ChipEvent.StallRun(5, 1, 0, Component.SEQUENCER, Stall.FETCH, 2),
                new ChipEvent.DramCommand(6, 1, Command.ACTIVATE, 15, 65535, 1), new ChipEvent.DramCommand(20, 1, Command.READ, 15, 65535, 1),
                new ChipEvent.DramCommand(21, 0, Command.PRECHARGE_ALL, 0, 0, 0), new ChipEvent.DramCommand(25, 0, Command.REFRESH, 0, 0, 0),
                new ChipEvent.Actions(0, 100, 1, Counter.LOAD_WORDS, 16), new ChipEvent.Actions(0, 100, 1, Counter.READ_BURSTS, 1),
                new ChipEvent.Actions(100, 22, 2, Counter.UPDATES, 9223372036854775807L)));
        first.addAll(ends(122, 0, 100, 22));
        List<ChipEvent> last = new ArrayList<>(List.of(new ChipEvent.Spike(4611686018427387904L, 2, 9, 3)));
        last.addAll(ends(4611686018427387905L, 0, 4611686018427387905L, 0));
        return List.of(first, ends(0, 0, 0, 0), last);
    }

    private static List<ChipEvent> ends(long end, long... cycles) {
        List<ChipEvent> ends = new ArrayList<>();
        for (int layer = 0; layer < cycles.length; layer++) {
            ends.add(new ChipEvent.LayerTime(end, layer, cycles[layer]));
        }
        return ends;
    }

    @Test
    void theFirstFileIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("golden.mtt");
        Files.write(file, golden());
        check(file);
    }

    /** What is written today is read as the same; its bytes may differ, because deflaters of other versions pack otherwise. */
    @Test
    void whatIsWrittenTodayIsReadAsTheSame() {
        Path file = folder.resolve("today.mtt");
        SmallTraces.write(file, HEADER, images());
        check(file);
    }

    private static void check(Path file) {
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(HEADER, in.header());
            assertEquals("small", in.header().hardware().orElseThrow().target().name());
            List<List<ChipEvent>> images = images();
            for (int i = 0; i < images.size(); i++) {
                for (EventStream stream : EventStream.values()) {
                    int image = 3 + i;
                    List<ChipEvent> read = new ArrayList<>();
                    in.blocks(stream).filter(b -> b.image() == image).forEach(b -> in.read(b, read::add));
                    assertEquals(images.get(i).stream().filter(e -> e.stream() == stream).toList(), read);
                }
            }
        }
    }
}
