package metronome.traces.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.soak.Divergence;
import metronome.hwmodel.soak.EngineSoak;
import metronome.hwmodel.soak.Runner;
import metronome.hwmodel.soak.SoakCase;
import metronome.traces.run.Parallel;
import metronome.traces.soak.ReaderSoak;
import metronome.traces.soak.SoakReader;
import metronome.traces.soak.SoakReaders;

/** Runs random cases for as long as one likes. */
final class SoakCommand {
    private static final Option<Integer> COUNT = Option.of("--count", "N", "1000", Value.whole(1, 100_000_000),
            "how many random cases");

    private static final Option<SoakCase.Kind> KIND = Option.of("--cases", "KIND", "any", Value.constant(SoakCase.Kind.class),
            "which networks: of neurons that spike once, plain ones, or any");

    private static final Option<String> READER = Option.of("--reader", "NAME", "", Value.word(SoakReaders.all().stream()
            .map(SoakReader::name).toList()), "which reader, all if not given");
    private static final Option<Integer> INPUTS = Option.of("--count", "N", "100000", Value.whole(1, 100_000_000),
            "how many damaged files for each reader");

    private SoakCommand() {
    }

    static List<Command> all() {
        return List.of(engines(), readers());
    }

    private static Command engines() {
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

    private static Command readers() {
        return new Simple(new Synopsis("soak readers", "gives damaged files to the readers of all formats", List.of(
                "Valid files are made in memory, and bits of them flipped, ranges cut out, repeated and inserted, lengths and numbers "
                + "made extreme. A reader must take such a file or refuse it with a message, and allocate at most "
                + SoakReader.USUAL_PER_BYTE + " bytes for each of its bytes and " + (SoakReader.USUAL_FREE >> 20) + " MiB (traces, whose columns "
                + "are packed, 65536 bytes and 32 MiB); anything else "
                + "is printed with its seed. Each file has a seed of its own, counted up from --seed."),
                List.of(), List.of(READER, INPUTS, Shared.SEED, Shared.THREADS),
                List.of("soak readers --count 2000", "soak readers --reader onnx --count 1000000 --seed 7")), SoakCommand::runReaders);
    }

    private static void runReaders(Arguments arguments, Console console) {
        Optional<String> name = arguments.find(READER);
        List<String> failures = new ArrayList<>();
        for (SoakReader reader : SoakReaders.all()) {
            if (reader.name().equals(name.orElse(reader.name()))) {
                ReaderSoak.Result result = new ReaderSoak(reader).run(arguments.get(INPUTS), arguments.get(Shared.SEED),
                        Shared.threads(arguments), new Stopwatch(console));
                failures.addAll(result.failures());
                result.failures().stream().limit(20).forEach(console.out()::println);
                console.out().printf(Locale.ROOT, "%s: at most %,d bytes allocated for a file; %s%n", reader.name(), result.mostAllocated(), result);
            }
        }
        if (!failures.isEmpty()) {
            throw new DataException("a reader fails, which is a fault of Metronome; the first is " + failures.getFirst());
        }
    }
}
