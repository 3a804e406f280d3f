package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Prepared;
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
    private static final int FEW_CLASSES = 10;
    private static final Option<List<Integer>> STEPS = Option.of("--over-steps", "T,T,...", "8,16,32",
            Value.several(Value.whole(1, 1000)), "last steps of a window");
    private static final Option<List<Double>> TIME_CONSTANTS = Option.of("--over-time-constants", "L,L,...", "2,4,8",
            Value.several(Value.decimal(0, 1000)), "membrane time constants").in("steps");
    private static final Option<Integer> OPERATION_IMAGES = Option.of("--operation-images", "N", "1", Value.whole(0, 100_000),
            "over how many test images operations are counted; 0 counts none");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "", Value.path(),
            "where sweep.csv and the page sweep.html go; without it only the table is printed");

    private SweepCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Subject.DATASET, Shared.DATA_DIR, Shared.SEED, Subject.IMAGES, STEPS,
                TIME_CONSTANTS, OPERATION_IMAGES, Shared.ROUNDING, Shared.ZEROS));
        options.addAll(Subject.CALIBRATION);
        options.addAll(List.of(Shared.THREADS, OUT, Shared.JSON));
        return new Simple(new Synopsis("sweep", "converts a network to every code of a grid: accuracy, latency, operations",
                List.of("The network is converted without retraining, as evaluate does it, and judged with staircases, which "
                + "spiking neurons compute exactly."), List.of(Operand.of("NETWORK", "a network file with rectifiers, or the data "
                + "set of a network that ships")), options, List.of(
                "sweep digits --over-steps 8,16 --over-time-constants 2,4 --images 500",
                "sweep resnet20.safetensors --dataset cifar10 --data-dir cifar10 -o sweep")), SweepCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        Network network = Subject.network(arguments, Form.DNN);
        Subject subject = watch.time("images", () -> Subject.of(arguments, network));
        Samples test = subject.dataset().test();
        int threads = Shared.threads(arguments);
        Map<String, Double> dnn = accuracy(Ranking.of(subject.as(Form.DNN, arguments, console), test, threads, watch),
                subject.dataset().classes());
        List<SweepResult.Point> points = new ArrayList<>();
        double dense = 0;
        for (int steps : arguments.get(STEPS)) {
            for (double constant : arguments.get(TIME_CONSTANTS)) {
                TemporalCode code = new TemporalCode(constant, steps, Subject.code(arguments, Subject.UNTRAINED).rounding(),
                        Subject.code(arguments, Subject.UNTRAINED).zeros());
                Calibration.Result converted = subject.converted(code, arguments);
                Prepared prepared = converted.prepared();
                if (points.isEmpty()) {
                    Subject.remark(converted.signed(), console);
                }
                SpikingNetwork spiking = Defaults.CONVERSION.convert(prepared.body());
                Map<String, Double> accuracy = accuracy(Ranking.of(prepared, test, threads, watch),
                        subject.dataset().classes());
                OperationCount.Layer total = operations(arguments, network, prepared, spiking, test);
                dense = total.dnnDense().total();
                points.add(new SweepResult.Point(steps, constant, spiking.windows() * steps, accuracy,
                        total.tdsnnEvent().total(), total.tdsnnClock().total()));
            }
        }
        int counted = Math.min(arguments.get(OPERATION_IMAGES), test.count());
        double each = Math.max(1, counted);
        SweepResult result = new SweepResult(network.name(), subject.dataset().name(), test.count(), dnn, dense / each, counted,
                points.stream().map(p -> new SweepResult.Point(p.steps(), p.timeConstant(), p.latencySteps(), p.accuracy(),
                        p.operationsEvent() / each, p.operationsClock() / each)).toList(),
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

    private static Map<String, Double> accuracy(Ranking ranking, int classes) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        accuracy.put("top_1", ranking.within(1));
        if (classes > FEW_CLASSES) {
            accuracy.put("top_5", ranking.within(5));
        }
        return accuracy;
    }

    private static OperationCount.Layer operations(Arguments arguments, Network network, Prepared prepared,
            SpikingNetwork spiking, Samples test) {
        Samples some = test.first(arguments.get(OPERATION_IMAGES));
        return some.count() == 0 ? new OperationCount(0, List.of()).total()
                : OperationCount.of(network, prepared, spiking, some.tensor(), Shared.threads(arguments)).total();
    }
}
