package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.traces.trace.Span;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Can all events be had back from the table, in the order of the file? */
class CsvExportTest {
    private static final String HEADINGS = "image,stream,cycle,cycles,layer,core,unit,event,number,step,neuron,channel,bank,row,count";
    @TempDir
    private Path folder;

    private record Row(int image, ChipEvent event) {
    }

    /** The columns that are not empty. */
    private static List<String> columns(ChipEvent event) {
        return switch (event) {
            case ChipEvent.Spike _ -> List.of("image", "stream", "cycle", "layer", "step", "neuron");
            case ChipEvent.Progress _ -> List.of("image", "stream", "cycle", "layer", "core", "unit", "event", "number");
            case ChipEvent.StallRun _ -> List.of("image", "stream", "cycle", "cycles", "layer", "core", "unit", "event");
            case ChipEvent.DramCommand _ -> List.of("image", "stream", "cycle", "layer", "event", "channel", "bank", "row");
            case ChipEvent.Actions _ -> List.of("image", "stream", "cycle", "cycles", "layer", "event", "count");
            case ChipEvent.LayerTime _ -> List.of("image", "stream", "cycle", "cycles", "layer");
        };
    }

    private static Row row(String line) {
        String[] v = line.split(",", -1);
        List<String> headings = List.of(HEADINGS.split(","));
        assertEquals(headings.size(), v.length, line);
        ChipEvent event = switch (v[1]) {
            case "spikes" -> new ChipEvent.Spike(number(v[2]), whole(v[4]), whole(v[10]), whole(v[9]));
            case "instructions" -> new ChipEvent.Progress(number(v[2]), whole(v[5]), unit(v[6]), Arrays.stream(Phase.values())
                    .filter(p -> p.label().equals(v[7])).findFirst().orElseThrow(), whole(v[8]), whole(v[4]));
            case "stalls" -> new ChipEvent.StallRun(number(v[2]), number(v[3]), whole(v[5]), unit(v[6]), Arrays.stream(Stall.values())
                    .filter(s -> s.label().equals(v[7])).findFirst().orElseThrow(), whole(v[4]));
            case "dram" -> new ChipEvent.DramCommand(number(v[2]), whole(v[11]), Arrays.stream(Command.values())
                    .filter(c -> ObjectReader.spelling(c).equals(v[7])).findFirst().orElseThrow(), whole(v[12]), whole(v[13]), whole(v[4]));
            case "energy" -> new ChipEvent.Actions(number(v[2]), number(v[3]), whole(v[4]), Arrays.stream(Counter.values())
                    .filter(c -> c.label().equals(v[7])).findFirst().orElseThrow(), number(v[14]));
            case "layers" -> new ChipEvent.LayerTime(number(v[2]), whole(v[4]), number(v[3]));
            default -> throw new AssertionError(line);
        };
        for (int i = 0; i < v.length; i++) {
            assertEquals(columns(event).contains(headings.get(i)), !v[i].isEmpty(), headings.get(i) + " of " + line);
        }
        return new Row(whole(v[0]), event);
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    private static int whole(String text) {
        return Integer.parseInt(text);
    }

    private static Component unit(String label) {
        return Arrays.stream(Component.values()).filter(c -> c.label().equals(label)).findFirst().orElseThrow();
    }

    private static List<Row> rows(String table) {
        assertEquals(HEADINGS, table.lines().findFirst().orElseThrow());
        return table.lines().skip(1).map(CsvExportTest::row).toList();
    }

    private static List<Row> events(TraceReader in) {
        List<Row> rows = new ArrayList<>();
        in.blocks().forEach(b -> in.read(b, event -> rows.add(new Row(b.image(), event))));
        return rows;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theTableHasAllEvents(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path trace = folder.resolve("a.mtt");
        int length = random.nextInt(1, 2000);
        List<List<ChipEvent>> images = IntStream.of(length, random.nextInt(1, 2000), random.nextInt(1, 2000))
                .mapToObj(cycles -> RandomTraces.image(random, cycles)).toList();
        SmallTraces.write(trace, RandomTraces.header(RandomTraces.TARGET, 7, 3), images);
        Path file = folder.resolve("a.csv");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceExport.write(in, TraceSelection.ALL, Optional.empty(), ExportFormat.CSV, file);
            assertEquals(events(in), rows(Files.readString(file)));
            int from = random.nextInt(length);
            List<TraceSelection> some = List.of(new TraceSelection(Optional.empty(), List.of("2", "conv \"1\""), Optional.of(new Span(8, 20)), Set.of()),
                    new TraceSelection(Optional.of(new Span(from, from + 100)), List.of(), Optional.empty(), Set.of()),
                    new TraceSelection(Optional.of(new Span(from, Span.OPEN)), List.of("fc"), Optional.of(new Span(7, 8)),
                            Set.of(EventStream.STALLS, EventStream.ENERGY)));
            for (TraceSelection selection : some) {
                TraceExport.write(in, selection, Optional.empty(), ExportFormat.CSV, file);
                assertEquals(events(in).stream().filter(row -> wanted(row, selection)).toList(), rows(Files.readString(file)), "seed " + seed);
            }
        }
    }

    /** Events are there as they are, or not at all; how long layers took always is. */
    private static boolean wanted(Row row, TraceSelection of) {
        long cycles = switch (row.event) {
            case ChipEvent.StallRun e -> e.cycles();
            case ChipEvent.Actions e -> e.cycles();
            default -> 1;
        };
        return of.images().map(span -> span.meets(row.image, row.image)).orElse(true) && (row.event instanceof ChipEvent.LayerTime
                || of.cycles().map(span -> row.event.cycle() <= span.last() && row.event.cycle() + cycles > span.first()).orElse(true)
                && (of.layers().isEmpty() || of.layers().contains(List.of("input", "conv \"1\"", "fc").get(row.event.layer()))
                        || of.layers().contains(Integer.toString(row.event.layer())))
                && (of.streams().isEmpty() || of.streams().contains(row.event.stream())));
    }
}
