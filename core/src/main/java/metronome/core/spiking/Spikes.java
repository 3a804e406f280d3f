package metronome.core.spiking;

import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * The spikes of one layer in the order in which they come: by step, and within a step by neuron.
 *
 * @param neuron indices, channel-major
 * @param first of step k: spikes first[k] to first[k + 1]
 */
record Spikes(int[] neuron, int[] first) {
    static Spikes of(int[] steps, int lastStep) {
        int[] first = new int[lastStep + 2];
        for (int step : steps) {
            if (step != TemporalCode.SILENT) {
                first[step + 1]++;
            }
        }
        for (int k = 0; k <= lastStep; k++) {
            first[k + 1] += first[k];
        }
        int[] next = first.clone();
        int[] neuron = new int[first[lastStep + 1]];
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] != TemporalCode.SILENT) {
                neuron[next[steps[i]]++] = i;
            }
        }
        return new Spikes(neuron, first);
    }

    /** The latest step among the inputs that a pooling neuron really has; silent where none spikes. */
    static int latest(int[] steps, Shape input, Window window, int channel, int y, int x) {
        int top = y * window.stride() - window.padding();
        int left = x * window.stride() - window.padding();
        int latest = TemporalCode.SILENT;
        for (int row = Math.max(0, top); row < Math.min(input.height(), top + window.height()); row++) {
            for (int column = Math.max(0, left); column < Math.min(input.width(), left + window.width()); column++) {
                latest = Math.max(latest, steps[(channel * input.height() + row) * input.width() + column]);
            }
        }
        return latest;
    }

    /** {@link #latest} of every neuron of a pooling layer. */
    static int[] latest(int[] steps, Shape input, Shape output, Window window) {
        int[] pooled = new int[output.size()];
        int i = 0;
        for (int c = 0; c < output.channels(); c++) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    pooled[i++] = latest(steps, input, window, c, y, x);
                }
            }
        }
        return pooled;
    }
}
