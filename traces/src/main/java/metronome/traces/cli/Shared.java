package metronome.traces.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import metronome.core.code.Rounding;
import metronome.core.code.TickVariant;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.DataSets;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.network.Zoo;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.target.Target;
import metronome.traces.run.Conversion;
import metronome.traces.run.Untrained;
import metronome.traces.trace.TraceWriter;

/** Options that several commands have, and what they mean together. */
final class Shared {
    static final Option<Boolean> JSON = Option.flag("--json", "print the result as JSON");
    static final Option<String> DATASET = Option.of("--dataset", "NAME", "digits", Value.word(DataSets.NAMES),
            "which images");
    static final Option<Path> DATA_DIR = Option.of("--data-dir", "DIR", "", Value.path(),
            "where the files of the data set are; without it, the place of Debian's package and the user's cache");
    static final Option<Long> SEED = Option.of("--seed", "N", Long.toString(DataSets.DIGITS_SEED), Value.seed(),
            "seed of every random choice, which for images is how the digits are drawn");
    static final Option<String> TARGET = Option.of("--target", "TARGET", "default", Value.text(),
            "the hardware: a preset, a target file, or a .cfg file of SCALE-Sim");
    static final Option<Engines> ENGINE = Option.of("--engine", "WHICH", "fast", Value.constant(Engines.class),
            "what moves the machine; the reference engine goes through every cycle, both compares the two");
    static final Option<LayerSchedule> SCHEDULE = Option.of("--schedule", "HOW", "auto", Value.constant(LayerSchedule.class),
            "whether layers overlap on a chip with a firing unit, which changes no spike: each begins when the one before has "
            + "fired, fused ones integrate step by step what the one before fires (refused if none can), or fused where it can be");
    static final Option<Partition> PARTITION = Option.of("--partition", "HOW", "auto", Value.constant(Partition.class),
            "how the network is spread over the cores of a target that has several: its output channels, whole layers, or "
            + "whichever is estimated to take less time");
    static final Option<Integer> THREADS = Option.of("--threads", "N", "", Value.whole(1, 1024),
            "how many threads to use, which changes no result; all processors if not given");
    static final Option<Path> WEIGHTS = Option.of("--weights", "DIR", "", Value.path(),
            "take dnn.safetensors and staircase.safetensors from there, where train wrote them, instead of those that ship");
    static final Option<Integer> STEPS = Option.of("--steps", "T", "", Value.whole(1, 1000),
            "last step of a window, if not the one trained for");
    static final Option<Double> TIME_CONSTANT = Option.of("--time-constant", "L", "", Value.decimal(0, 1000),
            "membrane time constant, if not the one trained for").in("steps");
    static final Option<Rounding> ROUNDING = Option.of("--rounding", "HOW", "", Value.constant(Rounding.class),
            "how a value between two code levels is rounded, if not as trained for");
    static final Option<ZeroPolicy> ZEROS = Option.of("--zeros", "POLICY", "", Value.constant(ZeroPolicy.class),
            "what becomes of exact zeros, if not as trained for");
    static final Option<TickVariant> VARIANT = Option.of("--variant", "X", "C", Value.constant(TickVariant.class),
            "when the ticking neuron drives");
    static final Option<PoolCircuit> POOL = Option.of("--pool", "CIRCUIT", "", Value.constant(PoolCircuit.class),
            "how a maximum is found; counter if not given, or reset where zeros are silent");
    static final Option<Readout> READOUT = Option.of("--readout", "HOW", "potential", Value.constant(Readout.class),
            "how the class is read");
    static final Option<Double> SILENT = Option.of("--silent", "SHARE", "0.5", Value.decimal(0, 0.99),
            "of an architecture with random weights: which share of what reaches a layer is silent");
    static final String UNTRAINED = String.join(", ", Zoo.NAMES)
            + ": the architecture of that name with random weights drawn from --seed";
    static final List<Option<?>> CONVERSION =
            List.of(STEPS, TIME_CONSTANT, ROUNDING, ZEROS, VARIANT, POOL, READOUT);

    private Shared() {
    }

    /** The architecture of that name with random weights; empty if the name is that of a file. */
    static Optional<Untrained> untrained(Arguments arguments, String name, Target target, Console console) {
        if (!architecture(name)) {
            if (arguments.given(SILENT)) {
                throw new UsageException("--silent is for an architecture with random weights, one of "
                        + String.join(", ", Zoo.NAMES) + ", not for " + name);
            }
            return Optional.empty();
        }
        SimulateCommand.refuse(arguments, "is not for an architecture with random weights, whose images are random as well", DATASET, DATA_DIR);
        Untrained network = Untrained.of(name, target, arguments.get(SEED), arguments.get(SILENT));
        console.remark(network.remark());
        return Optional.of(network);
    }

    /** Whether a name is that of an architecture; refuses one that is almost, where there is no file of that name. */
    static boolean architecture(String name) {
        if (Nearest.to(name, Zoo.NAMES).isPresent() && !Zoo.NAMES.contains(name) && Files.notExists(Path.of(name))) {
            throw new DataException(name + ": no such file, and no architecture" + Nearest.hint(name, Zoo.NAMES));
        }
        return Zoo.NAMES.contains(name);
    }

    static int threads(Arguments arguments) {
        return arguments.find(THREADS).orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    static Conversion conversion(Arguments arguments) {
        return new Conversion(arguments.find(STEPS).map(OptionalInt::of).orElse(OptionalInt.empty()),
                arguments.find(TIME_CONSTANT).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                arguments.find(ROUNDING), arguments.find(ZEROS), arguments.get(VARIANT), arguments.find(POOL),
                arguments.get(READOUT));
    }

    /** Refuses to write over one of the files that are the operands: a recording would be lost. */
    static void requireOther(Arguments arguments, Path out) {
        for (String operand : arguments.operands()) {
            if (same(Path.of(operand), out)) {
                throw new UsageException("--output is " + operand + ", which is what is read, expected another file");
            }
        }
    }

    /** The same of a trace, and refuses to write it over one that is being written or was never finished. */
    static void requireOtherTrace(Arguments arguments, Path out) {
        requireOther(arguments, out);
        Path part = TraceWriter.part(out);
        for (String operand : arguments.operands()) {
            if (same(Path.of(operand), part)) {
                throw new UsageException("--output is called " + operand + " until it is whole, which is what is read, expected another file");
            }
        }
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    static Optional<Path> dataDirectory(Arguments arguments) {
        return arguments.find(DATA_DIR);
    }
}
