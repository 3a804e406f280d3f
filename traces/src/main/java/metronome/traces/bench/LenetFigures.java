package metronome.traces.bench;

import java.util.List;
import java.util.stream.IntStream;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.data.Samples;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.traces.run.Images;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/** How fast a small network runs, image by image, with all cycles and actions counted. */
public final class LenetFigures {
    private LenetFigures() {
    }

    /**
     * {@return images a second on the fast engine, cycles a second on the reference engine}
     *
     * @param network in the integers of the target
     * @param target the chip
     * @param samples images, at least one
     * @param threads at least 1; each image runs on one
     */
    public static List<Figure> of(FixedNetwork network, Target target, Samples samples, int threads) {
        return List.of(
                new Figure("lenet-images", "images/s", "images of LeNet on the fast engine, one after the other on each of "
                        + threads + " threads", "1,000", () -> {
                            Machine machine = machine(network, target, Engine.FAST);
                            List<int[]> inputs = inputs(network, samples, samples.count());
                            return () -> inputs.size() / Figure.seconds(() -> cycles(machine, inputs, threads));
                        }),
                new Figure("reference-cycles", "cycles/s", "machine cycles that the reference engine simulates of the same "
                        + "images, on " + threads + " threads", "5,000,000", () -> {
                            Machine machine = machine(network, target, Engine.REFERENCE);
                            List<int[]> inputs = inputs(network, samples, samples.count());
                            long cycles = cycles(machine, inputs, threads);
                            return () -> cycles / Figure.seconds(() -> cycles(machine, inputs, threads));
                        }));
    }

    private static Machine machine(FixedNetwork network, Target target, Engine engine) {
        Program program = SpikingCompiler.compile(network, target);
        return new Machine(program, target, engine);
    }

    private static List<int[]> inputs(FixedNetwork network, Samples samples, int count) {
        FixedSimulator encoder = new FixedSimulator(network);
        return IntStream.range(0, count).mapToObj(i -> encoder.encode(Images.image(samples, i))).toList();
    }

    private static long cycles(Machine machine, List<int[]> inputs, int threads) {
        return Parallel.map("", inputs.size(), threads, Watcher.NONE, i -> machine.run(inputs.get(i)).counts().cycles())
                .stream().mapToLong(c -> c).sum();
    }
}
