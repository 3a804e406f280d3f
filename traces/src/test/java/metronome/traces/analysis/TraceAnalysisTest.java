package metronome.traces.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.json.JsonWriter;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;
import metronome.traces.trace.Cut;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do a few events amount to what a hand counts? */
class TraceAnalysisTest {
    private static final int LAST_STEP = 9;
    private static final ChipEvent INPUT_OVER = new ChipEvent.LayerTime(100, 0, 10);
    private static final ChipEvent LAYER_OVER = new ChipEvent.LayerTime(100, 1, 90);
    @TempDir
    private Path folder;

    private static TraceHeader header(boolean once, int images) {
        return new TraceHeader(TraceHeader.Source.MACHINE, new TracedNetwork("small", Optional.empty(), "digits", once, LAST_STEP,
                4, LeakPolicy.EAGER, List.of(new TracedNetwork.Layer("input", new Shape(1, 2, 2)), new TracedNetwork.Layer("fc", new Shape(9000, 1, 1)))),
                Optional.of(new TracedHardware("cd".repeat(32), TargetWriter.hash(Target.preset()),
                        JsonWriter.compact(TargetWriter.json(Target.preset())))), EnumSet.allOf(EventStream.class), 64, 0, images, Cut.NONE,
                new TraceHeader.Provenance("0", 1, "none"));
    }

    private Path write(boolean once, List<List<ChipEvent>> images) {
        Path file = folder.resolve("a.mtt");
        try (TraceWriter out = TraceWriter.create(file, header(once, images.size()))) {
            for (int i = 0; i < images.size(); i++) {
                try (TraceWriter.Image image = out.image(i)) {
                    images.get(i).forEach(image);
                    image.end();
                }
            }
            out.finish();
        }
        return file;
    }

    private TraceAnalysis analyse(boolean once, int bins, List<List<ChipEvent>> images) {
        try (TraceReader in = TraceReader.open(write(once, images))) {
            return TraceAnalysis.of(in, bins);
        }
    }

    private TraceAnalysis one(ChipEvent... events) {
        return analyse(false, 10, List.of(java.util.stream.Stream.concat(java.util.stream.Stream.of(events),
                java.util.stream.Stream.of(INPUT_OVER, LAYER_OVER)).toList()));
    }

    private static ChipEvent.Spike spike(long cycle, int neuron, int step) {
        return new ChipEvent.Spike(cycle, 1, neuron, step);
    }

    @Test
    void intervalsAreThoseOfOneNeuronInOneImage() {
        List<ChipEvent> image = List.of(spike(3, 8000, 1), spike(3, 5, 1), spike(4, 8000, 2), spike(20, 8000, 7), spike(27, 5, 7),
                INPUT_OVER, LAYER_OVER);
        SpikeTally spikes = analyse(false, 10, List.of(image, image)).spikes();
        assertEquals(10, spikes.spikes(1));
        assertEquals(4, spikes.firing(1));
        assertArrayEquals(new long[] {0, 4, 2, 0, 0, 0, 0, 4, 0, 0}, spikes.steps(1));
        assertArrayEquals(new long[] {0, 2, 0, 0, 0, 2, 2, 0, 0, 0}, spikes.intervals(1));
        assertArrayEquals(new long[] {2, 2, 0, 2, 0, 2}, java.util.Arrays.copyOf(spikes.gaps(1), 6));
    }

    @Test
    void rastersAreOfTheFirstImageInGroupsOfNeurons() {
        List<ChipEvent> first = List.of(spike(3, 0, 1), spike(3, 59, 1), spike(4, 60, 9), spike(4, 8999, 2), INPUT_OVER, LAYER_OVER);
        Raster raster = analyse(true, 10, List.of(first, first)).spikes().raster(1).orElseThrow();
        assertEquals(60, raster.neuronsInRow());
        assertEquals(150, raster.spikes().length);
        assertEquals(2, raster.spikes()[0][1]);
        assertEquals(1, raster.spikes()[1][9]);
        assertEquals(1, raster.spikes()[149][2]);
        assertTrue(analyse(true, 10, List.of(first)).spikes().raster(0).isEmpty());
    }

