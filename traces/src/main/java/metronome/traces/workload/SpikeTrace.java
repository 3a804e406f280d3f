package metronome.traces.workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import metronome.core.io.DataException;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedNetwork;

/** Spike trains in traces: those of neurons that may spike many times, recorded elsewhere. */
public final class SpikeTrace {
    private static final int MOST_STEP = 1000;
    private static final int[] SILENT = {};

    private SpikeTrace() {
    }

    /**
     * What was recorded.
     *
     * @param network whose spikes they are, by name
     * @param dataset where they are from, by name
     * @param lastStep T, in [0, 1000]
     * @param layers names, shapes and steps, the input first
     * @param images how many, at least 1
     * @param trains of each image, a train a layer of its steps
     */
    public record Spikes(String network, String dataset, int lastStep, List<TracedNetwork.Layer> layers, int images,
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
        TraceHeader header = new TraceHeader(TraceHeader.Source.IMPORT, new TracedNetwork(spikes.network(), Optional.empty(),
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
     * {@return a layer of a trace whose last step is T}
     *
     * @param spikes of the layer
     * @param lastStep T
     */
    public static TracedNetwork.Layer layer(LayerSpikes spikes, int lastStep) {
        int steps = spikes.train().lastStep() + 1;
        return new TracedNetwork.Layer(spikes.name(), spikes.shape(), steps > lastStep ? OptionalInt.empty() : OptionalInt.of(steps));
    }

    /**
     * {@return the spikes of the first layer of the first image, those of a step by neuron}
     *
     * @param file a trace of neurons that may spike many times
     * @throws DataException if it is no such trace, is damaged, or is cut short before the end of the image
     */
    public static LayerSpikes input(Path file) {
        return read(file, in -> spikes(in, image(in, OptionalInt.empty()), 0));
    }

    /**
     * {@return the spikes of all layers of an image, those of a step by neuron}
     *
     * @param file a trace of neurons that may spike many times
     * @param image which; empty for the first
     * @throws DataException as {@link #input}, or if it does not have the image
     */
    public static NetworkSpikes network(Path file, OptionalInt image) {
        return read(file, in -> {
            int number = image(in, image);
            return new NetworkSpikes(in.header().spikes().network(), IntStream.range(0, in.header().spikes().layers().size())
                    .mapToObj(layer -> spikes(in, number, layer)).toList());
        });
    }

    private static <T> T read(Path file, Function<TraceReader, T> reading) {
        try (TraceReader in = TraceReader.open(file)) {
            return reading.apply(in);
        } catch (DataException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.in(file.toString());
        }
    }

    /** The number of an image that is there to its end. */
    private static int image(TraceReader in, OptionalInt wanted) {
        TraceHeader header = in.header();
        header.requireWhole();
        TracedNetwork spikes = header.spikes();
        if (spikes.once() || spikes.steps() > MOST_STEP) {
            throw new DataException(spikes.once() ? "the trace is of neurons that spike once, expected some that may spike many times"
                    : "the trace has the steps 0 to " + spikes.steps() + ", expected at most " + MOST_STEP);
        }
        int image = wanted.orElse(header.firstImage());
        if (image < header.firstImage() || image > header.lastImage()) {
            throw new DataException("the trace has " + header.imageWords() + ", not " + image);
        }
        if (in.blocks(image).stream().noneMatch(block -> block.stream() == EventStream.LAYERS)) {
            throw new DataException("the trace ends before its image " + image + " does");
        }
        return image;
    }

    private static LayerSpikes spikes(TraceReader in, int image, int layer) {
        TracedNetwork.Layer of = in.header().spikes().layers().get(layer);
        int last = in.header().spikes().lastStep(layer);
        LongStream.Builder spikes = LongStream.builder();
        for (TraceBlock block : in.blocks(image).stream().filter(b -> b.stream() == EventStream.SPIKES && b.hasLayer(layer)).toList()) {
            in.read(block, event -> {
                if (event.layer() == layer) {
                    spikes.add(key((ChipEvent.Spike) event, last));
                }
            });
        }
        return new LayerSpikes(of.name(), of.shape(), train(spikes.build().sorted().toArray(), last));
    }

    private static long key(ChipEvent.Spike spike, int lastStep) {
        if (spike.step() < 0 || spike.step() > lastStep) {
            throw new DataException("a spike at step " + spike.step() + ", expected at most " + lastStep);
        }
        return (long) spike.step() << Integer.SIZE | spike.neuron();
    }

    /** Spikes by step and neuron as a train. */
    private static SpikeTrain train(long[] keys, int lastStep) {
        int[][] neurons = new int[lastStep + 1][];
        int from = 0;
        for (int step = 0; step <= lastStep; step++) {
            int to = from;
            while (to < keys.length && keys[to] >> Integer.SIZE == step) {
                to++;
            }
            neurons[step] = from == to ? SILENT : Arrays.stream(keys, from, to).mapToInt(key -> (int) key).toArray();
            from = to;
        }
        return new SpikeTrain(neurons);
    }
}
