package metronome.traces.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.data.Samples;
import metronome.core.rival.Coding;
import metronome.core.rival.PlainRival;
import metronome.core.rival.RivalNetwork;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.TrainRun;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.report.Execution;

/**
 * A rival as a program on the LIF array.
 *
 * @param levels of a pixel, chosen on training images under the first-spike codings
 * @param steps how many, chosen on training images as for the functional model
 * @param accuracy of the oracle over the test images
 * @param spikesPerNeuron of an image, means over the neurons of layers of weights but the last
 * @param spikeBlocks size of the spike buffer, the target's or as large as the images need
 * @param differing spikes in which machine and oracle differ
 * @param execution means over the images of the machine
 */
public record RivalOnMachine(int levels, int steps, double accuracy, double spikesPerNeuron, int spikeBlocks, long differing,
        Execution execution) {
    private static final double NEAR = 0.001;
    /** The functional model's steps are doubled to look for the program's. */
    private static final int FURTHER = 2;

    private record Image(boolean[] right, long spikes) {
    }

    private record Tried(int levels, int steps, double accuracy) {
    }

    private record Ran(Counts counts, long differing) {
    }

    /**
     * What all of them need.
     *
     * @param judged training images by which levels and steps are chosen
     * @param test images for the oracle
     * @param machineImages how many of them the machine runs
     * @param levels of a pixel that first-spike codings try
     * @param most steps
     * @param target the chip
     * @param threads at least 1
     * @param watcher is told of each image
     */
    public record Order(Samples judged, Samples test, int machineImages, List<Integer> levels, int most, Target target, int threads,
            Watcher watcher) {
        /** Copies the list. */
        public Order {
            levels = List.copyOf(levels);
        }

        private PlainRival plain(RivalNetwork rival, int count, int steps) {
            return PlainRival.of(rival, count, steps, target.count(TargetField.WEIGHT_BITS), target.count(TargetField.POTENTIAL_BITS));
        }
    }

    /**
     * {@return what the program does}
     *
     * @param found the functional model's best setting; its percentile and unit are taken
     * @param order images and chip
     */
    public static RivalOnMachine of(RivalSearch found, Order order) {
        RivalNetwork rival = found.rival();
        Tried best = fewest(tried(rival, Math.min(order.most, FURTHER * found.steps()), order));
        PlainRival plain = order.plain(rival, best.levels, best.steps);
        List<Image> all = images(plain, order.test, order);
        long neurons = plain.neurons().stream().mapToLong(l -> plain.network().layers().get(l).neurons().size()).sum();
        double spikes = all.stream().mapToLong(Image::spikes).sum() / (double) all.size() / neurons;
        return machine(plain, best, accuracy(all)[best.steps - 1], spikes, order);
    }

    /** The input list has room for as many spikes of a pixel as there are steps. */
    private static List<Tried> tried(RivalNetwork rival, int most, Order order) {
        List<Tried> all = new ArrayList<>();
        for (int levels : rival.coding() == Coding.RATE ? List.of(1) : order.levels) {
            double[] accuracy = levels > most ? new double[0] : accuracy(images(order.plain(rival, levels, most), order.judged, order));
            for (int steps = levels; steps <= accuracy.length; steps++) {
                all.add(new Tried(levels, steps, accuracy[steps - 1]));
            }
        }
        return all;
    }

    /** Of those near the best, that with fewest steps; of these the best, with fewest levels. */
    private static Tried fewest(List<Tried> all) {
        double enough = all.stream().mapToDouble(Tried::accuracy).max().orElseThrow() - NEAR - 1e-12;
        return all.stream().filter(t -> t.accuracy >= enough).min(Comparator.comparingInt(Tried::steps)
                .thenComparing(Comparator.comparingDouble(Tried::accuracy).reversed()).thenComparingInt(Tried::levels)).orElseThrow();
    }

    private static List<Image> images(PlainRival plain, Samples samples, Order order) {
        PlainSimulator oracle = new PlainSimulator(plain.network());
        return Parallel.map("rivals in integers", samples.count(), order.threads, order.watcher, i -> {
            PlainSimulator.Result result = oracle.run(plain.input(Images.image(samples, i)));
            boolean[] right = new boolean[result.lowest().length];
            for (int k = 0; k < right.length; k++) {
                right[k] = result.lowest()[k] == samples.label(i);
            }
            return new Image(right, plain.neurons().stream().mapToLong(l -> spikes(result.trains().get(l), plain.network().layers().get(l))).sum());
        });
    }

    /** Of events of all kinds only the spikes. */
    private static long spikes(SpikeTrain train, PlainLayer layer) {
        int pixels = layer.output().height() * layer.output().width();
        return Arrays.stream(train.neurons()).flatMapToInt(Arrays::stream)
                .filter(event -> !layer.neuron().announces() || EventKind.of(event / pixels) == EventKind.SPIKE).count();
    }

    private static double[] accuracy(List<Image> images) {
        double[] accuracy = new double[images.getFirst().right().length];
        Arrays.setAll(accuracy, k -> images.stream().filter(i -> i.right()[k]).count() / (double) images.size());
        return accuracy;
    }

    private static RivalOnMachine machine(PlainRival plain, Tried best, double accuracy, double spikes, Order order) {
        Samples samples = order.test.first(order.machineImages);
        PlainSimulator oracle = new PlainSimulator(plain.network());
        List<SpikeTrain> inputs = IntStream.range(0, samples.count()).mapToObj(i -> plain.input(Images.image(samples, i))).toList();
        List<PlainSimulator.Result> expected = Parallel.map("rivals in integers", samples.count(), order.threads, order.watcher,
                i -> oracle.run(inputs.get(i)));
        int blocks = IntStream.range(0, inputs.size()).map(i -> blocks(inputs.get(i), expected.get(i).trains(), order.target)).max()
                .orElseThrow();
        Target target = roomy(order.target, blocks);
        Program program = PlainCompiler.compile(plain.network(), target);
        Machine machine = new Machine(program, target);
        List<Ran> runs = Parallel.map("machine, rivals", samples.count(), order.threads, order.watcher, i -> {
            TrainRun run = machine.run(inputs.get(i));
            return new Ran(run.counts(), PlainDifferences.between(run, expected.get(i)));
        });
        Counts sum = new Counts(runs.getFirst().counts().layers());
        runs.forEach(run -> sum.add(run.counts()));
        return new RivalOnMachine(best.levels, best.steps, accuracy, spikes, target.count(TargetField.SPIKE_BLOCKS),
                runs.stream().mapToLong(Ran::differing).sum(), Executions.of(target, program.map(), sum, samples.count()));
    }

    /** The most blocks of the spike buffer that are taken at once: by the spikes that a layer reads and those that it fires. */
    private static int blocks(SpikeTrain input, List<SpikeTrain> trains, Target target) {
        int most = 0;
        SpikeTrain read = input;
        for (SpikeTrain fired : trains) {
            most = Math.max(most, blocks(read, target) + blocks(fired, target));
            read = fired;
        }
        return most;
    }

    private static int blocks(SpikeTrain train, Target target) {
        return Arrays.stream(train.neurons()).mapToInt(step -> Math.ceilDiv(step.length, target.count(TargetField.BLOCK_EVENTS))).sum();
    }

    /** The target, its spike buffer doubled until so many blocks fit, and one for the decision. */
    private static Target roomy(Target target, int blocks) {
        int size = target.count(TargetField.SPIKE_BLOCKS);
        while (size <= blocks) {
            size *= 2;
        }
        return target.with(TargetField.SPIKE_BLOCKS, "" + size);
    }
}
