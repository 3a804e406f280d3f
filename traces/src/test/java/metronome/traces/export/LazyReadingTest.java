package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.traces.trace.Span;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TraceWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are streams of many blocks merged by time, and are blocks that are not wanted left unread? */
class LazyReadingTest {
    private static final int EVENTS = 200_000;
    @TempDir
    private Path folder;
    private Path trace;

    @BeforeEach
    void write() {
        trace = folder.resolve("a.mtt");
        List<ChipEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(new ChipEvent.Spike(i / 3, 1 + i / 100 % 2, i % 10, i / 20_000));
            events.add(new ChipEvent.StallRun(5L * i, 1 + i % 4, 0, Component.LIF, Stall.DRAIN, 1));
            events.add(new ChipEvent.DramCommand(2L * i, 0, Command.READ, i % 8, i / 1000, 0));
        }
        for (int layer = 0; layer < 3; layer++) {
            events.add(new ChipEvent.LayerTime(5 * EVENTS, layer, layer == 0 ? 5 * EVENTS : 0));
        }
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 0, 1), List.of(events));
    }

    private static TraceSelection cycles(long first, long last) {
        return new TraceSelection(Optional.of(new Span(first, last)), List.of(), Optional.empty(), Set.of());
    }

    private String export(TraceSelection selection, ExportFormat format) throws IOException {
        Path file = folder.resolve("out");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceExport.write(in, selection, Optional.empty(), format, file);
        }
        return Files.readString(file);
    }

    @Test
    void manyBlocksAreMergedByTime() throws IOException {
        try (TraceReader in = TraceReader.open(trace)) {
            assertTrue(in.blocks(EventStream.STALLS).count() > 3);
            List<ChipEvent> merged = new ArrayList<>();
            new ExportSource(in, TraceSelection.ALL).inTimeOrder(0, merged::add);
            List<ChipEvent> expected = new ArrayList<>();
            in.blocks().stream().filter(b -> b.stream() != EventStream.LAYERS).forEach(b -> in.read(b, expected::add));
            expected.sort(Comparator.comparingLong(ChipEvent::cycle).thenComparing(e -> e.stream() == EventStream.SPIKES ? 9 + e.layer()
                    : e.stream().ordinal()));
            assertEquals(expected, merged);
        }
        VcdFile dump = VcdFile.parse(export(TraceSelection.ALL, ExportFormat.VCD));
        assertEquals(Integer.toBinaryString(EVENTS / 2), dump.values().get("chip/spikes/conv__1_").lastEntry().getValue());
        assertEquals(EVENTS, dump.values().get("chip/core0/lif/stall").values().stream().filter(v -> !v.equals("0")).count());
        TraceEventFile file = TraceEventFile.parse(export(TraceSelection.ALL, ExportFormat.PERFETTO));
        assertEquals(EVENTS, file.slices().get("core 0/lif stalls").size());
    }

    /** All blocks that have nothing of the cycles wanted are overwritten, so that reading one would fail. */
    @Test
    void blocksThatAreNotWantedAreNotRead() throws IOException {
        TraceSelection some = cycles(100_000, 100_500);
        List<String> before = new ArrayList<>();
        for (ExportFormat format : ExportFormat.values()) {
            before.add(export(some, format));
        }
        List<TraceBlock> others;
        try (TraceReader in = TraceReader.open(trace)) {
            others = in.blocks().stream().filter(b -> !b.hasCycles(100_000, 100_500) && b.stream() != EventStream.LAYERS).toList();
        }
        assertTrue(others.size() > 8, "" + others.size());
        try (RandomAccessFile file = new RandomAccessFile(trace.toFile(), "rw")) {
            for (TraceBlock block : others) {
                file.seek(block.offset());
                file.write(new byte[block.bytes()]);
            }
        }
        for (ExportFormat format : ExportFormat.values()) {
            assertEquals(before.get(format.ordinal()), export(some, format));
            Files.delete(folder.resolve("out"));
            assertThrows(DataException.class, () -> export(TraceSelection.ALL, format));
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(trace), files.toList());
        }
    }

    /** Spikes of an oracle have no cycles: steps are their time. */
    @Test
    void withoutHardwareStepsAreTime() throws IOException {
        TraceHeader timed = RandomTraces.header(RandomTraces.TARGET, 0, 1);
        TraceHeader header = new TraceHeader(TraceHeader.Source.ORACLE, timed.spikes(), Optional.empty(), EnumSet.of(EventStream.SPIKES), 0, 0, 2,
                timed.provenance());
        try (TraceWriter out = TraceWriter.create(trace, header)) {
            for (int i = 0; i < 2; i++) {
                try (TraceWriter.Image image = out.image(i)) {
                    image.accept(new ChipEvent.Spike(0, 0, 3, 16));
                    image.accept(new ChipEvent.Spike(0, 1, 4, 2));
                    image.accept(new ChipEvent.Spike(0, 1, 5, 2));
                    image.accept(new ChipEvent.LayerTime(0, 0, 0));
                    image.end();
                }
            }
            out.finish();
        }
        VcdFile dump = VcdFile.parse(export(TraceSelection.ALL, ExportFormat.VCD));
        assertEquals("1 ns", dump.timescale());
        assertEquals("{0=0, 2000=10, 17000=0, 19000=10}", dump.values().get("chip/spikes/conv__1_").toString());
        assertEquals("{0=0, 16000=1, 17000=0, 33000=1}", dump.values().get("chip/spikes/input").toString());
        assertEquals(34_000, dump.end());
        assertEquals(4, dump.values().size());
        TraceEventFile file = TraceEventFile.parse(export(TraceSelection.ALL, ExportFormat.PERFETTO));
        assertEquals(Set.of("spikes/input/spikes", "spikes/conv \"1\"/spikes", "spikes/fc/spikes"), file.counters().keySet());
        String message = assertThrows(DataException.class, () -> export(cycles(0, 1), ExportFormat.CSV)).getMessage();
        assertEquals(trace + ": the trace has no cycles: no hardware was modelled", message);
    }

    @Test
    void whatIsNotInOrderIsRefused() {
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 0, 1), List.of(List.of(
                new ChipEvent.DramCommand(9, 0, Command.READ, 0, 0, 0), new ChipEvent.DramCommand(8, 0, Command.READ, 0, 0, 0))));
        assertEquals("events of the stream dram are not in the order of time: 8 comes after 9",
                assertThrows(DataException.class, () -> export(TraceSelection.ALL, ExportFormat.VCD)).getMessage());
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 0, 1),
                List.of(List.of(new ChipEvent.DramCommand(1L << 60, 0, Command.READ, 0, 0, 0))));
        assertEquals("image 0 ends at cycle 1152921504606846977: times must be at most 2000000000000000 cycles of 2000.0 ps",
                assertThrows(DataException.class, () -> export(TraceSelection.ALL, ExportFormat.PERFETTO)).getMessage());
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 0, 1),
                List.of(List.of(new ChipEvent.DramCommand(1, 2, Command.READ, 0, 0, 0))));
        assertEquals("a command is of channel 2 of 2",
                assertThrows(DataException.class, () -> export(TraceSelection.ALL, ExportFormat.VCD)).getMessage());
    }

    /** An instruction that is never complete, and cycles behind the end of its image that another image has. */
    @Test
    void behindTheEndThereIsNothing() throws IOException {
        List<ChipEvent> image = List.of(new ChipEvent.Progress(3, 0, Component.LOAD, Phase.ISSUED, 0, 0), new ChipEvent.LayerTime(9, 0, 9));
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 0, 3), List.of(image, image, List.of(new ChipEvent.LayerTime(40, 0, 40))));
        TraceSelection late = cycles(20, 30);
        assertEquals(Set.of("images/images"), TraceEventFile.parse(export(late, ExportFormat.PERFETTO)).slices().keySet());
        assertEquals("{0=0}", VcdFile.parse(export(late, ExportFormat.VCD)).values().get("chip/core0/load/busy").toString());
        assertEquals("[Slice[name=#0 input, begin=6000, end=18000, cycle=3, complete=false], "
                + "Slice[name=#0 input, begin=24000, end=36000, cycle=3, complete=false]]",
                TraceEventFile.parse(export(TraceSelection.ALL, ExportFormat.PERFETTO)).slices().get("core 0/load").toString());
        assertEquals("{0=0, 6=1, 18=0, 24=1, 36=0}", VcdFile.parse(export(TraceSelection.ALL, ExportFormat.VCD)).values().get("chip/core0/load/busy")
                .toString());
    }
}
