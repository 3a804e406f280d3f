package metronome.hwmodel.unit;

import metronome.isa.instruction.LifOperation;

/**
 * What {@code lif.run} is told: by itself, and by the registers when it begins.
 *
 * @param run the instruction
 * @param mode how neurons behave
 * @param tile the neurons
 * @param reached what events and biases are added to: the potentials, or the slopes (rule LIF-21)
 * @param inChannels channels of the input
 */
record StepOperands(LifOperation.Run run, LifOperation.LifMode mode, Tile tile, Tile reached, int inChannels) {
    static StepOperands of(LifOperation.Run run, LifOperation.LifMode mode, Tile tile, int inChannels) {
        return new StepOperands(run, mode, tile, mode.held() ? tile.slopes() : tile, inChannels);
    }

    /** The step to which the spikes of a step belong. */
    int spikeStep(int step) {
        return step + mode.delay();
    }

    /** Whether the spikes of a step come after the last one, so that nobody gets them. */
    boolean late(int step) {
        return spikeStep(step) > run.to();
    }
}
