package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do the spikes of an input come out of a trace as they went in, and are traces refused that have none for a plain network? */
class SpikeTraceTest {
    private static final TraceHeader.Provenance PROVENANCE = new TraceHeader.Provenance("0", 0, "test");
    private static final List<TraceHeader.Layer> LAYERS = List.of(new TraceHeader.Layer("input", new Shape(2, 5, 7)),
            new TraceHeader.Layer("out", Shape.vector(70)));

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("a.mtt");
    }

    @Test
    void theInputOfTheFirstImageComesBack() {
        long seed = 9;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            List<SpikeTrain> trains = List.of(SpikeTrain.random(random, 70, 12, 0.2), SpikeTrain.random(random, 70, 12, 0.2));
            List<SpikeTrain> others = List.of(SpikeTrain.random(random, 70, 12, 0.2), SpikeTrain.random(random, 70, 12, 0.2));
            SpikeTrace.write(file(), new SpikeTrace.Spikes("n", "d", 12, LAYERS, 2, image -> image == 0 ? trains : others), PROVENANCE);
            LayerSpikes read = SpikeTrace.input(file());
            assertEquals(trains.getFirst(), read.train(), "seed " + seed + ", case " + i);
            assertEquals(new Shape(2, 5, 7), read.shape());
        }
    }

    private void write(boolean once, int steps) {
        TraceHeader header = new TraceHeader(TraceHeader.Source.ORACLE, new TraceHeader.Spiking("n", Optional.empty(), "d", once, steps, 4,
                LeakPolicy.EAGER, LAYERS), Optional.empty(), Set.of(EventStream.SPIKES), 0, 3, 1, PROVENANCE);
        try (TraceWriter out = TraceWriter.create(file(), header); TraceWriter.Image image = out.image(3)) {
            image.accept(new ChipEvent.Spike(0, 0, 1, 5));
            image.accept(new ChipEvent.LayerTime(0, 0, 0));
            image.accept(new ChipEvent.LayerTime(0, 1, 0));
            image.end();
            out.finish();
        }
    }

    private void refused(String message) {
        assertEquals(file() + ": " + message, assertThrows(DataException.class, () -> SpikeTrace.input(file())).getMessage());
    }

    @Test
    void otherTracesAreRefused() throws IOException {
        write(true, 16);
        refused("the trace is of neurons that spike once, expected some that may spike many times");
        write(false, 1001);
        refused("the trace has the steps 0 to 1001, expected at most 1000");
        write(false, 4);
        refused("a spike at step 5, expected at most 4");
        write(false, 5);
        assertEquals(1, SpikeTrace.input(file()).train().spikes());
        byte[] whole = Files.readAllBytes(file());
        for (int cut = 8; cut < whole.length; cut++) {
            Files.write(file(), Arrays.copyOf(whole, cut));
            try {
                assertEquals(1, SpikeTrace.input(file()).train().spikes(), "cut at " + cut);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(file() + ": "), e.getMessage());
            }
        }
    }

    @Test
    void onlyTracesAreRecognised() throws IOException {
        write(false, 5);
        assertTrue(TraceReader.recognises(file()));
        assertFalse(TraceReader.recognises(directory));
        assertFalse(TraceReader.recognises(directory.resolve("none")));
        assertFalse(TraceReader.recognises(Files.writeString(directory.resolve("b"), "METROTR")));
    }
}
