package metronome.traces.view;

import metronome.traces.analysis.TraceAnalysis;

/**
 * How sparse a layer is, over all images.
 *
 * @param neurons of the layer
 * @param silentNeurons which share of them spikes not at all in an image
 * @param silentNeuronSteps which share of them does not spike at a step
 */
record SpikeShares(int neurons, double silentNeurons, double silentNeuronSteps) {
    static SpikeShares of(TraceAnalysis analysis, int layer) {
        int neurons = analysis.header().spikes().layers().get(layer).shape().size();
        double chances = (double) neurons * analysis.images();
        return new SpikeShares(neurons, 1 - analysis.spikes().firing(layer) / chances,
                1 - analysis.spikes().spikes(layer) / (chances * (analysis.header().spikes().lastStep(layer) + 1)));
    }
}
