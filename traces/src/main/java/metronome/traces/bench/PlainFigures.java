package metronome.traces.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainRandom;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.TrainRun;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.report.Execution;
import metronome.traces.run.Executions;

/** How fast fully connected layers of neurons that spike many times run, and how fast their network is loaded. */
public final class PlainFigures {
    private static final int LAYERS = 3;
    private static final int NEURONS = 1024;
    private static final int LAST_STEP = 127;
    private static final double RATE = 0.1;
    private static final double MEGA = 1e6;

    private PlainFigures() {
    }

    /**
     * {@return the figures}
     *
     * @param target the chip
     * @param seed of weights and input
     */
    public static List<Figure> of(Target target, long seed) {
        String what = LAYERS + " fully connected layers of " + NEURONS + " neurons that spike many times in " + (LAST_STEP + 1)
                + " steps, on target " + target.name();
        return List.of(
                new Figure("plain-events", "M events/s", "synaptic events a second of " + what
                        + ", cycles and energy accounted for", "500", () -> new Run(made(target, seed), target)),
                new Figure("plain-load-seconds", "s", "from the file of that network to a machine that is ready to run it",
                        "1 or less", () -> new Load(made(target, seed), target, true)),
                new Figure("plain-load-heap", "MB", "heap allocated on that way, a bound on what is in use at once",
                        "100 or less", () -> new Load(made(target, seed), target, false)));
    }

    private static PlainRandom made(Target target, long seed) {
        return PlainRandom.dense(seed, LAYERS, NEURONS, LAST_STEP, RATE, target.count(TargetField.POTENTIAL_BITS));
    }

    /** Runs the network again and again. */
    private static final class Run implements Figure.Trial {
        private final PlainRandom made;
        private final Target target;
        private final Program program;
        private final Machine machine;
        private TrainRun run;
        private Execution execution;

        Run(PlainRandom made, Target target) {
            this.made = made;
            this.target = target;
            program = PlainCompiler.compile(made.network(), target);
            machine = new Machine(program, target, Engine.FAST);
        }

        @Override
        public double value() {
            double seconds = Figure.seconds(() -> {
                run = machine.run(made.input());
                execution = Executions.of(target, program.map(), run.counts(), 1);
            });
            return run.counts().total(Counter.UPDATES) / seconds / MEGA;
        }

        @Override
        public String note() {
            String rates = made.rates().stream().map(r -> String.format(Locale.ROOT, "%.2f", 100 * r))
                    .collect(Collectors.joining(", "));
            return String.format(Locale.ROOT, "%.2f %% of the inputs and %s %% of the neurons of the layers fire at a step; "
                    + "%,d synaptic events, %,.0f cycles, %.1f uJ a run", 100.0 * made.input().spikes() / NEURONS
                    / (LAST_STEP + 1), rates, run.counts().total(Counter.UPDATES), execution.cycles(),
                    execution.energyPj() / MEGA);
        }
    }

    /** Loads the network again and again. */
    private static final class Load implements Figure.Trial {
        private final Target target;
        private final boolean seconds;
        private final byte[] file;
        private int instructions;

        Load(PlainRandom made, Target target, boolean seconds) {
            this.target = target;
            this.seconds = seconds;
            this.file = inFile(path -> {
                PlainFile.write(made.network(), path);
                return Files.readAllBytes(path);
            });
        }

        @Override
        public double value() {
            return inFile(path -> {
                Files.write(path, file);
                long before = ThreadUse.bytes();
                double time = Figure.seconds(() -> {
                    Program program = PlainCompiler.compile(PlainFile.read(path), target);
                    instructions = program.instructions();
                    new Machine(program, target, Engine.FAST);
                });
                return seconds ? time : (ThreadUse.bytes() - before) / MEGA;
            });
        }

        @Override
        public String note() {
            return String.format(Locale.ROOT, "a file of %.1f MB, a program of %d instructions", file.length / MEGA,
                    instructions);
        }
    }

    private interface Use<T> {
        T of(Path path) throws IOException;
    }

    private static <T> T inFile(Use<T> use) {
        try {
            Path path = Files.createTempFile("metronome-bench", ".safetensors");
            try {
                return use.of(path);
            } finally {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
