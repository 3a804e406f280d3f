package metronome.traces.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.data.Dataset;
import metronome.core.json.JsonWriter;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.target.Target;
import metronome.traces.bench.Bench;
import metronome.traces.bench.CurveFigures;
import metronome.traces.bench.Figure;
import metronome.traces.bench.LargeFigures;
import metronome.traces.bench.LenetFigures;
import metronome.traces.bench.PlainFigures;
import metronome.traces.bench.ProbeFigures;
import metronome.traces.bench.TraceFigures;
import metronome.traces.bench.WarmUp;
import metronome.traces.run.Images;
import metronome.traces.run.Networks;

/** Measures how fast Metronome is. */
final class BenchCommand {
    private static final Option<String> FIGURE = Option.of("--figure", "NAME", "", Value.text(),
            "only this figure").repeated();
    private static final Option<Integer> REPETITIONS = Option.of("--repetitions", "N", "5", Value.whole(1, 1000),
            "how often each figure is measured, after 6 s in which nothing counts, or up to 30 s while the virtual machine still compiles");
    private static final Option<Integer> IMAGES = SimulateCommand.IMAGES.preset("400");
    private static final Option<String> LARGE = Option.of("--large-target", "TARGET", "large", Value.text(),
            "the hardware for the large networks: a preset or a target file");
    private static final WarmUp WARM_UP = new WarmUp(Duration.ofSeconds(6), Duration.ofSeconds(30));

    private BenchCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("bench", "measures how fast Metronome itself is", List.of(
                "Every figure is measured several times in one process; docs/performance.md says what limits it."), List.of(),
                List.of(FIGURE, REPETITIONS, Shared.DATASET, Shared.DATA_DIR, Shared.SEED, IMAGES, Shared.TARGET, LARGE,
                        Shared.THREADS, Shared.JSON), List.of("bench", "bench --figure lenet-images --json")),
                BenchCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Bench bench = Bench.of(chosen(arguments), WARM_UP, arguments.get(REPETITIONS), new Stopwatch(console));
        console.out().print(arguments.given(Shared.JSON) ? JsonWriter.pretty(bench.json()) : bench.text());
    }

    private static List<Figure> chosen(Arguments arguments) {
        List<Figure> all = all(arguments);
        List<String> names = arguments.all(FIGURE);
        List<Figure> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow(() -> new UsageException(
                    "no figure " + name + "; there are " + String.join(", ", all.stream().map(Figure::name).toList()))));
        }
        return names.isEmpty() ? all : chosen;
    }

    private static List<Figure> all(Arguments arguments) {
        Target target = Targets.named(arguments.get(Shared.TARGET));
        String name = arguments.get(Shared.DATASET);
        int images = arguments.get(IMAGES);
        Dataset dataset = Images.load(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        Trained trained = Trained.of(name, Optional.empty());
        int threads = Shared.threads(arguments);
        FixedNetwork lenet = Networks.fixed(Defaults.CONVERSION.convert(trained.staircase()), target);
        List<Figure> figures = new ArrayList<>(LenetFigures.of(lenet, target, dataset.test().first(images), threads));
        Target large = Targets.named(arguments.get(LARGE));
        figures.addAll(LargeFigures.of(large, arguments.get(Shared.SEED), threads));
        figures.addAll(PlainFigures.of(large, arguments.get(Shared.SEED)));
        figures.addAll(TraceFigures.of(large, arguments.get(Shared.SEED)));
        figures.addAll(ProbeFigures.of(lenet, target, dataset.test().first(images)));
        figures.addAll(CurveFigures.of(large, arguments.get(Shared.SEED)));
        return figures;
    }
}
