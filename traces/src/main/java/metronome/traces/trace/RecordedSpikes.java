package metronome.traces.trace;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/** The spikes in a trace, image by image; images that were not recorded to their end are left out. Safe for several threads. */
public final class RecordedSpikes {
    private final TraceReader trace;
    private final List<Integer> images;

    /**
     * Looks for the images.
     *
     * @param trace to be read from; nobody else may, and it must stay open
     * @throws DataException if it has no spikes, is cut to some cycles or layers, or has no whole image
     */
    public RecordedSpikes(TraceReader trace) {
        this.trace = trace;
        trace.header().requireWhole();
        if (!trace.header().streams().contains(EventStream.SPIKES)) {
            throw new DataException("the trace has no spikes, only " + trace.header().streams().stream().map(EventStream::label)
                    .collect(Collectors.joining(", ")));
        }
        images = trace.blocks(EventStream.LAYERS).map(TraceBlock::image).distinct().toList();
        if (images.isEmpty()) {
            throw new DataException("the trace has no whole image");
        }
    }

    /** {@return the numbers of the whole images, in the order of the file} */
    public List<Integer> images() {
        return images;
    }

    /**
     * {@return the firing step of each neuron of each layer, {@link TemporalCode#SILENT} for none}
     *
     * @param image its number
     * @throws DataException if a neuron spikes twice, or at a step that the trace does not have
     */
    public int[][] steps(int image) {
        int[][] steps = layers().map(layer -> new int[layer.shape().size()]).toArray(int[][]::new);
        for (int[] layer : steps) {
            Arrays.fill(layer, TemporalCode.SILENT);
        }
        read(image, spike -> {
            if (steps[spike.layer()][spike.neuron()] != TemporalCode.SILENT) {
                throw new DataException("image " + image + ": neuron " + spike.neuron() + " of layer " + spike.layer() + " spikes at steps "
                        + steps[spike.layer()][spike.neuron()] + " and " + spike.step() + ", expected once");
            }
            steps[spike.layer()][spike.neuron()] = spike.step();
        });
        return steps;
    }

    /**
     * {@return the spikes of each layer, those of a step in the order of the trace}
     *
     * @param image its number
     * @throws DataException if there is a step that the trace does not have
     */
    public List<SpikeTrain> trains(int image) {
        int steps = trace.header().spikes().steps() + 1;
        List<IntStream.Builder[]> trains = layers().map(_ -> Stream.generate(IntStream::builder).limit(steps)
                .toArray(IntStream.Builder[]::new)).toList();
        read(image, spike -> trains.get(spike.layer())[spike.step()].add(spike.neuron()));
        return trains.stream().map(train -> new SpikeTrain(Arrays.stream(train).map(s -> s.build().toArray()).toArray(int[][]::new)))
                .toList();
    }

    private Stream<TracedNetwork.Layer> layers() {
        return trace.header().spikes().layers().stream();
    }

    private void read(int image, Consumer<ChipEvent.Spike> consumer) {
        int last = trace.header().spikes().steps();
        synchronized (trace) {
            for (TraceBlock block : trace.blocks(image).stream().filter(b -> b.stream() == EventStream.SPIKES).toList()) {
                trace.read(block, event -> {
                    ChipEvent.Spike spike = (ChipEvent.Spike) event;
                    if (spike.step() < 0 || spike.step() > last) {
                        throw new DataException("image " + image + ": a spike at step " + spike.step() + ", expected one of 0 to " + last);
                    }
                    consumer.accept(spike);
                });
            }
        }
    }
}
