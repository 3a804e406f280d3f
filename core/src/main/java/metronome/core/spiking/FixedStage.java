package metronome.core.spiking;

import metronome.core.code.ZeroPolicy;
import metronome.core.network.Shape;

/**
 * A layer of synapses of the fixed-point oracle; immutable. Where the worst case of its sums fits the potentials it runs
 * in vector lanes, elsewhere one addition at a time, saturating: the order of events then matters, and is by index.
 */
final class FixedStage {
    private final FixedLayer.Synapses layer;
    private final FanOut fanOut;
    private final int inputPixels;
    private final int[] weights;
    private final FixedLif lif;
    private final int potentialBits;
    private final boolean ticked;
    private final boolean lanes;
    private final LeakPolicy policy;
    private final int leak;

    FixedStage(FixedLayer.Synapses layer, FixedNetwork network, boolean ticked, boolean lanesAllowed,
            LeakPolicy policy) {
        this.policy = policy;
        this.leak = network.leak();
        this.layer = layer;
        this.fanOut = new FanOut(layer.input(), layer.output(), layer.window());
        this.inputPixels = layer.input().height() * layer.input().width();
        this.potentialBits = network.potentialBits();
        this.ticked = ticked;
        this.lanes = lanesAllowed && FixedBound.of(layer) <= SaturatingSum.highest(potentialBits);
        this.weights = arranged();
        this.lif = new FixedLif(network.code().steps(), network.leak(), network.code().zeros() == ZeroPolicy.SILENT, layer);
    }

    /** Weights in the order of the fan-out; in units of the potential where lanes add them. */
    private int[] arranged() {
        int[] places = fanOut.places();
        int[] arranged = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            arranged[places[i]] = layer.weights().get(i) << (lanes ? layer.shift() : 0);
        }
        return arranged;
    }

    /** Potentials at the end of the integration window, pixel-major. */
    int[] integrate(Spikes spikes, SaturatingSum sum) {
        int[] potentials = policy.lazy() ? integratedLazily(spikes, sum) : integratedEagerly(spikes, sum);
        for (int i = 0; i < potentials.length; i++) {
            potentials[i] = sum.of(potentials[i], layer.bias()[i % layer.bias().length]);
        }
        return potentials;
    }

    private int[] integratedEagerly(Spikes spikes, SaturatingSum sum) {
        int[] potentials = new int[layer.output().size()];
        for (int k = 0; k <= lif.steps(); k++) {
            if (k > 0) {
                lif.decay(potentials);
            }
            for (int s = spikes.first()[k]; s < spikes.first()[k + 1]; s++) {
                arrive(spikes.neuron()[s], potentials, sum);
            }
        }
        return potentials;
    }

    private int[] integratedLazily(Spikes spikes, SaturatingSum sum) {
        int[] potentials = new int[layer.output().size()];
        LazyPotentials lazy = new LazyPotentials(leak, policy.powerEntries(), potentials);
        for (int k = 0; k <= lif.steps(); k++) {
            for (int s = spikes.first()[k]; s < spikes.first()[k + 1]; s++) {
                int pixel = spikes.neuron()[s] % inputPixels;
                int first = fanOut.firstNeuron(spikes.neuron()[s] / inputPixels);
                for (int r = fanOut.first[pixel]; r < fanOut.first[pixel + 1]; r++) {
                    lazy.touch(first + fanOut.neuron[r], fanOut.length[r], k);
                }
                arrive(spikes.neuron()[s], potentials, sum);
            }
        }
        lazy.touch(0, potentials.length, lif.steps());
        return potentials;
    }

    private void arrive(int spike, int[] potentials, SaturatingSum sum) {
        int pixel = spike % inputPixels;
        int channel = spike / inputPixels * fanOut.weightsPerChannel();
        int first = fanOut.firstNeuron(spike / inputPixels);
        for (int r = fanOut.first[pixel]; r < fanOut.first[pixel + 1]; r++) {
            int weight = channel + fanOut.weight[r];
            if (lanes) {
                FixedLif.add(potentials, first + fanOut.neuron[r], weights, weight, fanOut.length[r]);
            } else {
                addSaturating(potentials, first + fanOut.neuron[r], weight, fanOut.length[r], sum);
            }
        }
    }

    private void addSaturating(int[] potentials, int neuron, int weight, int length, SaturatingSum sum) {
        for (int i = 0; i < length; i++) {
            potentials[neuron + i] = sum.of(potentials[neuron + i], (long) weights[weight + i] << layer.shift());
        }
    }

    /** Firing steps, channel-major; none where the layer is not ticked. */
    int[] fire(int[] potentials, SaturatingSum sum) {
        if (!ticked) {
            return new int[0];
        }
        if (lanes) {
            return channelMajor(lif.fire(potentials), layer.output());
        }
        int[] fired = new int[potentials.length];
        for (int i = 0; i < fired.length; i++) {
            fired[i] = lif.fire(potentials[i], sum);
        }
        return channelMajor(fired, layer.output());
    }

    /** From [row][column][channel] to [channel][row][column]. */
    static int[] channelMajor(int[] pixelMajor, Shape shape) {
        int[] out = new int[pixelMajor.length];
        int pixels = shape.height() * shape.width();
        int i = 0;
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                out[c * pixels + p] = pixelMajor[i++];
            }
        }
        return out;
    }
}
