package metronome.traces.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** What a run costs over the number of steps and over the share of silent neurons: it should grow with events. */
public final class CurveFigures {
    private static final int[] LAST_STEPS = {8, 16, 32, 64, 128, 256};
    private static final int[] SILENT_PERCENT = {0, 25, 50, 75, 90, 95};
    /** The time constant of the default code is a quarter of its steps. */
    private static final double STEPS_PER_TIME_CONSTANT = TemporalCode.DEFAULT.steps() / TemporalCode.DEFAULT.timeConstant();
    private static final double HALF = 0.5;
    private static final double PERCENT = 100;
    private static final double MILLI = 1e3;

    private CurveFigures() {
    }

    /**
     * {@return a figure for each point of both curves}
     *
     * @param target the chip
     * @param seed of weights and image
     */
    public static List<Figure> of(Target target, long seed) {
        List<Figure> figures = new ArrayList<>();
        for (int steps : LAST_STEPS) {
            figures.add(point("steps-" + steps, target, seed, steps, HALF));
        }
        for (int percent : SILENT_PERCENT) {
            figures.add(point("silent-" + percent, target, seed, TemporalCode.DEFAULT.steps(), percent / PERCENT));
        }
        return figures;
    }

    private static Figure point(String name, Target target, long seed, int steps, double silent) {
        TemporalCode code = new TemporalCode(steps / STEPS_PER_TIME_CONSTANT, steps, TemporalCode.DEFAULT.rounding(),
                TemporalCode.DEFAULT.zeros());
        return new Figure(name, "ms", String.format(Locale.ROOT, "one image of four convolutions and a dense layer, last step %d, "
                + "%.0f %% of the neurons silent, on target %s, one thread", steps, PERCENT * silent, target.name()),
                "grows with events", () -> new Point(target, new SyntheticNetwork.Settings(seed, code, silent,
                        target.count(TargetField.POTENTIAL_BITS))));
    }

    private static Network network() {
        Window three = new Window(3, 3, 1, 1);
        return NetworkBuilder.chain("curve", new Shape(3, 32, 32))
                .convolution("conv1", 64, three).rectifier("relu1").convolution("conv2", 64, three).rectifier("relu2")
                .maxPool("pool1", Window.square(2, 2)).convolution("conv3", 128, three).rectifier("relu3")
                .convolution("conv4", 128, three).rectifier("relu4").maxPool("pool2", Window.square(2, 2))
                .dense("fc", 10).build();
    }

    /** A network and its image, run again and again. */
    private static final class Point implements Figure.Trial {
        private final Machine machine;
        private final int[] image;
        private MachineRun run;

        Point(Target target, SyntheticNetwork.Settings settings) {
            SyntheticNetwork made = SyntheticNetwork.of(network(), settings);
            machine = new Machine(SpikingCompiler.compile(made.network(), target), target, Engine.FAST);
            image = SyntheticNetwork.image(made.network().input(), settings, settings.seed() + 1);
            run = machine.run(image);
        }

        @Override
        public double value() {
            return MILLI * Figure.seconds(() -> run = machine.run(image));
        }

        @Override
        public String note() {
            return String.format(Locale.ROOT, "%,d spikes worked on, %,d synaptic events, %,d cycles",
                    run.counts().total(Counter.EVENTS), run.counts().total(Counter.UPDATES), run.counts().cycles());
        }
    }
}
