package metronome.core.spiking;

/** How far from zero the potentials of a layer can get, whatever spikes arrive in whatever order. */
final class FixedBound {
    private FixedBound() {
    }

    /**
     * The larger of all positive and all negative weights of a neuron at once, since leaks only shrink a potential; the
     * bias pulse; and the drive of the output window.
     */
    static long of(FixedLayer.Synapses layer) {
        long drive = Math.abs((long) layer.firstTick()) + Math.abs((long) layer.tick()) + Math.abs((long) layer.threshold());
        long bias = 0;
        for (int b : layer.bias()) {
            bias = Math.max(bias, Math.abs((long) b));
        }
        return Math.addExact(drive + bias, Math.multiplyExact(oneSided(layer.weights(), layer.output().channels()),
                1L << layer.shift()));
    }

    /** The largest one-sided sum of the weights [out, ...] of any output channel. */
    static long oneSided(FixedWeights weights, int channels) {
        int taps = weights.size() / channels;
        long largest = 0;
        for (int channel = 0; channel < channels; channel++) {
            long positive = 0;
            long negative = 0;
            for (int i = channel * taps; i < (channel + 1) * taps; i++) {
                positive += Math.max(0, weights.get(i));
                negative += Math.max(0, -weights.get(i));
            }
            largest = Math.max(largest, Math.max(positive, negative));
        }
        return largest;
    }
}
