package metronome.core.spiking;

import java.util.Arrays;
import metronome.core.code.TemporalCode;

/** At how many different steps spikes reach a neuron: how often an event-driven neuron leaks while it integrates. */
final class ArrivalSteps {
    private final int words;
    private final long[] bits;

    private ArrivalSteps(int lastStep, int neurons) {
        this.words = lastStep / Long.SIZE + 1;
        this.bits = new long[Math.multiplyExact(words, neurons)];
    }

    /** The sum over all neurons of a layer of synapses; all channels of a group see the same spikes at a pixel. */
    static long ofSynapses(FanOut fanOut, LayerForm layer, int[] steps, int lastStep) {
        int groups = layer.window().groups();
        long count = 0;
        for (int g = 0; g < groups; g++) {
            int length = steps.length / groups;
            count += ofGroup(fanOut, layer, Arrays.copyOfRange(steps, g * length, (g + 1) * length), lastStep);
        }
        return count * fanOut.outputsPerGroup();
    }

    private static long ofGroup(FanOut fanOut, LayerForm layer, int[] steps, int lastStep) {
        int inputPixels = layer.input().height() * layer.input().width();
        int channels = layer.output().channels();
        ArrivalSteps arriving = new ArrivalSteps(lastStep, inputPixels);
        for (int i = 0; i < steps.length; i++) {
            arriving.mark(i % inputPixels, steps[i]);
        }
        ArrivalSteps reached = new ArrivalSteps(lastStep, layer.output().height() * layer.output().width());
        for (int p = 0; p < inputPixels; p++) {
            for (int r = fanOut.first[p]; r < fanOut.first[p + 1]; r++) {
                for (int i = 0; i < fanOut.length[r]; i += channels) {
                    reached.merge((fanOut.neuron[r] + i) / channels, arriving, p);
                }
            }
        }
        return reached.count();
    }

    /** The sum over all neurons of a pooling layer. */
    static long ofPool(PoolFanOut fanOut, int neurons, int[] steps, int lastStep) {
        ArrivalSteps reached = new ArrivalSteps(lastStep, neurons);
        for (int i = 0; i < steps.length; i++) {
            int step = steps[i];
            fanOut.forEach(i, neuron -> reached.mark(neuron, step));
        }
        return reached.count();
    }

    private void mark(int neuron, int step) {
        if (step != TemporalCode.SILENT) {
            bits[neuron * words + step / Long.SIZE] |= 1L << step;
        }
    }

    private void merge(int neuron, ArrivalSteps from, int other) {
        for (int w = 0; w < words; w++) {
            bits[neuron * words + w] |= from.bits[other * words + w];
        }
    }

    private long count() {
        long count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }
}
