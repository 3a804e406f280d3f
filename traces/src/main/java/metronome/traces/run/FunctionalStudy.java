package metronome.traces.run;

import java.util.List;
import metronome.core.data.Samples;
import metronome.core.network.Inference;
import metronome.core.spiking.DisagreementStatistics;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerSimulator;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.OperationCount;
import metronome.core.spiking.SpikingSimulator;
import metronome.core.spiking.StaircaseModel;

/**
 * What the functional models find over test images.
 *
 * @param dnn share of images that the trained network has right
 * @param staircase share that the retrained network has right, in single precision
 * @param spiking share that the spiking network has right, in double precision
 * @param fixed share that the spiking network has right, in fixed point
 * @param integer share that the integer DNN has right
 * @param staircaseSteps firing steps in which double precision and staircase network differ
 * @param fixedShare share of firing steps in which fixed point and double precision differ
 * @param operations sums over the images
 */
public record FunctionalStudy(double dnn, double staircase, double spiking, double fixed, double integer,
        long staircaseSteps, double fixedShare, OperationCount operations) {
    private record Verdict(boolean spiking, boolean fixed, boolean integer, long staircaseSteps, long fixedSteps,
            long neurons) {
    }

    /**
     * Runs the models.
     *
     * @param networks all forms of one
     * @param policy when potentials leak on the hardware
     * @param samples test images, at least one
     * @param threads at least 1
     * @param watcher is told of each image
     * @return what they found
     */
    public static FunctionalStudy of(Networks networks, LeakPolicy policy, Samples samples, int threads, Watcher watcher) {
        StaircaseModel staircase = new StaircaseModel(networks.staircase(), networks.spiking().readout());
        SpikingSimulator spiking = new SpikingSimulator(networks.spiking());
        FixedSimulator fixed = new FixedSimulator(networks.fixed(), policy);
        IntegerSimulator integer = new IntegerSimulator(networks.integer());
        List<Verdict> verdicts = Parallel.map("functional models", samples.count(), threads, watcher, i -> {
            float[] image = Images.image(samples, i);
            int[] spikes = spiking.encode(image);
            FiringRecord exact = spiking.run(spikes);
            FiringRecord whole = fixed.run(spikes);
            DisagreementStatistics rounding = DisagreementStatistics.between(exact, whole);
            return new Verdict(exact.winner() == samples.label(i), whole.winner() == samples.label(i),
                    integer.run(IntegerSimulator.encode(image)).winner() == samples.label(i),
                    DisagreementStatistics.between(exact, staircase.run(spikes)).differing(), rounding.differing(),
                    rounding.layers().stream().mapToLong(DisagreementStatistics.Layer::neurons).sum());
        });
        OperationCount operations;
        try (Watcher.Work counting = watcher.begin("operation counts", 1)) {
            operations = OperationCount.of(networks.dnn(), networks.spiking(), samples.tensor(), threads);
            counting.step();
        }
        return new FunctionalStudy(Inference.of(networks.dnn()).accuracy(samples, threads),
                Inference.of(networks.staircase()).accuracy(samples, threads),
                share(verdicts.stream().filter(Verdict::spiking).count(), verdicts.size()),
                share(verdicts.stream().filter(Verdict::fixed).count(), verdicts.size()),
                share(verdicts.stream().filter(Verdict::integer).count(), verdicts.size()),
                verdicts.stream().mapToLong(Verdict::staircaseSteps).sum(),
                share(verdicts.stream().mapToLong(Verdict::fixedSteps).sum(),
                        verdicts.stream().mapToLong(Verdict::neurons).sum()),
                operations);
    }

    private static double share(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }
}
