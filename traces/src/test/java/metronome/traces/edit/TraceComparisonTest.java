package metronome.traces.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.traces.trace.HandMade;
import metronome.traces.trace.HeaderDifference;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TracedHardware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is the first difference found where it is, with what is around it, and is nothing found where there is none? */
class TraceComparisonTest {
    private static final int CONTEXT = 4;

    @TempDir
    private Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void write(String name, int firstImage, List<List<ChipEvent>> images) {
        SmallTraces.write(file(name), SmallTraces.header(firstImage, images.size()), images.stream().map(SmallTraces::whole).toList());
    }

    private TraceDifference events(TraceSelection selection) {
        try (TraceReader a = TraceReader.open(file("a.mtt")); TraceReader b = TraceReader.open(file("b.mtt"))) {
            return TraceComparison.events(a, b, selection, CONTEXT);
        }
    }

    private TraceDifference spikes() {
        try (TraceReader a = TraceReader.open(file("a.mtt")); TraceReader b = TraceReader.open(file("b.mtt"))) {
            return TraceComparison.spikes(a, b, TraceSelection.ALL, CONTEXT);
        }
    }

    private static TraceDifference.OfStream of(TraceDifference difference, EventStream stream) {
        return difference.streams().stream().filter(s -> s.stream() == stream).findFirst().orElseThrow();
    }

    /** The events that are in one order: those of a stream, of spikes those of a layer. */
    private static List<ChipEvent> inOrder(List<ChipEvent> events, ChipEvent like) {
        return events.stream().filter(e -> e.stream() == like.stream() && (e.stream() != EventStream.SPIKES || e.layer() == like.layer()))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aPlantedChangeIsFoundAtItsPlace(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 15; i++) {
            List<List<ChipEvent>> images = new ArrayList<>();
            for (int image = 0; image < 3; image++) {
                images.add(SmallTraces.events(random, random.nextInt(1, 600)));
            }
            int image = random.nextInt(3);
            List<ChipEvent> changed = new ArrayList<>(images.get(image));
            int at = random.nextInt(changed.size());
            ChipEvent old = changed.get(at);
            ChipEvent other = other(random, old);
            switch (random.nextInt(3)) {
                case 0 -> changed.set(at, other);
                case 1 -> changed.add(at, other);
                default -> changed.remove(at);
            }
            write("a.mtt", 5, images);
            List<List<ChipEvent>> others = new ArrayList<>(images);
            others.set(image, changed);
            write("b.mtt", 5, others);
            check(events(TraceSelection.ALL), 5 + image, inOrder(SmallTraces.whole(images.get(image)), old),
                    inOrder(SmallTraces.whole(changed), old), old.stream(),
                    "seed " + seed + ", case " + i);
        }
    }

    /** One of the same stream and layer, in the same cycle. */
    private static ChipEvent other(SplittableRandom random, ChipEvent event) {
        while (true) {
            ChipEvent other = SmallTraces.event(random, event.cycle());
            if (other.stream() == event.stream() && other.layer() == event.layer() && !other.equals(event)) {
                return other;
            }
        }
    }

    private static void check(TraceDifference found, int image, List<ChipEvent> left, List<ChipEvent> right, EventStream stream, String seed) {
        int at = 0;
        while (at < left.size() && at < right.size() && left.get(at).equals(right.get(at))) {
            at++;
        }
        assertFalse(found.equal(), seed);
        assertEquals(new TraceDifference.Divergence(image, at, left.subList(Math.max(0, at - CONTEXT), at),
                left.subList(at, Math.min(left.size(), at + CONTEXT + 1)), right.subList(at, Math.min(right.size(), at + CONTEXT + 1))),
                of(found, stream).first().orElseThrow(), seed);
        assertTrue(found.streams().stream().allMatch(s -> s.stream() == stream || s.first().isEmpty()), seed);
        assertEquals(List.of(), found.header(), seed);
    }

    @Test
    void equalTracesAreEqual() {
        List<List<ChipEvent>> images = List.of(SmallTraces.events(new SplittableRandom(7), 5000), List.of());
        write("a.mtt", 0, images);
        write("b.mtt", 0, images);
        TraceDifference found = events(TraceSelection.ALL);
        assertTrue(found.equal());
        assertEquals(5002, found.streams().stream().mapToLong(TraceDifference.OfStream::equal).sum());
        assertTrue(spikes().equal());
        assertEquals(List.of(EventStream.SPIKES), spikes().streams().stream().map(TraceDifference.OfStream::stream).toList());
    }

