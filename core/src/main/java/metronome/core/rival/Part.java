package metronome.core.rival;

/** One layer while an image goes through it. */
sealed interface Part permits RateNeurons, FirstSpikeNeurons, GatedPool, EarliestPool, Stacked {
    /** Goes on by a step, after those that it reads. */
    void step(int step);

    /** What its neurons do in this step; one object, filled anew at every step. */
    Emission emission();

    /**
     * What a step brings.
     *
     * @param neurons how many there are
     * @param spikes those that spike
     * @param expected those that began or, as {@code -1 - neuron}, ceased to be driven without having fired
     */
    record Emission(int neurons, Spikes spikes, Spikes expected) {
        static Emission of(int neurons) {
            return new Emission(neurons, new Spikes(neurons), new Spikes(neurons));
        }
    }

    /** Those that spike in this step. */
    default Spikes spikes() {
        return emission().spikes();
    }

    /** Those of whom later layers learn in this step that they are, or no longer are, to be waited for. */
    default Spikes expected() {
        return emission().expected();
    }

    /** How many neurons there are. */
    default int neurons() {
        return emission().neurons();
    }
}
