package metronome.traces.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.traces.run.Hashes;
import metronome.traces.run.Images;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/** Makes records with the fixed-point oracle, whose spikes are the machine's, neuron by neuron and step by step. */
public final class Recorder {
    private Recorder() {
    }

    /**
     * {@return the header of records of a network}
     *
     * @param network in fixed point
     * @param dataset name of the data set
     * @param leak when potentials leak
     */
    public static SpikeRecord.Header header(FixedNetwork network, String dataset, LeakPolicy leak) {
        List<SpikeRecord.Layer> layers = new ArrayList<>();
        layers.add(new SpikeRecord.Layer("input", network.input()));
        network.layers().forEach(l -> layers.add(new SpikeRecord.Layer(l.name(), l.output())));
        return new SpikeRecord.Header(network.name(), Hashes.of(network), dataset, network.code().steps(),
                network.code().timeConstant(), leak, layers);
    }

    /**
     * {@return the spikes of test images}
     *
     * @param simulator of a network in fixed point
     * @param dataset whose first test images to take
     * @param images how many, at least 1
     * @param threads at least 1
     * @param watcher is told of each image
     */
    public static SpikeRecord record(FixedSimulator simulator, Dataset dataset, int images, int threads,
            Watcher watcher) {
        SpikeRecord.Header header = header(simulator.network(), dataset.name(), simulator.leak());
        Samples samples = dataset.test().first(images);
        return new SpikeRecord(header, Parallel.map("recording", samples.count(), threads, watcher, i -> {
            int[] input = simulator.encode(Images.image(samples, i));
            int[][] steps = Stream.concat(Stream.of(input), Stream.of(simulator.run(input).steps()))
                    .toArray(int[][]::new);
            return filled(steps, header);
        }));
    }

    /** Layers that are read out by potential do not fire: none of their neurons has a step. */
    private static int[][] filled(int[][] steps, SpikeRecord.Header header) {
        for (int layer = 0; layer < steps.length; layer++) {
            if (steps[layer].length == 0) {
                steps[layer] = new int[header.layers().get(layer).shape().size()];
                Arrays.fill(steps[layer], TemporalCode.SILENT);
            }
        }
        return steps;
    }

    /**
     * {@return the counts of all images, summed: those of a full run that spikes so}
     *
     * @param machine with a program of the record's network
     * @param record at least one image
     * @param threads at least 1
     * @param watcher is told of each image
     */
    public static Counts replay(Machine machine, SpikeRecord record, int threads, Watcher watcher) {
        List<Counts> counts = Parallel.map("replaying", record.images().size(), threads, watcher,
                i -> machine.replay(record.images().get(i)).counts());
        Counts sum = new Counts(counts.getFirst().layers());
        counts.forEach(sum::add);
        return sum;
    }

    /**
     * Refuses a record of another network, or of one whose potentials leak in another way.
     *
     * @param record to be replayed
     * @param network that is to replay it
     * @param leak of the target that is to replay it
     * @throws DataException naming both
     */
    public static void requireSame(SpikeRecord record, FixedNetwork network, LeakPolicy leak) {
        SpikeRecord.Header expected = header(network, record.header().dataset(), leak);
        if (!record.header().leak().equals(leak)) {
            throw new DataException("the record is of potentials with " + words(record.header().leak()) + ", the target has "
                    + words(leak) + " (lif.leak, lif.power_entries): they round differently, so that other neurons fire");
        }
        if (!record.header().networkHash().equals(expected.networkHash())) {
            throw new DataException("the record is of network " + name(record.header()) + ", not of " + name(expected)
                    + " (" + network.weightBits() + "-bit weights, " + network.potentialBits() + "-bit potentials)");
        }
        if (!record.header().equals(expected)) {
            throw new DataException("the record names network " + name(expected) + " but gives it other layers or steps: "
                    + record.header().layers() + ", expected " + expected.layers());
        }
    }

    private static String words(LeakPolicy leak) {
        return leak.lazy() ? "a lazy leak by a table of " + leak.powerEntries() + " powers" : "an eager leak";
    }

    private static String name(SpikeRecord.Header header) {
        return header.network() + " " + header.networkHash().substring(0, 12);
    }
}
