package metronome.traces.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.Cut;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do parts put together give the whole again, and is what does not belong together refused by name? */
class TraceMergerTest {
    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void merge(List<String> names) {
        List<TraceReader> traces = names.stream().map(name -> TraceReader.open(file(name))).toList();
        try {
            TraceMerger.merge(traces, file("merged.mtt"));
        } finally {
            traces.forEach(TraceReader::close);
        }
    }

    private void cut(String name, Optional<Span> images, Set<EventStream> streams) {
        try (TraceReader in = TraceReader.open(file("a.mtt"))) {
            TraceCutter.cut(in, new TraceSelection(Optional.empty(), List.of(), images, streams), file(name));
        }
    }

    /** Cuts images into runs, each of them into groups of streams. */
    private List<String> pieces(SplittableRandom random, TraceHeader header) {
        List<String> names = new ArrayList<>();
        for (int first = header.firstImage(); first <= header.lastImage();) {
            int last = random.nextInt(first, header.lastImage() + 1);
            Map<EventStream, Integer> groups = new EnumMap<>(EventStream.class);
            EnumSet.complementOf(EnumSet.of(EventStream.LAYERS)).forEach(stream -> groups.put(stream, random.nextInt(3)));
            for (int group : Set.copyOf(groups.values())) {
                EnumSet<EventStream> streams = EnumSet.copyOf(groups.keySet());
                streams.removeIf(stream -> groups.get(stream) != group);
                names.add(first + "-" + group + ".mtt");
                cut(names.getLast(), Optional.of(new Span(first, last)), streams);
            }
            first = last + 1;
        }
        return names;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void piecesMakeTheWholeInAnyOrder(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<ChipEvent>> images = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            images.add(SmallTraces.events(random, random.nextInt(2000)));
        }
        TraceHeader header = SmallTraces.header(random.nextInt(50), images.size());
        SmallTraces.write(file("a.mtt"), header, images);
        List<String> pieces = pieces(random, header);
        Collections.shuffle(pieces, new Random(seed));
        merge(pieces);
        assertArrayEquals(Files.readAllBytes(file("a.mtt")), Files.readAllBytes(file("merged.mtt")), "seed " + seed + ": " + pieces);
    }

