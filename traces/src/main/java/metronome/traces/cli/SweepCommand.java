package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.SignedLayers;
import metronome.core.code.TemporalCode;
import metronome.core.data.Samples;
import metronome.core.io.AtomicFile;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.OperationCount;
import metronome.core.spiking.SpikingNetwork;
import metronome.traces.report.EvaluationResult;
import metronome.traces.report.SweepResult;
import metronome.traces.run.Form;
import metronome.traces.run.Hashes;
import metronome.traces.run.Ranking;

/** Accuracy, latency and operations of a network over a grid of codes. */
final class SweepCommand {
    private static final Option<List<Integer>> STEPS = Option.of("--over-steps", "T,T,...", "8,16,32",
            Value.several(Value.whole(1, 1000)), "last steps of a window");
    private static final Option<List<Double>> TIME_CONSTANTS = Option.of("--over-time-constants", "L,L,...", "2,4,8",
            Value.several(Value.decimal(0, 1000)), "membrane time constants").in("steps");
    private static final Option<List<Double>> PERCENTILES = Option.of("--over-percentiles", "P,P,...", "",
            Value.several(Value.decimal(0, 100)), "percentiles of activations that conversion makes 1; --percentile alone if not given");
    private static final Option<Integer> OPERATION_IMAGES = Option.of("--operation-images", "N", "1", Value.whole(0, 100_000),
            "over how many test images operations are counted; 0 counts none");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "", Value.path(),
            "where sweep.csv and the page sweep.html go; without it only the table is printed");

    private SweepCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Subject.DATASET, Shared.DATA_DIR, Shared.SEED, Subject.IMAGES, Choice.CHOOSE_BY,
                Choice.IMAGES, STEPS, TIME_CONSTANTS, PERCENTILES, OPERATION_IMAGES, Shared.ROUNDING, Shared.ZEROS));
        options.addAll(Subject.CALIBRATION);
        options.addAll(List.of(Shared.THREADS, OUT, Shared.JSON));
        return new Simple(new Synopsis("sweep", "converts a network to every setting of a grid: accuracy, latency, operations",
                List.of("The network is converted without retraining, as evaluate does it, and judged with staircases, which "
                + "spiking neurons compute exactly. Training images choose the best setting, which alone is then judged by test images."), List.of(Operand.of("NETWORK", "a network file with rectifiers, or the data "
                + "set of a network that ships")), options, List.of(
                "sweep digits --over-steps 8,16 --over-time-constants 2,4 --images 500",
                "sweep resnet20.safetensors --dataset cifar10 --data-dir cifar10 -o sweep")), SweepCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        Network network = Subject.dnn(arguments);
        Choice choice = watch.time("images", () -> Choice.of(arguments, network));
        Samples images = choice.choosing().dataset().test();
        Map<String, Double> dnn = accuracy(choice.choosing(), choice.choosing().as(Form.DNN, arguments, console), arguments, watch);
        List<Judged> judged = settings(arguments).stream().map(setting -> judge(choice, setting, arguments, watch)).toList();
        Subject.remark(judged.getFirst().signed, console);
        List<SweepResult.Point> points = judged.stream().map(Judged::point).toList();
        int best = SweepResult.best(points);
        SweepResult result = new SweepResult(network.name(), choice.choosing().dataset().name(), Value.word(choice.by()), images.count(),
                dnn, judged.getFirst().operationsDnn, Math.min(arguments.get(OPERATION_IMAGES), choice.judging().dataset().test().count()),
                points, chosen(choice, best, settings(arguments).get(best), arguments, console, watch),
                new EvaluationResult.Provenance(Version.text(), Runtime.version().toString(),
                        arguments.effective(List.of(Shared.THREADS, Shared.JSON, Shared.DATA_DIR, OUT, Subject.DATASET)),
                        Hashes.of(NetworkFile.bytes(network))));
        arguments.find(OUT).ifPresent(directory -> {
            AtomicFile.writeText(directory.resolve("sweep.csv"), result.csv());
            AtomicFile.writeText(directory.resolve("sweep.html"), result.page());
        });
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static SweepResult.Chosen chosen(Choice choice, int best, Calibration setting, Arguments arguments, Console console,
            Stopwatch watch) {
        Subject judging = choice.judging();
        return new SweepResult.Chosen(best, judging.dataset().test().count(),
                accuracy(judging, judging.as(Form.DNN, arguments, console), arguments, watch),
                accuracy(judging, judging.converted(setting, Shared.threads(arguments)).prepared(), arguments, watch));
    }

    private static List<Calibration> settings(Arguments arguments) {
        Calibration rest = Subject.calibration(Subject.code(arguments, Subject.UNTRAINED), arguments);
        List<Double> percentiles = arguments.find(PERCENTILES).orElse(List.of(rest.percentile()));
        TemporalCode code = rest.code();
        return arguments.get(STEPS).stream().flatMap(steps -> arguments.get(TIME_CONSTANTS).stream()
                .map(constant -> rest.withCode(new TemporalCode(constant, steps, code.rounding(), code.zeros()))))
                .flatMap(setting -> percentiles.stream().map(setting::withPercentile)).toList();
    }

    private static Map<String, Double> accuracy(Subject subject, Prepared network, Arguments arguments, Stopwatch watch) {
        return Ranking.of(network, subject.dataset().test(), Shared.threads(arguments), watch).accuracy(subject.dataset().classes());
    }

    /** A setting, what the dense DNN does for an image, and which layers had to be made positive. */
    private record Judged(SweepResult.Point point, double operationsDnn, SignedLayers signed) {
    }

    private static Judged judge(Choice choice, Calibration setting, Arguments arguments, Stopwatch watch) {
        int threads = Shared.threads(arguments);
        Calibration.Result converted = choice.choosing().converted(setting, threads);
        SpikingNetwork spiking = Defaults.CONVERSION.convert(converted.prepared().body());
        Samples some = choice.judging().dataset().test().first(arguments.get(OPERATION_IMAGES));
        OperationCount count = some.count() == 0 ? new OperationCount(0, List.of())
                : OperationCount.of(choice.judging().given().body(), converted.prepared(), spiking, some.tensor(), threads);
        OperationCount.Layer total = count.total();
        int steps = setting.code().steps();
        return new Judged(new SweepResult.Point(steps, setting.code().timeConstant(), setting.percentile(), spiking.windows() * steps,
                accuracy(choice.choosing(), converted.prepared(), arguments, watch),
                count.perImage(total.tdsnnEvent().total()), count.perImage(total.tdsnnClock().total())),
                count.perImage(total.dnnDense().total()), converted.signed());
    }
}
