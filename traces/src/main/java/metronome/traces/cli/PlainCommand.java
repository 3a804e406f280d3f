package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainRandom;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.workload.SpikeTrainCsv;
import metronome.traces.workload.LayerSpikes;
import metronome.traces.workload.SpikeTrace;

/** Makes a plain network with random weights. */
final class PlainCommand {
    private static final Option<Integer> LAYERS = Option.of("--layers", "N", "3", Value.whole(1, 100),
            "how many fully connected layers");
    private static final Option<Integer> NEURONS = Option.of("--neurons", "N", "256", Value.whole(1, 8192),
            "of each layer, and of the input without --for");
    private static final Option<Integer> LAST_STEP = Option.of("--last-step", "T", "63", Value.whole(1, 1000),
            "the network runs through the steps 0 to T");
    private static final Option<Double> RATE = Option.of("--rate", "R", "0.1", Value.decimal(0, 0.5),
            "share of the neurons that spike at a step, of the input and of each layer");
    private static final Option<Path> INPUT = Option.of("--input", "FILE.csv", "", Value.path(),
            "write the input there for which the layers have that rate");
    private static final Option<Path> FOR = Option.of("--for", "FILE.mtt", "", Value.path(),
            "a trace: the input has the shape and the steps of its first layer, and the layers have that rate for the spikes of its "
            + "first image");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE", "plain.safetensors", Value.path(),
            "where the network goes");

    private PlainCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("plain random", "makes a plain network of fully connected layers with random weights",
                List.of("Its neurons compare at every step, spike many times and have a soft reset. It computes nothing; it is "
                        + "there to measure machines, and as an example of the file format."), List.of(),
                List.of(LAYERS, NEURONS, LAST_STEP, RATE, FOR, Shared.SEED, Shared.TARGET, INPUT, OUT),
                List.of("plain random --neurons 1024 --last-step 127 --target large -o plain.safetensors --input spikes.csv",
                        "plain random --for seven.mtt --layers 2 --neurons 128 -o plain.safetensors")),
                PlainCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Target target = Targets.named(arguments.get(Shared.TARGET));
        PlainRandom made = arguments.find(FOR).map(trace -> madeFor(arguments, trace, target)).orElseGet(() -> PlainRandom.dense(
                arguments.get(Shared.SEED), arguments.get(LAYERS), arguments.get(NEURONS), arguments.get(LAST_STEP),
                arguments.get(RATE), target.count(TargetField.POTENTIAL_BITS)));
        PlainFile.write(made.network(), arguments.get(OUT));
        Optional<Path> input = arguments.find(INPUT);
        input.ifPresent(file -> SpikeTrainCsv.write(file, made.input()));
        console.remark(String.format(Locale.ROOT, "of the neurons of each layer spike at a step: %s (seed %d)",
                String.join(", ", made.rates().stream().map(r -> String.format(Locale.ROOT, "%.2f %%", 100 * r)).toList()),
                arguments.get(Shared.SEED)));
    }

    private static PlainRandom madeFor(Arguments arguments, Path trace, Target target) {
        if (arguments.given(LAST_STEP)) {
            throw new UsageException(LAST_STEP.name() + " is not for a network with " + FOR.name() + ", which says it");
        }
        LayerSpikes input = SpikeTrace.input(trace);
        return PlainRandom.denseFor(arguments.get(Shared.SEED), arguments.get(LAYERS), arguments.get(NEURONS), input.shape(),
                input.train(), arguments.get(RATE), target.count(TargetField.POTENTIAL_BITS));
    }
}
