package metronome.traces.run;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import metronome.core.data.Samples;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerSimulator;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.MachineRun;

/**
 * What the cycle-accurate machine does with test images, and whether it does what its oracle does.
 *
 * @param images how many were run
 * @param counts summed over the images
 * @param right images classified rightly by the machine
 * @param oracleRight images classified rightly by the oracle
 * @param differing firing steps, or outputs, in which machine and oracle differ; a different class counts as one more
 */
public record MachineStudy(int images, Counts counts, int right, int oracleRight, long differing) {
    private record Image(Counts counts, boolean right, boolean oracleRight, long differing) {
    }

    /**
     * Runs a spiking program against the fixed-point oracle.
     *
     * @param machine with the program
     * @param oracle the network that was compiled
     * @param samples test images, at least one
     * @param threads at least 1
     * @param watcher is told of each image
     * @return what happened
     */
    public static MachineStudy spiking(Machine machine, FixedSimulator oracle, Samples samples, int threads,
            Watcher watcher) {
        return of("machine, TDSNN", samples.count(), threads, watcher, i -> spiking(machine, oracle,
                oracle.encode(Images.image(samples, i)), _ -> samples.label(i)));
    }

    /**
     * Runs a spiking program against the fixed-point oracle on images without labels: the oracle's class is the right one.
     *
     * @param machine with the program
     * @param oracle the network that was compiled
     * @param images how many, at least 1
     * @param spikes firing steps of each image's pixels
     * @param threads at least 1
     * @param watcher is told of each image
     * @return what happened
     */
    public static MachineStudy spiking(Machine machine, FixedSimulator oracle, int images, IntFunction<int[]> spikes,
            int threads, Watcher watcher) {
        return of("machine, TDSNN", images, threads, watcher,
                i -> spiking(machine, oracle, spikes.apply(i), FiringRecord::winner));
    }

    private static Image spiking(Machine machine, FixedSimulator oracle, int[] spikes,
            ToIntFunction<FiringRecord> label) {
        FiringRecord expected = oracle.run(spikes);
        MachineRun run = machine.run(spikes);
        long differing = run.result() == expected.winner() ? 0 : 1;
        for (int layer = 0; layer < expected.steps().length; layer++) {
            differing += differing(expected.steps()[layer], run.steps()[layer + 1]);
        }
        int right = label.applyAsInt(expected);
        return new Image(run.counts(), run.result() == right, expected.winner() == right, differing);
    }

    /**
     * Runs a dense program against the integer oracle.
     *
     * @param machine with the program
     * @param oracle the network that was compiled
     * @param samples test images, at least one
     * @param threads at least 1
     * @param watcher is told of each image
     * @return what happened
     */
    public static MachineStudy dense(Machine machine, IntegerSimulator oracle, Samples samples, int threads,
            Watcher watcher) {
        return of("machine, DNN baseline", samples.count(), threads, watcher, i -> {
            IntegerSimulator.Result expected = oracle.run(IntegerSimulator.encode(Images.image(samples, i)));
            MachineRun run = machine.runDense(samples.image(i));
            return new Image(run.counts(), run.result() == samples.label(i), expected.winner() == samples.label(i),
                    differing(expected.activations()[expected.activations().length - 1], run.output()));
        });
    }

    private static MachineStudy of(String what, int images, int threads, Watcher watcher, IntFunction<Image> run) {
        List<Image> all = Parallel.map(what, images, threads, watcher, run);
        Counts sum = new Counts(all.getFirst().counts().layers());
        all.forEach(image -> sum.add(image.counts()));
        return new MachineStudy(images, sum, (int) all.stream().filter(Image::right).count(),
                (int) all.stream().filter(Image::oracleRight).count(), all.stream().mapToLong(Image::differing).sum());
    }

    /** Layers that are read out by potential have no expected steps. */
    private static long differing(int[] expected, int[] actual) {
        long differing = 0;
        for (int i = 0; i < expected.length; i++) {
            differing += expected[i] == actual[i] ? 0 : 1;
        }
        return differing;
    }

    /** {@return the share of images classified rightly by the machine} */
    public double accuracy() {
        return (double) right / images;
    }

    /** {@return the share of images classified rightly by the oracle} */
    public double oracleAccuracy() {
        return (double) oracleRight / images;
    }
}
