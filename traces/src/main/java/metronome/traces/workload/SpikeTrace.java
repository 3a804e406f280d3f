package metronome.traces.workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;

/** Spike trains in traces: those of neurons that may spike many times, recorded elsewhere. */
public final class SpikeTrace {
    private static final int MOST_STEP = 1000;

    private SpikeTrace() {
    }

    /**
     * What was recorded.
     *
     * @param network whose spikes they are, by name
     * @param dataset where they are from, by name
     * @param lastStep T, in [0, 1000]
     * @param layers names and shapes, the input first
     * @param images how many, at least 1
     * @param trains of each image, a train a layer of at most T + 1 steps
     */
    public record Spikes(String network, String dataset, int lastStep, List<TraceHeader.Layer> layers, int images,
            IntFunction<List<SpikeTrain>> trains) {
        /** Copies the list. */
        public Spikes {
            layers = List.copyOf(layers);
        }
    }

    /**
     * Writes a trace of spikes alone.
     *
     * @param file the destination, which appears whole
     * @param spikes what was recorded
     * @param provenance how it came about
     * @throws DataException if it cannot be written
     */
    public static void write(Path file, Spikes spikes, TraceHeader.Provenance provenance) {
        TraceHeader header = new TraceHeader(TraceHeader.Source.IMPORT, new TraceHeader.Spiking(spikes.network(), Optional.empty(),
                spikes.dataset(), false, spikes.lastStep(), 0, LeakPolicy.EAGER, spikes.layers()), Optional.empty(),
                Set.of(EventStream.SPIKES), 0, 0, spikes.images(), provenance);
        try (TraceWriter out = TraceWriter.create(file, header)) {
            for (int i = 0; i < spikes.images(); i++) {
                try (TraceWriter.Image image = out.image(i)) {
                    write(image, spikes.trains().apply(i));
                    image.end();
                }
            }
            out.finish();
        }
    }

    private static void write(TraceWriter.Image image, List<SpikeTrain> trains) {
        for (int layer = 0; layer < trains.size(); layer++) {
            int[][] neurons = trains.get(layer).neurons();
            for (int step = 0; step < neurons.length; step++) {
                for (int neuron : neurons[step]) {
                    image.accept(new ChipEvent.Spike(0, layer, neuron, step));
                }
            }
        }
        for (int layer = 0; layer < trains.size(); layer++) {
            image.accept(new ChipEvent.LayerTime(0, layer, 0));
        }
    }

    /**
     * {@return the spikes of the first layer of the first image, those of a step by neuron}
     *
     * @param file a trace of neurons that may spike many times
     * @throws DataException if it is no such trace, is damaged, or is cut short before the end of the image
     */
    public static LayerSpikes input(Path file) {
        try (TraceReader in = TraceReader.open(file)) {
            return input(in);
        } catch (DataException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.in(file.toString());
        }
    }

    private static LayerSpikes input(TraceReader in) {
        in.header().requireWhole();
        TraceHeader.Spiking spikes = in.header().spikes();
        if (spikes.once() || spikes.steps() > MOST_STEP) {
            throw new DataException(spikes.once() ? "the trace is of neurons that spike once, expected some that may spike many times"
                    : "the trace has the steps 0 to " + spikes.steps() + ", expected at most " + MOST_STEP);
        }
        int image = in.header().firstImage();
        if (in.blocks(EventStream.LAYERS).noneMatch(block -> block.image() == image)) {
            throw new DataException("the trace ends before its image " + image + " does");
        }
        IntStream.Builder[] steps = new IntStream.Builder[spikes.steps() + 1];
        Arrays.setAll(steps, _ -> IntStream.builder());
        for (TraceBlock block : in.blocks(EventStream.SPIKES).filter(b -> b.image() == image && b.hasLayer(0)).toList()) {
            in.read(block, event -> add(steps, (ChipEvent.Spike) event));
        }
        TraceHeader.Layer of = spikes.layers().getFirst();
        return new LayerSpikes(of.name(), of.shape(), new SpikeTrain(Arrays.stream(steps).map(s -> s.build().sorted().toArray())
                .toArray(int[][]::new)));
    }

    private static void add(IntStream.Builder[] steps, ChipEvent.Spike spike) {
        if (spike.step() < 0 || spike.step() >= steps.length) {
            throw new DataException("a spike at step " + spike.step() + ", expected at most " + (steps.length - 1));
        }
        steps[spike.step()].add(spike.neuron());
    }
}
