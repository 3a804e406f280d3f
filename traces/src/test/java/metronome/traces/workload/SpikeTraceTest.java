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
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do the spikes of an input come out of a trace as they went in, and are traces refused that have none for a plain network? */
class SpikeTraceTest {
    private static final TraceHeader.Provenance PROVENANCE = new TraceHeader.Provenance("0", 0, "test");
    private static final List<TracedNetwork.Layer> LAYERS = List.of(new TracedNetwork.Layer("input", new Shape(2, 5, 7)),
            new TracedNetwork.Layer("out", Shape.vector(70)));

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

    /** Each layer has its own number of steps; the last one of them all is T. */
    @Test
    void allLayersComeBackWithTheirSteps() {
        long seed = 10;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            String where = "seed " + seed + ", case " + i;
            List<List<LayerSpikes>> images = List.of(layers(random, random.nextInt(8), random.nextInt(8)), layers(random, 3, 4));
            List<LayerSpikes> first = images.getFirst();
            int last = Math.max(first.get(0).train().lastStep(), first.get(1).train().lastStep());
            List<TracedNetwork.Layer> layers = first.stream().map(layer -> SpikeTrace.layer(layer, last)).toList();
            assertTrue(layers.stream().anyMatch(layer -> layer.steps().isEmpty()), where);
            SpikeTrace.write(file(), new SpikeTrace.Spikes("n", "d", last, layers, 1, _ -> first.stream().map(LayerSpikes::train).toList()),
                    PROVENANCE);
            assertEquals(new NetworkSpikes("n", first), NetworkSpikes.read(file(), OptionalInt.empty()), where);
            assertEquals(first.getFirst(), SpikeTrace.input(file()), where);
        }
    }

    private static List<LayerSpikes> layers(SplittableRandom random, int... lastSteps) {
        return IntStream.range(0, LAYERS.size()).mapToObj(l -> new LayerSpikes(LAYERS.get(l).name(), LAYERS.get(l).shape(),
                SpikeTrain.random(random, LAYERS.get(l).shape().size(), lastSteps[l], 0.2))).toList();
    }

    @Test
    void anImageIsChosen() {
        SplittableRandom random = new SplittableRandom(11);
        List<List<LayerSpikes>> images = List.of(layers(random, 4, 4), layers(random, 4, 4));
        SpikeTrace.write(file(), new SpikeTrace.Spikes("n", "d", 4, LAYERS, 2, i -> images.get(i).stream().map(LayerSpikes::train).toList()),
                PROVENANCE);
        assertEquals(images.get(0), SpikeTrace.network(file(), OptionalInt.empty()).layers());
        assertEquals(images.get(1), SpikeTrace.network(file(), OptionalInt.of(1)).layers());
        assertEquals(file() + ": the trace has images 0 to 1, not 2",
                assertThrows(DataException.class, () -> SpikeTrace.network(file(), OptionalInt.of(2))).getMessage());
    }

    @Test
    void aSpikeBehindTheStepsOfItsLayerIsRefused() {
        TraceHeader header = new TraceHeader(TraceHeader.Source.IMPORT, new TracedNetwork("n", Optional.empty(), "d", false, 9, 0,
                LeakPolicy.EAGER, List.of(new TracedNetwork.Layer("input", Shape.vector(70), OptionalInt.of(5)))), Optional.empty(),
                Set.of(EventStream.SPIKES), 0, 0, 1, PROVENANCE);
        try (TraceWriter out = TraceWriter.create(file(), header); TraceWriter.Image image = out.image(0)) {
            image.accept(new ChipEvent.Spike(0, 0, 1, 5));
            image.accept(new ChipEvent.LayerTime(0, 0, 0));
            image.end();
            out.finish();
        }
        refused("a spike at step 5, expected at most 4");
    }

    private void write(boolean once, int steps) {
        TraceHeader header = new TraceHeader(TraceHeader.Source.ORACLE, new TracedNetwork("n", Optional.empty(), "d", once, steps, 4,
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