    @Test
    void differencesAreFoundBeyondTheFirstBlock() {
        List<ChipEvent> events = new ArrayList<>();
        for (int i = 0; i < 150_000; i++) {
            events.add(new ChipEvent.DramCommand(i, 0, Command.READ, i % 7, i % 1000, 1));
        }
        write("a.mtt", 0, List.of(events));
        List<ChipEvent> changed = new ArrayList<>(events);
        changed.set(140_000, new ChipEvent.DramCommand(140_000, 0, Command.WRITE, 0, 0, 1));
        write("b.mtt", 0, List.of(changed));
        check(events(TraceSelection.ALL), 0, events, changed, EventStream.DRAM, "changed");
        write("b.mtt", 0, List.of(events.subList(0, 149_999)));
        check(events(TraceSelection.ALL), 0, events, events.subList(0, 149_999), EventStream.DRAM, "one less");
    }

    /** Of two layers that differ, the one that does so in the earlier cycle is told, be it of the one trace or of the other. */
    @Test
    void theEarliestCycleOfAllLayersIsTold() {
        ChipEvent first = new ChipEvent.Spike(5, 0, 1, 1);
        write("a.mtt", 0, List.of(List.of(first, new ChipEvent.Spike(90, 1, 3, 2), new ChipEvent.Spike(40, 2, 3, 2))));
        write("b.mtt", 0, List.of(List.of(first, new ChipEvent.Spike(80, 1, 3, 2), new ChipEvent.Spike(30, 2, 3, 2))));
        TraceDifference.OfStream spikes = of(events(TraceSelection.ALL), EventStream.SPIKES);
        assertEquals(new ChipEvent.Spike(30, 2, 3, 2), spikes.first().orElseThrow().event());
        assertEquals(1, spikes.equal());
    }

