package metronome.traces.cli;

import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.soak.Divergence;
import metronome.hwmodel.soak.EngineSoak;
import metronome.hwmodel.soak.Runner;
import metronome.hwmodel.soak.SoakCase;
import metronome.traces.run.Parallel;

/** Runs random cases for as long as one likes. */
final class SoakCommand {
    private static final Option<Integer> COUNT = Option.of("--count", "N", "1000", Value.whole(1, 100_000_000),
            "how many random cases");

    private static final Option<SoakCase.Kind> KIND = Option.of("--cases", "KIND", "any", Value.constant(SoakCase.Kind.class),
            "which networks: of neurons that spike once, plain ones, or any");

    private SoakCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("soak engines", "compares the fast engine with the reference engine on random cases",
                List.of("Each case is a network, a target and an input drawn from a seed of its own, which are counted up from "
                        + "--seed. Counts, stalls, spikes and memories are compared at the end and after a number of cycles "
                        + "picked by chance. A case in which the engines differ is taken apart to the smallest one that "
                        + "shows it, and printed with the first cycle and the component."),
                List.of(), List.of(COUNT, KIND, Shared.SEED, Shared.THREADS), List.of("soak engines --count 10000 --seed 1", "soak engines --cases plain")),
                SoakCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        int count = arguments.get(COUNT);
        long seed = arguments.get(Shared.SEED);
        EngineSoak soak = new EngineSoak(Runner.of(Engine.REFERENCE), Runner.of(Engine.FAST), arguments.get(KIND));
        List<Optional<Divergence>> found = Parallel.map("random cases", count, Shared.threads(arguments),
                new Stopwatch(console), i -> soak.check(seed + i));
        List<Divergence> divergences = found.stream().flatMap(Optional::stream).toList();
        divergences.forEach(console.out()::println);
        console.out().println(count - divergences.size() + " agreed, " + divergences.size() + " diverged");
        if (!divergences.isEmpty()) {
            throw new DataException("the engines differ, which is a fault of Metronome; the first seed is "
                    + divergences.getFirst().seed());
        }
    }
}
