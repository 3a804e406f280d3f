package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.Phase;
import metronome.isa.target.Target;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.SmallTraces;
import metronome.traces.trace.TraceSelection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Are files of each format the same bytes as ever? Each was read by eye when it was made, and by the tools it is for or its strict reader. */
class GoldenExportTest {
    private static final List<ChipEvent> FIRST = List.of(new ChipEvent.Spike(0, 0, 3, 0), new ChipEvent.Spike(0, 0, 4, 2),
            new ChipEvent.Spike(14, 1, 83, 1), new ChipEvent.Spike(14, 1, 2, 1), new ChipEvent.Spike(15, 1, 7, 1),
            new ChipEvent.Progress(2, 0, Component.LOAD, Phase.DISPATCHED, 0, 0), new ChipEvent.Progress(3, 0, Component.LOAD, Phase.ISSUED, 0, 0),
            new ChipEvent.Progress(3, 0, Component.LIF, Phase.DISPATCHED, 1, 1), new ChipEvent.Progress(9, 0, Component.LOAD, Phase.RETIRED, 0, 0),
            new ChipEvent.Progress(10, 0, Component.LIF, Phase.ISSUED, 1, 1), new ChipEvent.Progress(10, 0, Component.LIF, Phase.RETIRED, 1, 1),
            new ChipEvent.Progress(11, 0, Component.LIF, Phase.ISSUED, 2, 1), new ChipEvent.Progress(16, 0, Component.LIF, Phase.RETIRED, 2, 1),
            new ChipEvent.StallRun(0, 2, 0, Component.SEQUENCER, Stall.FETCH, 0), new ChipEvent.StallRun(4, 5, 0, Component.LOAD, Stall.DRAM_LATENCY, 0),
            new ChipEvent.StallRun(4, 6, 0, Component.LIF, Stall.SEMAPHORE, 1), new ChipEvent.StallRun(12, 1, 0, Component.LIF, Stall.ARBITER, 1),
            new ChipEvent.StallRun(13, 1, 0, Component.LIF, Stall.DRAIN, 1), new ChipEvent.DramCommand(3, 0, Command.ACTIVATE, 2, 17, 0),
            new ChipEvent.DramCommand(6, 0, Command.READ, 2, 17, 0), new ChipEvent.DramCommand(7, 0, Command.READ, 2, 17, 0),
            new ChipEvent.DramCommand(12, 0, Command.PRECHARGE_ALL, 0, 0, 1), new ChipEvent.DramCommand(13, 0, Command.REFRESH, 0, 0, 1),
            new ChipEvent.Actions(0, 16, 0, Counter.LOAD_WORDS, 4), new ChipEvent.Actions(0, 16, 1, Counter.UPDATES, 100),
            new ChipEvent.Actions(16, 2, 1, Counter.UPDATES, 8), new ChipEvent.LayerTime(18, 0, 4), new ChipEvent.LayerTime(18, 1, 14),
            new ChipEvent.LayerTime(18, 2, 0));
    private static final List<ChipEvent> SECOND = List.of(new ChipEvent.Spike(0, 0, 29, 16), new ChipEvent.LayerTime(3, 0, 3),
            new ChipEvent.LayerTime(3, 1, 0), new ChipEvent.LayerTime(3, 2, 0));
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void bytesAreTheSameAsEver(ExportFormat format) throws IOException {
        Path trace = folder.resolve("a.mtt");
        SmallTraces.write(trace, RandomTraces.header(Target.preset(), 7, 2), List.of(FIRST, SECOND));
        Path file = folder.resolve("out");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceExport.write(in, TraceSelection.ALL, Optional.empty(), format, file);
        }
        String made = Files.readString(file);
        switch (format) {
            case CSV -> assertEquals(FIRST.size() + SECOND.size() + 1, made.lines().count());
            case PERFETTO -> TraceEventFile.parse(made);
            case VCD -> VcdFile.parse(made);
        }
        assertEquals(golden("small." + format.name().toLowerCase(java.util.Locale.ROOT)), made);
    }

    private static String golden(String name) throws IOException {
        try (var in = Objects.requireNonNull(GoldenExportTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
