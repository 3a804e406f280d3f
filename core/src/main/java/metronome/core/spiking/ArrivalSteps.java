package metronome.core.spiking;

import metronome.core.code.TemporalCode;

/** At how many different steps spikes reach a neuron: how often an event-driven neuron leaks while it integrates. */
final class ArrivalSteps {
    private final int words;
    private final long[] bits;

    private ArrivalSteps(int lastStep, int neurons) {
        this.words = lastStep / Long.SIZE + 1;
        this.bits = new long[Math.multiplyExact(words, neurons)];
    }

    /** The sum over all neurons of a layer of synapses; all channels of a pixel see the same spikes. */
    static long ofSynapses(FanOut fanOut, int outputPixels, int channels, int inputPixels, int[] steps, int lastStep) {
        ArrivalSteps arriving = new ArrivalSteps(lastStep, inputPixels);
        for (int i = 0; i < steps.length; i++) {
            arriving.mark(i % inputPixels, steps[i]);
        }
        ArrivalSteps reached = new ArrivalSteps(lastStep, outputPixels);
        for (int p = 0; p < inputPixels; p++) {
            for (int r = fanOut.first[p]; r < fanOut.first[p + 1]; r++) {
                for (int i = 0; i < fanOut.length[r]; i += channels) {
                    reached.merge((fanOut.neuron[r] + i) / channels, arriving, p);
                }
            }
        }
        return reached.count() * channels;
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
