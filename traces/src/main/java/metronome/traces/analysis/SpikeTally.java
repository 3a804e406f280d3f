package metronome.traces.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.TracedNetwork;

/** Spikes by layer: how many at which step, how far apart, and of the first image where. Sums over the whole images. */
public final class SpikeTally {
    private static final int MOST_BITS = Long.SIZE;
    private static final long MOST_PLACES = 1 << 20;

    private final List<TracedNetwork.Layer> layers;
    private final boolean once;
    private final long[][] bySteps;
    private final long[][] intervals;
    private final long[][] gaps;
    private final long[] firing;
    private final LastSteps[] last;
    private final long[] lastCycle;
    private final Raster[] rasters;
    private boolean drawn;

    SpikeTally(TracedNetwork spiking) {
        this.layers = spiking.layers();
        long places = IntStream.range(0, layers.size()).mapToLong(l -> spiking.lastStep(l) + 1L).sum();
        if (places > MOST_PLACES) {
            throw new DataException("the trace has " + layers.size() + " layers with " + places + " steps in all, expected at most "
                    + MOST_PLACES);
        }
        this.once = spiking.once();
        this.bySteps = new long[layers.size()][];
        Arrays.setAll(bySteps, l -> new long[spiking.lastStep(l) + 1]);
        this.intervals = new long[once ? 0 : layers.size()][];
        Arrays.setAll(intervals, l -> new long[bySteps[l].length]);
        this.gaps = new long[layers.size()][MOST_BITS];
        this.firing = new long[layers.size()];
        this.last = new LastSteps[layers.size()];
        this.lastCycle = new long[layers.size()];
        this.rasters = new Raster[layers.size()];
    }

    /** An image begins. */
    void begin(boolean first) {
        drawn = first;
        Arrays.fill(lastCycle, -1);
        for (LastSteps steps : last) {
            if (steps != null) {
                steps.clear();
            }
        }
    }

    void accept(ChipEvent.Spike spike) {
        int layer = spike.layer();
        if (spike.step() < 0 || spike.step() >= bySteps[layer].length) {
            throw new DataException("a spike is at step " + spike.step() + ", expected one of 0 to " + (bySteps[layer].length - 1));
        }
        bySteps[layer][spike.step()]++;
        interval(spike);
        if (lastCycle[layer] >= 0 && spike.cycle() >= lastCycle[layer]) {
            gaps[layer][MOST_BITS - Long.numberOfLeadingZeros(spike.cycle() - lastCycle[layer])]++;
        }
        lastCycle[layer] = spike.cycle();
        if (drawn) {
            raster(spike);
        }
    }

    private void interval(ChipEvent.Spike spike) {
        int layer = spike.layer();
        if (once) {
            firing[layer]++;
            return;
        }
        if (last[layer] == null) {
            last[layer] = new LastSteps(layers.get(layer).shape().size());
        }
        int before = last[layer].replace(spike.neuron(), spike.step());
        if (before < 0) {
            firing[layer]++;
        } else {
            intervals[layer][Math.abs(spike.step() - before)]++;
        }
    }

    private void raster(ChipEvent.Spike spike) {
        if (rasters[spike.layer()] == null) {
            rasters[spike.layer()] = new Raster(layers.get(spike.layer()).shape().size(), bySteps[spike.layer()].length);
        }
        rasters[spike.layer()].add(spike.neuron(), spike.step());
    }

    /**
     * {@return how many spikes a layer has}
     *
     * @param layer from 0, the input
     */
    public long spikes(int layer) {
        return Arrays.stream(bySteps[layer]).sum();
    }

    /** {@return how many spikes all layers have} */
    public long spikes() {
        return IntStream.range(0, bySteps.length).mapToLong(this::spikes).sum();
    }

    /**
     * {@return spikes by step of the layer's window}
     *
     * @param layer which
     */
    public long[] steps(int layer) {
        return bySteps[layer];
    }

    /**
     * {@return how many neurons spike at least once, summed over the images}
     *
     * @param layer which
     */
    public long firing(int layer) {
        return firing[layer];
    }

    /**
     * {@return how often two spikes of one neuron follow each other at a distance, by steps}
     *
     * @param layer which, of a network whose neurons may spike several times
     */
    public long[] intervals(int layer) {
        return intervals[layer];
    }

    /**
     * {@return how often two spikes of the layer follow each other at a distance in cycles: of 0 cycles, of 1, of 2 and 3,
     * of 4 to 7, and so on}
     *
     * @param layer which
     */
    public long[] gaps(int layer) {
        return gaps[layer];
    }

    /**
     * {@return where and when the first image's spikes are; empty if the layer has none}
     *
     * @param layer which
     */
    public Optional<Raster> raster(int layer) {
        return Optional.ofNullable(rasters[layer]);
    }
}
