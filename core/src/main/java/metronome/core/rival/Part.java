package metronome.core.rival;

/** One layer while an image goes through it. */
sealed interface Part permits RateNeurons, FirstSpikeNeurons, GatedPool, EarliestPool, Stacked {
    /** Goes on by a step, after those that it reads. */
    void step(int step);

    /** Those that spike in this step. */
    Spikes spikes();

    /** Those that in this step began or, as {@code -1 - neuron}, ceased to be driven without having fired. */
    Spikes expected();

    /** How many neurons there are. */
    int neurons();
}