    @Test
    void busyIsWhatIsUnderWayWithoutStalls() {
        TraceAnalysis analysis = one(progress(2, Component.LIF, Phase.DISPATCHED), progress(5, Component.LIF, Phase.ISSUED),
                progress(44, Component.LIF, Phase.RETIRED), stall(3, 2, Stall.SEMAPHORE), stall(12, 20, Stall.POTENTIAL_BANK));
        assertEquals(20, analysis.counts().busyCycles(Component.LIF));
        assertEquals(20, analysis.busy(1, Component.LIF));
        assertEquals(1, analysis.counts().busyCycles(Component.SEQUENCER));
        assertEquals(58, analysis.counts().idleCycles(Component.LIF));
        Lane lif = analysis.lanes().get(1);
        assertEquals(Component.LIF, lif.unit());
        assertArrayEquals(new long[] {5, 2, 0, 8, 5, 0, 0, 0, 0, 0}, lif.busy());
        assertArrayEquals(new long[] {0, 8, 10, 2, 0, 0, 0, 0, 0, 0}, lif.stalls().get(Stall.POTENTIAL_BANK));
        assertArrayEquals(new long[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0}, lif.stalls().get(Stall.SEMAPHORE));
    }

    private static ChipEvent progress(long cycle, Component unit, Phase phase) {
        return new ChipEvent.Progress(cycle, 0, unit, phase, 0, 1);
    }

    private static ChipEvent stall(long cycle, long cycles, Stall cause) {
        return new ChipEvent.StallRun(cycle, cycles, 0, Component.LIF, cause, 1);
    }

    @Test
    void firstBurstsAfterAnActivateAreMisses() {
        TraceAnalysis analysis = one(dram(1, Command.ACTIVATE, 0), dram(2, Command.ACTIVATE, 3), dram(10, Command.READ, 0),
                dram(11, Command.READ, 0), dram(25, Command.WRITE, 3), dram(26, Command.READ, 0), dram(30, Command.PRECHARGE, 0),
                dram(31, Command.ACTIVATE, 0), dram(35, Command.READ, 0));
        DramTally dram = analysis.dram().orElseThrow();
        assertEquals(2.0 / 5, dram.hitRate().orElseThrow());
        assertEquals(2.0 / 5, dram.hitRate(1).orElseThrow());
        assertTrue(dram.hitRate(0).isEmpty());
        int burst = analysis.limits().orElseThrow().burstBytes();
        assertEquals(5 * burst, dram.bytes());
        assertArrayEquals(new long[] {0, 2 * burst, burst, burst, 0, 0, 0, 0, 0, 0}, dram.read());
        assertArrayEquals(new long[] {0, 0, burst, 0, 0, 0, 0, 0, 0, 0}, dram.written());
    }

    private static ChipEvent dram(long cycle, Command command, int bank) {
        return new ChipEvent.DramCommand(cycle, 0, command, bank, 7, 1);
    }

    @Test
    void anImageThatWasCutShortDoesNotCount() throws Exception {
        List<ChipEvent> image = List.of(spike(3, 8000, 1), INPUT_OVER, LAYER_OVER);
        Path file = write(false, List.of(image, image, image));
        byte[] whole = java.nio.file.Files.readAllBytes(file);
        long lastLayers;
        try (TraceReader in = TraceReader.open(file)) {
            lastLayers = in.blocks(EventStream.LAYERS).toList().getLast().offset();
        }
        java.nio.file.Files.write(file, java.util.Arrays.copyOf(whole, (int) lastLayers));
        try (TraceReader in = TraceReader.open(file)) {
            assertEquals(3, in.blocks(EventStream.SPIKES).count());
            TraceAnalysis analysis = TraceAnalysis.of(in, 10);
            assertEquals(2, analysis.images());
            assertEquals(2, analysis.spikes().spikes());
            assertEquals(200, analysis.counts().cycles());
            assertFalse(analysis.missing().isEmpty());
        }
    }

    @Test
    void eventsThatDoNotFitTheHeaderAreRefused() {
        assertEquals("a spike is at step 10, expected one of 0 to 9", fault(spike(1, 0, LAST_STEP + 1)));
        assertEquals("an event is of core 1 of 1", fault(new ChipEvent.StallRun(0, 1, 1, Component.LIF, Stall.DRAIN, 0)));
        assertEquals("an event is of core 4 of 1", fault(new ChipEvent.Progress(0, 4, Component.LIF, Phase.ISSUED, 0, 0)));
        assertEquals("a command is for bank 8 of channel 0, expected one of 8 banks of 1 channels", fault(dram(1, Command.READ, 8)));
    }

    private String fault(ChipEvent event) {
        return assertThrows(DataException.class, () -> one(event)).getMessage().replaceFirst(".*\\.mtt: ", "");
    }
}
