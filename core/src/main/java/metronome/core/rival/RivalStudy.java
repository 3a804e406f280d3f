package metronome.core.rival;

import java.util.List;
import metronome.core.data.Samples;
import metronome.core.spiking.Evaluation;
import metronome.core.spiking.Operations;
import metronome.core.tensor.Tensor;

/**
 * What a rival does with images.
 *
 * @param images how many there were
 * @param accuracy after each step, from the first on, in [0, 1]
 * @param spikes of all neurons but those of the last layer, summed over the images
 * @param neurons how many of them there are
 * @param clock operations if every neuron is updated at every step, summed over the images
 * @param event operations if neurons are updated at steps with an arrival, summed over the images
 */
public record RivalStudy(int images, double[] accuracy, long spikes, long neurons, Operations clock, Operations event) {
    private static final double NEAR = 0.001;

    /**
     * {@return what a rival does}
     *
     * @param rival what to run
     * @param samples at least one image
     * @param steps at least 1
     * @param threads at least 1; the result does not depend on it
     */
    public static RivalStudy of(RivalNetwork rival, Samples samples, int steps, int threads) {
        RivalSimulator simulator = new RivalSimulator(rival);
        Tensor images = samples.tensor();
        List<RivalStudy> each = Evaluation.map(samples.count(), threads, i ->
                of(simulator.run(Evaluation.image(images, i), steps), samples.label(i)));
        return each.stream().reduce(RivalStudy::plus).orElseThrow();
    }

    private static RivalStudy of(RivalRun run, int label) {
        double[] right = new double[run.classes().length];
        for (int i = 0; i < right.length; i++) {
            right[i] = run.classes()[i] == label ? 1 : 0;
        }
        return new RivalStudy(1, right, run.total(), run.neurons(), run.clock(), run.event());
    }

    private RivalStudy plus(RivalStudy other) {
        double[] mean = new double[accuracy.length];
        int all = images + other.images;
        for (int i = 0; i < mean.length; i++) {
            mean[i] = Math.round(accuracy[i] * images + other.accuracy[i] * other.images) / (double) all;
        }
        return new RivalStudy(all, mean, spikes + other.spikes, neurons, clock.plus(other.clock), event.plus(other.event));
    }

    /** {@return spikes of an image divided by neurons} */
    public double spikesPerNeuron() {
        return (double) spikes / images / neurons;
    }

    /** {@return the best accuracy after any step} */
    public double best() {
        return java.util.Arrays.stream(accuracy).max().orElseThrow();
    }

    /** {@return the first step from 1 on after which the accuracy is within 0.1 points of the best} */
    public int saturation() {
        double enough = best() - NEAR - 1e-12;
        int step = 0;
        while (accuracy[step] < enough) {
            step++;
        }
        return step + 1;
    }
}
