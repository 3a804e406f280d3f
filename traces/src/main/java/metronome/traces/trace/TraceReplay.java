package metronome.traces.trace;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import metronome.core.io.DataException;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.Probe;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/**
 * Runs the spikes of a trace on a machine, without computing potentials: cycles, stalls and counts are those of a full run that
 * spikes so.
 */
public final class TraceReplay {
    private final TraceHeader header;
    private final RecordedSpikes spikes;

    /**
     * Prepares a replay.
     *
     * @param trace stays open for as long as it is replayed
     * @throws DataException as for {@link RecordedSpikes}
     */
    public TraceReplay(TraceReader trace) {
        header = trace.header();
        spikes = new RecordedSpikes(trace);
    }

    /** {@return how many images are replayed} */
    public int images() {
        return spikes.images().size();
    }

    /**
     * Refuses a network, or a target's way of leaking, whose neurons would not have spiked so.
     *
     * @param network that is to be replayed; where the trace does not know its network, only steps and layers are compared
     * @param leak of the target
     * @throws DataException naming both
     */
    public void require(TracedNetwork network, LeakPolicy leak) {
        TracedNetwork recorded = header.spikes();
        if (recorded.networkHash().isPresent()) {
            requireSameNetwork(network);
            if (!recorded.leak().equals(leak)) {
                throw new DataException("the trace is of potentials with " + words(recorded.leak()) + ", the target has " + words(leak)
                        + " (lif.leak, lif.power_entries): they round differently, so that other neurons fire");
            }
        }
        if (!recorded.layers().stream().map(TracedNetwork.Layer::shape).toList()
                .equals(network.layers().stream().map(TracedNetwork.Layer::shape).toList()) || recorded.steps() != network.steps()) {
            throw new DataException("the trace has layers " + recorded.layers() + " and steps 0 to " + recorded.steps() + ", the network "
                    + network.network() + " has " + network.layers() + " and 0 to " + network.steps());
        }
    }

    private void requireSameNetwork(TracedNetwork network) {
        try {
            header.requireNetwork(network.network(), network.networkHash().orElseThrow());
        } catch (DataException e) {
            boolean alike = header.spikes().layers().equals(network.layers());
            throw alike ? new DataException(e.getMessage() + ": its layers are the same, so weights differ, or the widths of weights or potentials "
                    + "(lif.weight_bits, lif.potential_bits)", e) : e;
        }
    }

    private static String words(LeakPolicy leak) {
        return leak.lazy() ? "a lazy leak by a table of " + leak.powerEntries() + " powers" : "an eager leak";
    }

    /**
     * {@return the counts of all images, summed}
     *
     * @param machine with a program of the network
     * @param once whether the network's neurons spike once
     * @param threads at least 1; they share the images
     * @param watcher is told of each image
     * @throws DataException if the trace does not fit the program, or neurons compare at each event
     */
    public Counts run(Machine machine, boolean once, int threads, Watcher watcher) {
        return sum(threads, watcher, i -> replay(machine, once, i));
    }

    /**
     * The same, and records what happens.
     *
     * @param to the destination, which appears whole
     * @param recorded what is recorded, of as many images
     * @param machine as for {@link #run}
     * @param threads as for {@link #run}
     * @param watcher as for {@link #run}
     * @return the counts of all images, summed
     */
    public Counts record(Path to, TraceHeader recorded, Machine machine, int threads, Watcher watcher) {
        try (TraceWriter out = TraceWriter.create(to, recorded)) {
            Counts sum = sum(threads, watcher, i -> {
                try (TraceWriter.Image image = out.image(recorded.firstImage() + i)) {
                    Counts counts = replay(machine.withProbe(new Probe(recorded.streams(), recorded.windowCycles(), image)),
                            recorded.spikes().once(), i);
                    image.end();
                    return counts;
                }
            });
            out.finish();
            return sum;
        }
    }

    private Counts replay(Machine machine, boolean once, int index) {
        int image = spikes.images().get(index);
        return once ? machine.replay(spikes.steps(image)).counts() : machine.replay(spikes.trains(image)).counts();
    }

    private Counts sum(int threads, Watcher watcher, IntFunction<Counts> replay) {
        List<Counts> counts = Parallel.map("replaying", images(), threads, watcher, replay);
        Counts sum = new Counts(counts.getFirst().layers());
        counts.forEach(sum::add);
        return sum;
    }
}