    /** Blocks of streams may lie in another order then. */
    @Test
    void eventsOfManyBlocksStayTheSame() {
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 1), List.of(SmallTraces.events(new SplittableRandom(3), 900_000)));
        cut("b.mtt", Optional.empty(), EnumSet.of(EventStream.SPIKES, EventStream.ENERGY));
        cut("c.mtt", Optional.empty(), EnumSet.of(EventStream.INSTRUCTIONS, EventStream.STALLS, EventStream.DRAM));
        merge(List.of("c.mtt", "b.mtt"));
        try (TraceReader a = TraceReader.open(file("a.mtt")); TraceReader merged = TraceReader.open(file("merged.mtt"))) {
            TraceDifference difference = TraceComparison.events(a, merged, TraceSelection.ALL, 0);
            assertTrue(difference.equal());
            assertEquals(900_000, difference.streams().stream().mapToLong(TraceDifference.OfStream::equal).sum());
        }
    }

    private void refused(String message, String... names) {
        String full = message;
        for (String name : Set.copyOf(Arrays.asList(names))) {
            full = full.replace(name, file(name).toString());
        }
        assertEquals(full, assertThrows(DataException.class, () -> merge(List.of(names))).getMessage());
        assertEquals(0, folder.toFile().list((_, name) -> name.startsWith("merged")).length);
    }

    private static TraceHeader like(TraceHeader h, int firstImage, TraceHeader.Provenance provenance, Cut cut) {
        return new TraceHeader(h.source(), h.spikes(), h.hardware(), h.streams(), h.windowCycles(), firstImage, 1, cut, provenance);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        TraceHeader header = SmallTraces.header(0, 1);
        TraceHeader.Provenance how = header.provenance();
        SmallTraces.write(file("a.mtt"), header, List.of(SmallTraces.whole(List.of())));
        SmallTraces.write(file("b.mtt"), like(header, 1, new TraceHeader.Provenance(how.version(), 7, how.command()), Cut.NONE),
                List.of(SmallTraces.whole(List.of())));
        refused("a.mtt has seed -4611686018427387904, b.mtt has seed 7: expected the same", "a.mtt", "b.mtt");
        SmallTraces.write(file("b.mtt"), like(header, 1, how, new Cut(Optional.of(new Span(3, 4)), Optional.empty())), List.of(SmallTraces.whole(List.of())));
        refused("a.mtt is whole, b.mtt holds cycles 3 to 4 only: expected the same", "a.mtt", "b.mtt");
        SmallTraces.write(file("b.mtt"), like(header, 2, how, Cut.NONE), List.of(SmallTraces.whole(List.of())));
        refused("no trace has image 1 of images 0 to 2", "a.mtt", "b.mtt");
        refused("a.mtt and a.mtt both have spikes of image 0", "a.mtt", "a.mtt");
        SmallTraces.write(file("b.mtt"), SmallTraces.header(EnumSet.of(EventStream.DRAM), 1, 1), List.of(SmallTraces.whole(List.of())));
        refused("no trace has spikes of image 1", "a.mtt", "b.mtt");
    }

    private void refusedBeside(TraceHeader header, String message) {
        SmallTraces.write(file("b.mtt"), header, List.of(SmallTraces.whole(List.of())));
        refused(message + ": expected the same", "a.mtt", "b.mtt");
    }

    private static TraceHeader with(TracedNetwork spikes, Optional<TracedHardware> hardware, int window, Cut cut, String version) {
        TraceHeader h = SmallTraces.header(1, 1);
        return new TraceHeader(hardware.isEmpty() ? TraceHeader.Source.ORACLE : h.source(), spikes, hardware, hardware.isEmpty()
                ? EnumSet.of(EventStream.SPIKES) : h.streams(), window, 1, 1, cut, new TraceHeader.Provenance(version, h.provenance().seed(), ""));
    }

    private static TracedNetwork spiking(String name, Optional<String> hash, String dataset, int steps) {
        TracedNetwork s = SmallTraces.header(0, 1).spikes();
        return new TracedNetwork(name, hash, dataset, s.once(), steps, s.timeConstant(), s.leak(), s.layers());
    }

    /** Another target has another program too; which of them a user has taken is told. */
    @Test
    void whatRunsWereOfIsToldInWords() {
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 1), List.of(SmallTraces.whole(List.of())));
        TracedNetwork same = SmallTraces.header(0, 1).spikes();
        Optional<TracedHardware> mine = SmallTraces.header(0, 1).hardware();
        String hash = mine.orElseThrow().targetHash();
        Optional<TracedHardware> target = Optional.of(new TracedHardware("cd".repeat(32), "ef".repeat(32), "{\"name\":\"other\"}"));
        String targets = "a.mtt is of target default (" + hash.substring(0, 12) + "), b.mtt is of target other (efefefefefef)";
        refusedBeside(with(same, target, 64, Cut.NONE, "0.1.0"), targets);
        refusedBeside(with(same, target.map(t -> new TracedHardware("01".repeat(32), t.targetHash(), t.targetText())), 65, Cut.NONE, "0.2.0"), targets);
        refusedBeside(with(same, mine.map(m -> new TracedHardware("01".repeat(32), hash, m.targetText())), 64, Cut.NONE, "0.1.0"),
                "a.mtt is of program cdcdcdcdcdcd, b.mtt is of program 010101010101");
        refusedBeside(with(same, target.map(t -> new TracedHardware("cd".repeat(32), t.targetHash(), "[]")), 64, Cut.NONE, "0.1.0"),
                targets.replace("other", "unnamed"));
        refusedBeside(with(same, Optional.empty(), 0, Cut.NONE, "0.1.0"), "a.mtt is from the machine, b.mtt is from the functional oracle");
        refusedBeside(with(same, mine, 64, Cut.NONE, "0.2.0"), "a.mtt was recorded by metronome 0.1.0, b.mtt was recorded by metronome 0.2.0");
        refusedBeside(with(same, mine, 128, Cut.NONE, "0.1.0"), "a.mtt has windows of 64 cycles, b.mtt has windows of 128 cycles");
        refusedBeside(with(same, mine, 64, new Cut(Optional.empty(), Optional.of(new TreeSet<>(Set.of(0, 2)))), "0.1.0"),
                "a.mtt is whole, b.mtt holds layers input, fc only");
        refusedBeside(with(spiking("small", Optional.of("ef".repeat(32)), "digits", 16), target, 64, Cut.NONE, "0.1.0"),
                "a.mtt is of network small (abababababab), b.mtt is of network small (efefefefefef)");
        refusedBeside(with(spiking("large", Optional.empty(), "digits", 16), mine, 64, Cut.NONE, "0.1.0"),
                "a.mtt is of network small (abababababab), b.mtt is of network large");
        refusedBeside(with(spiking("small", same.networkHash(), "mnist", 16), mine, 64, Cut.NONE, "0.1.0"),
                "a.mtt has inputs of digits, b.mtt has inputs of mnist");
        refusedBeside(with(spiking("small", same.networkHash(), "mnist", 15), mine, 64, Cut.NONE, "0.1.0"), "a.mtt has steps 0 to 16, b.mtt has steps 0 to 15");
    }

    @Test
    void layersAreCountedOrTheFirstOtherOneIsNamed() {
        TraceHeader mine = with(spiking("small", Optional.empty(), "digits", 16), Optional.empty(), 0, Cut.NONE, "0.1.0");
        SmallTraces.write(file("a.mtt"), mine, List.of(SmallTraces.whole(List.of())));
        List<TracedNetwork.Layer> layers = new ArrayList<>(SmallTraces.LAYERS);
        layers.set(1, new TracedNetwork.Layer("conv2", layers.get(1).shape()));
        refusedBeside(with(layers), "a.mtt has layer 1 conv \"1\" 4x3x7, b.mtt has layer 1 conv2 4x3x7");
        layers = new ArrayList<>(SmallTraces.LAYERS);
        layers.set(2, new TracedNetwork.Layer("fc", new metronome.core.network.Shape(11, 1, 1)));
        refusedBeside(with(layers), "a.mtt has layer 2 fc 10x1x1, b.mtt has layer 2 fc 11x1x1");
        layers.addFirst(layers.getFirst());
        refusedBeside(with(layers), "a.mtt has 3 layers, b.mtt has 4 layers");
    }

    private static TraceHeader with(List<TracedNetwork.Layer> layers) {
        TracedNetwork s = spiking("small", Optional.empty(), "digits", 16);
        return with(new TracedNetwork("small", s.networkHash(), s.dataset(), s.once(), s.steps(), s.timeConstant(), s.leak(), layers), Optional.empty(),
                0, Cut.NONE, "0.1.0");
    }

    @Test
    void streamsOfOtherRunsAreRefused() {
        for (int cycles = 5; cycles < 7; cycles++) {
            SmallTraces.write(file(cycles + ".mtt"), SmallTraces.header(EnumSet.of(cycles == 5 ? EventStream.DRAM : EventStream.SPIKES), 0, 1),
                    List.of(List.of(new ChipEvent.LayerTime(cycles, 0, cycles))));
        }
        refused("5.mtt and 6.mtt are of other runs: layers of image 0 took other cycles", "5.mtt", "6.mtt");
    }

    @Test
    void theCommandNamesThoseOfAll() {
        TraceHeader header = SmallTraces.header(0, 1);
        String[] commands = {"trace record --images 1", "trace record", "trace record --images 1"};
        for (int i = 0; i < commands.length; i++) {
            SmallTraces.write(file(i + ".mtt"), like(header, i, new TraceHeader.Provenance("0.1.0", 1, commands[i]), Cut.NONE), List.of(SmallTraces.whole(List.of())));
        }
        merge(Arrays.asList("0.mtt", "1.mtt", "2.mtt"));
        try (TraceReader merged = TraceReader.open(file("merged.mtt"))) {
            assertEquals("trace record --images 1; trace record", merged.header().provenance().command());
            assertEquals(2, merged.header().lastImage());
        }
    }
}
