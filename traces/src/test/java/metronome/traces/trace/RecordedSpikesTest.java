package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are the spikes of a whole trace given by image, layer and neuron, and those refused of which some may be missing or none can be? */
class RecordedSpikesTest {
    private static final List<ChipEvent> END = SmallTraces.whole(List.of());
    @TempDir
    private Path folder;

    private TraceReader written(TraceHeader header, HandMade.Block... blocks) throws IOException {
        Path file = folder.resolve("a.mtt");
        HandMade.write(file, header, List.of(blocks));
        return TraceReader.open(file);
    }

    private static HandMade.Block spike(int image, int layer, int neuron, int step) {
        return new HandMade.Block(image, List.of(new ChipEvent.Spike(0, layer, neuron, step)));
    }

    private static HandMade.Block end(int image) {
        return new HandMade.Block(image, END);
    }

    @Test
    void imagesAreThoseThatEndEachOnce() throws IOException {
        HandMade.Block stall = new HandMade.Block(4, List.of(new ChipEvent.Actions(0, 1, 0, metronome.hwmodel.count.Counter.UPDATES, 1)));
        try (TraceReader in = written(SmallTraces.header(3, 4), spike(3, 0, 7, 0), spike(3, 1, 83, 16), end(3), end(3), spike(4, 1, 0, 5), stall, end(4),
                spike(5, 1, 1, 1))) {
            RecordedSpikes spikes = new RecordedSpikes(in);
            assertEquals(List.of(3, 4), spikes.images());
            int[][] steps = spikes.steps(3);
            assertEquals(List.of(30, 84, 10), List.of(steps[0].length, steps[1].length, steps[2].length));
            assertEquals(0, steps[0][7]);
            assertEquals(16, steps[1][83]);
            assertEquals(TemporalCode.SILENT, steps[1][0]);
            assertEquals(5, spikes.steps(4)[1][0]);
            assertArrayEquals(new int[] {83}, spikes.trains(3).get(1).neurons()[16]);
        }
    }

    @Test
    void stepsAreThoseOfTheHeader() throws IOException {
        for (int step : new int[] {-1, 17}) {
            try (TraceReader in = written(SmallTraces.header(0, 1), spike(0, 1, 5, step), end(0))) {
                RecordedSpikes spikes = new RecordedSpikes(in);
                String message = in.name() + ": image 0: a spike at step " + step + ", expected one of 0 to 16";
                assertEquals(message, refusal(() -> spikes.steps(0)));
                assertEquals(message, refusal(() -> spikes.trains(0)));
            }
        }
    }

    /** A train has as many spikes of a neuron as there are, and steps for all, also those without spikes. */
    @Test
    void neuronsThatSpikeTwiceSpikeOnceForNoStep() throws IOException {
        try (TraceReader in = written(SmallTraces.header(0, 1), spike(0, 1, 5, 0), spike(0, 1, 5, 16), end(0))) {
            RecordedSpikes spikes = new RecordedSpikes(in);
            assertEquals("image 0: neuron 5 of layer 1 spikes at steps 0 and 16, expected once", refusal(() -> spikes.steps(0)).substring(in.name().length() + 2));
            assertEquals(List.of(16, 16, 16), spikes.trains(0).stream().map(SpikeTrain::lastStep).toList());
            assertArrayEquals(new int[] {5}, spikes.trains(0).get(1).neurons()[0]);
            assertEquals(2, spikes.trains(0).get(1).spikes());
            assertEquals(0, spikes.trains(0).get(2).spikes());
        }
    }

    @Test
    void aPartOrATraceWithoutWholeImagesIsRefused() throws IOException {
        TraceHeader header = SmallTraces.header(0, 1);
        try (TraceReader in = written(header, spike(0, 1, 5, 3))) {
            assertEquals("the trace has no whole image", refusal(() -> new RecordedSpikes(in)));
        }
        TraceHeader part = header.part(EnumSet.allOf(EventStream.class), new Span(0, 0), new Cut(Optional.of(new Span(3, 9)), Optional.empty()));
        try (TraceReader in = written(part, end(0))) {
            assertEquals("the trace is cut to cycles 3 to 9, expected a whole one", refusal(() -> new RecordedSpikes(in)));
        }
        try (TraceReader in = written(SmallTraces.header(EnumSet.of(EventStream.DRAM), 0, 1), end(0))) {
            assertEquals("the trace has no spikes, only dram, layers", refusal(() -> new RecordedSpikes(in)));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(DataException.class, work).getMessage();
    }
}