    @Test
    void cyclesAndOrderDoNotMatterToSpikes() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            List<ChipEvent> spikes = new ArrayList<>(SmallTraces.events(random, 2000).stream().filter(ChipEvent.Spike.class::isInstance)
                    .distinct().toList());
            List<ChipEvent> shuffled = new ArrayList<>(spikes.stream().map(ChipEvent.Spike.class::cast)
                    .map(s -> (ChipEvent) new ChipEvent.Spike(s.cycle() / 3, s.layer(), s.neuron(), s.step())).toList());
            Collections.shuffle(shuffled, new Random(seed + i));
            write("a.mtt", 0, List.of(spikes));
            write("b.mtt", 0, List.of(shuffled));
            assertTrue(spikes().equal(), "seed " + seed + ", case " + i);
            ChipEvent.Spike lost = (ChipEvent.Spike) shuffled.removeLast();
            write("b.mtt", 0, List.of(shuffled));
            TraceDifference.Divergence first = of(spikes(), EventStream.SPIKES).first().orElseThrow();
            assertEquals(new ChipEvent.Spike(0, lost.layer(), lost.neuron(), lost.step()), first.left().getFirst(), "seed " + seed + ", case " + i);
            assertTrue(first.right().isEmpty() || after((ChipEvent.Spike) first.right().getFirst(), lost), "seed " + seed + ", case " + i);
            assertTrue(first.before().stream().noneMatch(before -> after((ChipEvent.Spike) before, lost)), "seed " + seed + ", case " + i);
        }
    }

    private static boolean after(ChipEvent.Spike spike, ChipEvent.Spike other) {
        return spike.step() > other.step() || spike.step() == other.step() && spike.neuron() > other.neuron();
    }

    @Test
    void otherImagesStreamsAndCutsMakeADifferenceOfEqualEvents() {
        List<ChipEvent> events = SmallTraces.events(new SplittableRandom(12), 500);
        write("a.mtt", 0, List.of(events, events, events));
        differs(new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(1, 1)), Set.of()), "first_image", "images");
        differs(new TraceSelection(Optional.empty(), List.of(), Optional.of(new Span(0, 1)), Set.of()), "images");
        differs(new TraceSelection(Optional.empty(), List.of(), Optional.empty(), EnumSet.of(EventStream.SPIKES)), "streams");
        differs(new TraceSelection(Optional.of(new Span(100, 900)), List.of("fc"), Optional.empty(), Set.of()), "cut");
        assertTrue(DifferenceText.of(events(TraceSelection.ALL), true).startsWith("header: cut\n< whole\n> cycles 100 to 900; layers fc\n"));
    }

    private void differs(TraceSelection selection, String... keys) {
        try (TraceReader a = TraceReader.open(file("a.mtt"))) {
            TraceCutter.cut(a, selection, file("b.mtt"));
        }
        TraceDifference found = events(TraceSelection.ALL);
        assertEquals(List.of(keys), found.header().stream().map(HeaderDifference::key).toList());
        assertTrue(found.streams().stream().allMatch(s -> s.first().isEmpty()));
        assertFalse(found.equal());
        assertTrue(events(selection).equal());
    }

    /** Others may put spikes of several layers into one block (docs/formats.md). */
    @Test
    void spikesOfOtherLayersInABlockAreLeftOut() throws IOException {
        List<ChipEvent> first = List.of(new ChipEvent.Spike(1, 0, 7, 2), new ChipEvent.Spike(3, 2, 5, 4), new ChipEvent.Spike(5, 0, 8, 4));
        List<ChipEvent> second = List.of(new ChipEvent.Spike(6, 1, 60, 5), new ChipEvent.Spike(7, 2, 6, 5));
        List<ChipEvent> all = new ArrayList<>(first);
        all.addAll(second);
        write("a.mtt", 0, List.of(all));
        HandMade.write(file("b.mtt"), SmallTraces.header(0, 1), List.of(new HandMade.Block(0, first), new HandMade.Block(0, second),
                new HandMade.Block(0, SmallTraces.whole(List.of()))));
        for (TraceDifference found : List.of(events(TraceSelection.ALL), spikes())) {
            assertTrue(found.equal());
            assertEquals(5, of(found, EventStream.SPIKES).equal());
        }
    }

    @Test
    void whatDoesNotMeetIsRefused() {
        write("a.mtt", 0, List.of(List.of()));
        write("b.mtt", 1, List.of(List.of()));
        assertEquals("the traces have no images in common: 0, and 1",
                assertThrows(DataException.class, () -> events(TraceSelection.ALL)).getMessage());
    }

    /** Of two traces each must have some of the cycles, as it must have some of the images. */
    @Test
    void cyclesThatOneTraceDoesNotHaveAreRefused() {
        SmallTraces.write(file("a.mtt"), SmallTraces.header(0, 1), List.of(List.of(new ChipEvent.LayerTime(9, 0, 9))));
        SmallTraces.write(file("b.mtt"), SmallTraces.header(0, 1), List.of(List.of(new ChipEvent.LayerTime(7, 0, 7))));
        assertTrue(events(cycles(6, 20)).streams().stream().anyMatch(of -> of.first().isPresent()));
        assertEquals(file("b.mtt") + ": the trace has cycles 0 to 6 in image 0, none of 7 to 20",
                assertThrows(DataException.class, () -> events(cycles(7, 20))).getMessage());
        assertEquals(file("a.mtt") + ": the trace has cycles 0 to 8 in image 0, none of 9 to 20",
                assertThrows(DataException.class, () -> events(cycles(9, 20))).getMessage());
    }

    private static TraceSelection cycles(long first, long last) {
        return new TraceSelection(Optional.of(new Span(first, last)), List.of(), Optional.empty(), Set.of());
    }

    @Test
    void differencesAreTold() {
        ChipEvent end = new ChipEvent.LayerTime(1500, 2, 1500);
        write("a.mtt", 0, List.of(List.of(new ChipEvent.Spike(1, 0, 0, 0), new ChipEvent.Spike(1200, 0, 29, 3))));
        TraceHeader other = SmallTraces.header(0, 1);
        SmallTraces.write(file("b.mtt"), new TraceHeader(other.source(), other.spikes(), other.hardware().map(h -> new TracedHardware(
                "ef".repeat(32), h.targetHash(), h.targetText())), other.streams(), 64, 0, 1, other.provenance()), List.of(List.of(
                new ChipEvent.Spike(1, 0, 0, 0), end, new ChipEvent.Progress(4, 1, Component.LIF, Phase.ISSUED, 3, 1))));
        assertEquals("""
                header: program_sha256
                < "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
                > "efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef"
                spikes: image 0 differs from its event 1 on in layer input (1 events equal)
                  cycle 1: input neuron 0 (channel 0, row 0, column 0) at step 0
                < cycle 1,200: input neuron 29 (channel 1, row 4, column 2) at step 3
                > no more events
                instructions: image 0 differs from its event 0 on (0 events equal)
                < no more events
                > cycle 4: core 1 lif instruction 3 issued, conv "1"
                stalls: 0 events, equal
                dram: 0 events, equal
                energy: 0 events, equal
                layers: 1 events, equal
                """, DifferenceText.of(events(TraceSelection.ALL), true));
        assertEquals("""
                {"equal":false,"header":[{"key":"program_sha256","left":"\\"%s\\"","right":"\\"%s\\""}],"streams":[\
                {"stream":"spikes","equal_events":1,"first":{"image":0,"event":1,\
                "before":[{"cycle":1,"layer":"input","step":0,"neuron":0}],\
                "left":[{"cycle":1200,"layer":"input","step":3,"neuron":29}],"right":[]}},\
                {"stream":"instructions","equal_events":0,"first":{"image":0,"event":0,"before":[],"left":[],\
                "right":[{"cycle":4,"layer":"conv \\"1\\"","core":1,"unit":"lif","event":"issued","number":3}]}},\
                {"stream":"stalls","equal_events":0},{"stream":"dram","equal_events":0},{"stream":"energy","equal_events":0},\
                {"stream":"layers","equal_events":1}]}""".formatted("cd".repeat(32), "ef".repeat(32)),
                JsonWriter.compact(JsonParser.parse(DifferenceJson.of(events(TraceSelection.ALL), true))));
        assertTrue(DifferenceText.of(spikes(), false).endsWith("\n< input neuron 29 (channel 1, row 4, column 2) at step 3\n> no more events\n"));
    }

    @Test
    void targetsAreToldByNameAndHash() {
        TraceHeader mine = SmallTraces.header(0, 1);
        TracedHardware hardware = mine.hardware().orElseThrow();
        write("a.mtt", 0, List.of(List.of()));
        for (String text : List.of("{\"name\":\"tiny\"}", "{\"name\":7}", hardware.targetText())) {
            SmallTraces.write(file("b.mtt"), new TraceHeader(mine.source(), mine.spikes(), Optional.of(new TracedHardware(hardware.programHash(),
                    "ef".repeat(32), text)), mine.streams(), 64, 0, 1, mine.provenance()), List.of(List.of(new ChipEvent.LayerTime(1500, 2, 1500))));
            String told = DifferenceText.of(events(TraceSelection.ALL), true);
            assertTrue(told.startsWith("header: target_sha256\n< \"" + hardware.targetHash() + "\"\n> \"" + "ef".repeat(32) + "\"\n"), told);
            String name = text.contains("tiny") ? "tiny" : "unnamed";
            assertEquals(!text.equals(hardware.targetText()), told.contains("\nheader: target\n< \"default\"\n> \"" + name + "\"\n"), told);
        }
    }

    @Test
    void everyKindOfEventIsTold() {
        write("a.mtt", 0, List.of(List.of(new ChipEvent.StallRun(3, 4, 0, Component.POOL, Stall.FETCH, 1),
                new ChipEvent.DramCommand(5, 1, Command.WRITE, 2, 77, 2), new ChipEvent.Actions(64, 64, 2, Counter.UPDATES, 9))));
        write("b.mtt", 0, List.of(List.of(new ChipEvent.LayerTime(1499, 1, 7))));
        String json = JsonWriter.compact(JsonParser.parse(DifferenceJson.of(events(TraceSelection.ALL), true)));
        for (String event : List.of(
                "\"left\":[{\"cycle\":3,\"layer\":\"conv \\\"1\\\"\",\"core\":0,\"unit\":\"pool\",\"event\":\"fetch\",\"cycles\":4}],\"right\":[]",
                "\"left\":[{\"cycle\":5,\"layer\":\"fc\",\"event\":\"write\",\"channel\":1,\"bank\":2,\"row\":77}],\"right\":[]",
                "\"left\":[{\"cycle\":64,\"layer\":\"fc\",\"event\":\"lif.updates\",\"count\":9,\"cycles\":64}],\"right\":[]",
                "\"right\":[{\"cycle\":1499,\"layer\":\"conv \\\"1\\\"\",\"cycles\":7},{\"cycle\":1500,\"layer\":\"fc\",\"cycles\":1500}]")) {
            assertTrue(json.contains(event), () -> event + " in " + json);
        }
    }
}
