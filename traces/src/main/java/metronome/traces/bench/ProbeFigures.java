package metronome.traces.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import metronome.core.data.Samples;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.traces.run.Images;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * What it costs a run that a probe could listen, and what each stream costs that one listens to. Two runs are compared, each on a
 * {@link ModelCopy copy} of the model's classes that is made and compiled for this repetition, in turns of some images, by the time of the
 * processor.
 */
public final class ProbeFigures {
    private static final int WARM_UP_IMAGES = 1000;
    private static final int TURNS = 41;
    private static final int IMAGES_A_TURN = 15;
    private static final double PERCENT = 100;
    private static final String RUN = "one image of LeNet on the fast engine, one thread, ";

    private final Program program;
    private final Target target;
    private final List<int[]> inputs;

    private ProbeFigures(FixedNetwork network, Target target, Samples samples) {
        this.program = SpikingCompiler.compile(network, target);
        this.target = target;
        FixedSimulator encoder = new FixedSimulator(network);
        this.inputs = IntStream.range(0, Math.min(samples.count(), IMAGES_A_TURN))
                .mapToObj(i -> encoder.encode(Images.image(samples, i))).toList();
    }

    /**
     * {@return how much more time and memory runs take}
     *
     * @param network in the integers of the target
     * @param target the chip
     * @param samples images, at least one
     */
    public static List<Figure> of(FixedNetwork network, Target target, Samples samples) {
        Supplier<ProbeFigures> lenet = () -> new ProbeFigures(network, target, samples);
        List<Figure> figures = new ArrayList<>(List.of(
                time("probe-same", "no probe, against the same: what the method varies by", "0", lenet,
                        runs -> runs.pair(ModelCopy.exact(), Optional.empty(), ModelCopy.exact())),
                time("probe-absent", "no probe, against code without the questions whether there is one", "below 1", lenet,
                        runs -> runs.pair(ModelCopy.exact(), Optional.empty(), ModelCopy.withoutQuestions())),
                time("probe-idle", "a probe that asks for no stream, against none", "below 1", lenet,
                        runs -> runs.against(EnumSet.noneOf(EventStream.class))),
                new Figure("probe-idle-bytes", "bytes", RUN + "a probe that asks for no stream: what it allocates more than without", "none",
                        () -> {
                            ProbeFigures runs = lenet.get();
                            return () -> runs.against(EnumSet.noneOf(EventStream.class)).bytes();
                        })));
        for (EventStream stream : EnumSet.complementOf(EnumSet.of(EventStream.LAYERS))) {
            figures.add(time("probe-" + stream.label(), "a probe that drops the " + stream.label() + " that it is told, against none", "none",
                    lenet, runs -> runs.against(EnumSet.of(stream))));
        }
        return figures;
    }

    private static Figure time(String name, String what, String goal, Supplier<ProbeFigures> lenet, Function<ProbeFigures, Pair> pair) {
        return new Figure(name, "%", RUN + what + ": time of the processor that it takes more", goal, () -> {
            ProbeFigures runs = lenet.get();
            return () -> pair.apply(runs).percent();
        });
    }

    private Pair against(Set<EventStream> streams) {
        return pair(ModelCopy.exact(), Optional.of(streams), ModelCopy.exact());
    }

    private Pair pair(ModelCopy of, Optional<Set<EventStream>> streams, ModelCopy against) {
        return new Pair(of.machine(program, target, streams, _ -> { }), against.machine(program, target, Optional.empty(), _ -> { }));
    }

    /** Two machines that take turns, compiled by as many images as the virtual machine needs. */
    private final class Pair {
        private final Consumer<int[]> one;
        private final Consumer<int[]> other;

        Pair(Consumer<int[]> one, Consumer<int[]> other) {
            this.one = one;
            this.other = other;
            for (int i = 0; i < WARM_UP_IMAGES; i += inputs.size()) {
                inputs.forEach(one);
                inputs.forEach(other);
            }
        }

        /** By how much one takes longer than the other: the middle of many turns, in which they begin alternately. */
        double percent() {
            double[] ratios = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                boolean first = turn % 2 == 0;
                long begun = first ? nanos(one) : nanos(other);
                long then = first ? nanos(other) : nanos(one);
                ratios[turn] = (double) (first ? begun : then) / (first ? then : begun);
            }
            return PERCENT * (new Median().evaluate(ratios) - 1);
        }

        private long nanos(Consumer<int[]> machine) {
            long start = ThreadUse.nanos();
            inputs.forEach(machine);
            return ThreadUse.nanos() - start;
        }

        /** How many bytes one allocates more than the other, an image. */
        double bytes() {
            return (double) (allocated(one) - allocated(other)) / inputs.size();
        }

        private long allocated(Consumer<int[]> machine) {
            long before = ThreadUse.bytes();
            inputs.forEach(machine);
            return ThreadUse.bytes() - before;
        }
    }
}
