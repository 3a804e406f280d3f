package metronome.traces.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import metronome.core.code.TemporalCode;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.SyntheticNetwork;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.MachineRun;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.run.Untrained;

/** How long one image of a large network takes, weights and image random, also replayed, and how many synaptic events a second that is. */
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
        figures.add(events("vgg16-events", "the whole run of VGG-16", "none", target, threads,
                () -> Untrained.of("vgg16", target, seed, SILENT)));
        figures.add(replay("replay-seconds", "s", "none", target, seed, threads, "one image of vgg16 replayed from its spikes in memory, on target "
                + target.name() + ", one thread", (full, replayed) -> replayed));
        figures.add(replay("replay-speedup", "times", "20, or its limit", target, seed, threads, "the same against a full run just before it, with "
                + threads + " threads", (full, replayed) -> full / replayed));
        figures.add(new Figure("replay-limit", "times", "by how much a replay would be faster than a full run if it left out the arithmetic of "
                + "potentials and did all else alike, from samples of a full run; one thread", "none", () -> {
                    Trial trial = new Trial(Untrained.of("vgg16", target, seed, SILENT), target, 1);
                    return () -> 1 / (1 - trial.arithmetic());
                }));
        figures.add(limit("replay-silent", "s", "a replay of that image if nobody fires: the machine without a spike; one thread", target, seed,
                threads, limit -> limit.silent));
        figures.add(limit("replay-floor", "s", "what a replay of that image must do at least about its spikes: name, move and weigh events one by "
                + "one, nothing of the machine; one thread", target, seed, threads, limit -> limit.floor));
        figures.add(limit("replay-over-floor", "times", "a replay against these two together, one after the other", target, seed, threads,
                limit -> limit.replayed / (limit.silent + limit.floor)));
        figures.add(events("inner-events", "a run of three of VGG-16's inner layers, conv4_2 to conv5_1", "5", target, threads,
                () -> inner(target, seed)));
        return figures;
    }

    private static Figure events(String name, String of, String goal, Target target, int threads, Supplier<Untrained> network) {
        return new Figure(name, "G events/s", "synaptic events a second of " + of + ", " + threads + " threads sharing an image",
                goal, () -> {
                    Trial trial = new Trial(network.get(), target, threads);
                    return () -> {
                        double seconds = trial.seconds();
                        return trial.events / seconds / Figure.NANOS;
                    };
                });
    }

    /** What is told of a full run and a replay of the same image, both in seconds. */
    @FunctionalInterface
    private interface Told {
        double of(double full, double replayed);
    }

    private static Figure replay(String name, String unit, String goal, Target target, long seed, int threads, String what, Told told) {
        return new Figure(name, unit, what, goal, () -> {
            Trial trial = new Trial(Untrained.of("vgg16", target, seed, SILENT), target, threads);
            return () -> {
                double full = trial.seconds();
                return told.of(full, trial.replaySeconds());
            };
        });
    }

    /** Seconds of a replay, of one in which nobody fires, and of what has to be done about spikes. */
    private record Limit(double replayed, double silent, double floor) {
    }

    private static Figure limit(String name, String unit, String what, Target target, long seed, int threads, ToDoubleFunction<Limit> told) {
        return new Figure(name, unit, what, "none", () -> {
            Trial trial = new Trial(Untrained.of("vgg16", target, seed, SILENT), target, threads);
            trial.seconds();
            ReplayFloor floor = trial.floor();
            return () -> told.applyAsDouble(new Limit(trial.replaySeconds(), trial.silentSeconds(), Figure.seconds(floor::run)));
        });
    }

    private static Untrained inner(Target target, long seed) {
        Window three = new Window(3, 3, 1, 1);
        int channels = 512;
        Network network = NetworkBuilder.chain("inner", new Shape(channels, 28, 28))
                .convolution("conv4_2", channels, three).rectifier("relu4_2")
                .convolution("conv4_3", channels, three).rectifier("relu4_3").maxPool("pool4", Window.square(2, 2))
                .convolution("conv5_1", channels, three).rectifier("relu5_1").maxPool("pool5", Window.square(2, 2))
                .dense("fc", 10).build();
        SyntheticNetwork.Settings settings = new SyntheticNetwork.Settings(seed, TemporalCode.DEFAULT, SILENT,
                target.count(TargetField.POTENTIAL_BITS));
        return new Untrained(SyntheticNetwork.of(network, settings), settings);
    }

    private static Figure seconds(String network, String goal, Target target, long seed, int threads) {
        return new Figure(network + "-seconds", "s", "one image of " + network + ", half of the activations zero, on target "
                + target.name() + ", " + threads + " threads sharing it", goal, () -> {
                    Trial trial = new Trial(Untrained.of(network, target, seed, SILENT), target, threads);
                    return (Figure.Trial) trial::seconds;
                });
    }

    /** A compiled network and its image. */
    private static final class Trial {
        private final Machine machine;
        private final int[] image;
        private final int[][] silent;
        private long events;
        private int[][] steps = new int[0][];

        Trial(Untrained untrained, Target target, int threads) {
            Program program = SpikingCompiler.compile(untrained.made().network(), target);
            machine = new Machine(program, target, Engine.FAST).withThreads(threads);
            silent = program.map().layers().stream().map(layer -> new int[layer.output().size()]).toArray(int[][]::new);
            Arrays.stream(silent).forEach(layer -> Arrays.fill(layer, TemporalCode.SILENT));
            image = untrained.image(0);
        }

        double seconds() {
            return Figure.seconds(() -> {
                MachineRun run = machine.run(image);
                events = run.counts().total(Counter.UPDATES);
                steps = run.steps();
            });
        }

        /** The share of a full run that computes potentials. */
        double arithmetic() {
            return SampledShare.of(this::seconds, Engine::computesPotentials);
        }

        ReplayFloor floor() {
            return new ReplayFloor(machine.run(image));
        }

        double silentSeconds() {
            return Figure.seconds(() -> machine.withThreads(1).replay(silent));
        }

        double replaySeconds() {
            return Figure.seconds(() -> machine.withThreads(1).replay(steps));
        }
    }
}
