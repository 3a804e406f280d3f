package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;

/** Adds a bias to each channel of some positions, saturating, with vectors (rule DATA-4); its scalar twin is in ComputedNeurons. */
final class BiasKernel {
    private static final int LANES = Lanes.INTS.length();
    /** Potentials have 30 bits at most, so that a sum with a bias that is clamped to this has 32. */
    private static final int MOST_BIAS = 1 << 30;

    private final int[] biases;
    private final int most;

    /**
     * For some biases.
     *
     * @param biases one for each channel
     * @param most the greatest potential, of at most 29 bits
     */
    BiasKernel(int[] biases, int most) {
        this.biases = biases.clone();
        this.most = most;
        for (int i = 0; i < biases.length; i++) {
            this.biases[i] = Math.clamp(biases[i], -MOST_BIAS, MOST_BIAS);
        }
    }

    /** Adds to the potentials of positions that lie one after the other. */
    void add(int[] potentials, int from, int to) {
        for (int position = from; position < to; position += biases.length) {
            int channel = 0;
            for (; channel + LANES <= biases.length; channel += LANES) {
                IntVector.fromArray(Lanes.INTS, potentials, position + channel)
                        .add(IntVector.fromArray(Lanes.INTS, biases, channel)).max(-most - 1).min(most)
                        .intoArray(potentials, position + channel);
            }
            for (; channel < biases.length; channel++) {
                int sum = potentials[position + channel] + biases[channel];
                potentials[position + channel] = Math.min(Math.max(sum, -most - 1), most);
            }
        }
    }
}
