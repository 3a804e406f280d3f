package metronome.traces.run;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import metronome.core.calibration.Normalisation;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.rival.Coding;
import metronome.core.rival.PlainRates;
import metronome.core.rival.RivalNetwork;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Tensor;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.TrainRun;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.report.Execution;

/**
 * Rate coding as a program on the LIF array.
 *
 * @param steps how many, chosen on training images as for the functional model
 * @param accuracy of the oracle over the test images
 * @param spikesPerNeuron of an image, means over the neurons of layers of weights but the last
 * @param differing spikes in which machine and oracle differ
 * @param execution means over the images of the machine
 */
public record RateOnMachine(int steps, double accuracy, double spikesPerNeuron, long differing, Execution execution) {
    private static final double NEAR = 0.001;

    private record Image(boolean[] right, long spikes) {
    }

    /**
     * {@return what the program does}
     *
     * @param found the functional model's best setting; its percentile is taken
     * @param calibration by whose outputs the last layer is scaled, so that it can fire at a rate
     * @param judged training images by which steps are chosen
     * @param most steps
     * @param test images for the oracle
     * @param machineImages how many of them the machine runs
     * @param target the chip
     * @param threads at least 1
     * @param watcher is told of each image
     */
    public static RateOnMachine of(RivalSearch found, Tensor calibration, Samples judged, int most, Samples test,
            int machineImages, Target target, int threads, Watcher watcher) {
        Network scaled = Normalisation.readOut(found.rival().network(), calibration, threads);
        RivalNetwork rival = new RivalNetwork(scaled, Coding.RATE, 1);
        double[] tried = accuracy(images(network(rival, most, target), judged, threads, watcher));
        double enough = Arrays.stream(tried).max().orElseThrow() - NEAR - 1e-12;
        int steps = 1;
        while (tried[steps - 1] < enough) {
            steps++;
        }
        PlainNetwork network = network(rival, steps, target);
        List<Image> all = images(network, test, threads, watcher);
        long neurons = IntStream.range(0, network.layers().size()).filter(l -> counted(network, l))
                .mapToLong(l -> network.layers().get(l).output().size()).sum();
        return machine(network, steps, accuracy(all)[steps - 1],
                all.stream().mapToLong(Image::spikes).sum() / (double) all.size() / neurons, test.first(machineImages), target,
                threads, watcher);
    }

    private static PlainNetwork network(RivalNetwork rival, int steps, Target target) {
        return PlainRates.of(rival, steps, target.count(TargetField.WEIGHT_BITS), target.count(TargetField.POTENTIAL_BITS));
    }

    private static List<Image> images(PlainNetwork network, Samples samples, int threads, Watcher watcher) {
        PlainSimulator oracle = new PlainSimulator(network);
        return Parallel.map("rate coding in integers", samples.count(), threads, watcher, i -> {
            List<SpikeTrain> trains = oracle.run(PlainRates.input(Images.image(samples, i), network.lastStep() + 1)).trains();
            int[] classes = PlainRates.classes(trains.getLast(), network.layers().getLast().output().size());
            boolean[] right = new boolean[classes.length];
            for (int k = 0; k < right.length; k++) {
                right[k] = classes[k] == samples.label(i);
            }
            return new Image(right, IntStream.range(0, trains.size()).filter(l -> counted(network, l))
                    .mapToLong(l -> trains.get(l).spikes()).sum());
        });
    }

    /** Pools reset to a value. */
    private static boolean counted(PlainNetwork network, int layer) {
        return layer < network.layers().size() - 1
                && network.layers().get(layer).neuron().reset() == PlainNeuron.Reset.SUBTRACT;
    }

    private static double[] accuracy(List<Image> images) {
        double[] accuracy = new double[images.getFirst().right().length];
        Arrays.setAll(accuracy, k -> images.stream().filter(i -> i.right()[k]).count() / (double) images.size());
        return accuracy;
    }

    private record Ran(Counts counts, long differing) {
    }

    private static RateOnMachine machine(PlainNetwork network, int steps, double accuracy, double spikes, Samples samples,
            Target target, int threads, Watcher watcher) {
        Program program = PlainCompiler.compile(network, target);
        Machine machine = new Machine(program, target);
        PlainSimulator oracle = new PlainSimulator(network);
        List<Ran> runs = Parallel.map("machine, rate coding", samples.count(), threads, watcher, i -> {
            SpikeTrain input = PlainRates.input(Images.image(samples, i), steps);
            TrainRun run = machine.run(input);
            return new Ran(run.counts(), differing(run.trains().getLast(), oracle.run(input).trains().getLast()));
        });
        Counts sum = new Counts(runs.getFirst().counts().layers());
        runs.forEach(run -> sum.add(run.counts()));
        return new RateOnMachine(steps, accuracy, spikes, runs.stream().mapToLong(Ran::differing).sum(),
                Executions.of(target, program.map(), sum, samples.count()));
    }

    /** Neurons fire at most once in a step. */
    private static long differing(SpikeTrain one, SpikeTrain other) {
        long differing = 0;
        for (int k = 0; k <= one.lastStep(); k++) {
            Set<Integer> left = new HashSet<>(Arrays.stream(one.neurons()[k]).boxed().toList());
            Set<Integer> right = new HashSet<>(Arrays.stream(other.neurons()[k]).boxed().toList());
            Set<Integer> common = new HashSet<>(left);
            common.retainAll(right);
            differing += left.size() + right.size() - 2L * common.size();
        }
        return differing;
    }
}
