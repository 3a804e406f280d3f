package metronome.traces.bench;

import java.util.ArrayList;
import java.util.List;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.MachineRun;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.target.Target;
import metronome.traces.run.Untrained;

/** How long one image of a large network takes, weights and image random, and how many synaptic events a second that is. */
public final class LargeFigures {
    /** Half of the activations are zero. */
    private static final double SILENT = 0.5;

    private LargeFigures() {
    }

    /**
     * {@return the figures}
     *
     * @param target the chip
     * @param seed of weights and image
     * @param threads at least 1; they share one image
     */
    public static List<Figure> of(Target target, long seed, int threads) {
        List<Figure> figures = new ArrayList<>();
        figures.add(seconds("vgg16", "2 or less", target, seed, threads));
        figures.add(seconds("alexnet", "0.3 or less", target, seed, threads));
        figures.add(seconds("googlenet", "0.5 or less", target, seed, threads));
        figures.add(new Figure("vgg16-events", "G events/s", "synaptic events a second of the whole run of VGG-16", "5", () -> {
            Trial trial = new Trial("vgg16", target, seed, threads);
            return () -> trial.seconds() > 0 ? trial.events / trial.seconds / Figure.NANOS : 0;
        }));
        return figures;
    }

    private static Figure seconds(String network, String goal, Target target, long seed, int threads) {
        return new Figure(network + "-seconds", "s", "one image of " + network + ", half of the activations zero, on target "
                + target.name() + ", " + threads + " threads sharing it", goal, () -> {
                    Trial trial = new Trial(network, target, seed, threads);
                    return (Figure.Trial) trial::seconds;
                });
    }

    /** A compiled network and its image. */
    private static final class Trial {
        private final Machine machine;
        private final int[] image;
        private double seconds;
        private long events;

        Trial(String network, Target target, long seed, int threads) {
            Untrained untrained = Untrained.of(network, target, seed, SILENT);
            machine = new Machine(SpikingCompiler.compile(untrained.made().network(), target), target, Engine.FAST)
                    .withThreads(threads);
            image = untrained.image(0);
        }

        double seconds() {
            seconds = Figure.seconds(() -> {
                MachineRun run = machine.run(image);
                events = run.counts().total(Counter.UPDATES);
            });
            return seconds;
        }
    }
}
