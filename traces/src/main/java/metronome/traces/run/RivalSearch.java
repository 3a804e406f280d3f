package metronome.traces.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.rival.Coding;
import metronome.core.rival.RivalNetwork;
import metronome.core.rival.RivalStudy;
import metronome.core.tensor.Tensor;

/**
 * The best setting of a rival on training images: of all settings and steps whose accuracy is within 0.1 points of the best
 * of all, the one with fewest steps.
 *
 * @param rival the network in that setting
 * @param percentile of activations that became 1
 * @param steps how many
 * @param accuracy there, on the training images
 */
public record RivalSearch(RivalNetwork rival, double percentile, int steps, double accuracy) {
    private static final double NEAR = 0.001;

    /**
     * What is tried.
     *
     * @param percentiles of activations, at least one
     * @param units thresholds of the first-spike codings, at least one
     * @param levels of a pixel that first-spike codings try on the machine, at least one
     * @param steps the most
     */
    public record Space(List<Double> percentiles, List<Integer> units, List<Integer> levels, int steps) {
        /** Copies the lists. */
        public Space {
            percentiles = List.copyOf(percentiles);
            units = List.copyOf(units);
            levels = List.copyOf(levels);
        }
    }

    private record Tried(RivalNetwork rival, double percentile, RivalStudy study) {
    }

    /**
     * {@return the best setting}
     *
     * @param trained with rectifiers
     * @param coding what a spike stands for
     * @param space what is tried
     * @param calibration images to measure activations on
     * @param judged training images to measure accuracy on
     * @param threads at least 1
     * @param watcher is told of each setting
     */
    public static RivalSearch of(Network trained, Coding coding, Space space, Tensor calibration, Samples judged, int threads,
            Watcher watcher) {
        List<Tried> all = new ArrayList<>();
        List<Integer> units = coding == Coding.RATE ? List.of(1) : space.units();
        try (Watcher.Work work = watcher.begin("settings", (long) space.percentiles().size() * units.size())) {
            for (double percentile : space.percentiles()) {
                RivalNetwork scaled = RivalNetwork.of(trained, calibration, percentile, coding, 1, threads);
                for (int unit : units) {
                    RivalNetwork rival = new RivalNetwork(scaled.network(), coding, unit);
                    all.add(new Tried(rival, percentile, RivalStudy.of(rival, judged, space.steps(), threads)));
                    work.step();
                }
            }
        }
        return fewest(all);
    }

    private static RivalSearch fewest(List<Tried> all) {
        double enough = all.stream().mapToDouble(t -> t.study().best()).max().orElseThrow() - NEAR - 1e-12;
        for (int step = 1;; step++) {
            int now = step;
            Optional<RivalSearch> best = all.stream().filter(t -> t.study().accuracy()[now - 1] >= enough)
                    .map(t -> new RivalSearch(t.rival(), t.percentile(), now, t.study().accuracy()[now - 1]))
                    .max(Comparator.comparingDouble(RivalSearch::accuracy));
            if (best.isPresent()) {
                return best.get();
            }
        }
    }
}
