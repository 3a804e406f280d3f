package metronome.traces.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.PreparedFile;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.network.ZooWeights;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SpikingNetwork;
import metronome.core.spiking.SpikingSimulator;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.traces.report.EvaluationResult;
import metronome.traces.run.Conversion;
import metronome.traces.run.Form;
import metronome.traces.run.Hashes;
import metronome.traces.run.Networks;
import metronome.traces.run.Ranking;

/** Accuracy of a network in any of its forms. */
final class EvaluateCommand {
    private static final Option<Form> AS = Option.of("--as", "FORM", "", Value.constant(Form.class),
            "as what the network is run; if not given, staircase if it has staircases, else dnn");
    private EvaluateCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Subject.DATASET, Shared.DATA_DIR, Shared.SEED, AS, Subject.IMAGES, Shared.TARGET));
        options.addAll(Shared.CONVERSION);
        options.addAll(Subject.CALIBRATION);
        options.addAll(List.of(Shared.THREADS, Shared.JSON));
        return new Simple(new Synopsis("evaluate", "gives the accuracy of a network", List.of(
                "The share of test images whose class the network answers, and where there are more than ten classes, the share whose "
                + "class is among its five first answers. As staircase, spiking or fixed a network is run through the functional "
                + "models; fixed takes the widths of weights and potentials from the target. One without staircases is converted "
                + "without retraining, by its activations over the first training images, or over photographs that are then not "
                + "judged."),
                List.of(Operand.of("NETWORK", "a network file, or the data set of a network that ships: "
                + String.join(", ", ZooWeights.NAMES))), options, List.of("evaluate mnist --data-dir mnist",
                "evaluate digits --as fixed --images 500 --json",
                "evaluate squeezenet.safetensors --dataset imagenet-samples --as staircase --steps 48")), EvaluateCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        Prepared given = Subject.given(arguments, arguments.find(AS).orElse(Form.DNN));
        Network network = given.body();
        Form form = arguments.find(AS).orElse(Subject.hasStaircases(network) ? Form.STAIRCASE : Form.DNN);
        Subject subject = watch.time("images", () -> Subject.of(arguments, given));
        Dataset dataset = subject.dataset();
        Prepared prepared = watch.time("conversion", () -> subject.as(form, arguments, console));
        Ranking ranking = ranking(arguments, prepared, form, dataset.test(), watch);
        Map<String, Double> accuracy = ranking.accuracy(dataset.classes());
        int images = dataset.test().count();
        Map<String, Double> deviation = new LinkedHashMap<>();
        accuracy.forEach((name, share) -> deviation.put(name, Math.sqrt(share * (1 - share) / images)));
        EvaluationResult result = new EvaluationResult(network.name(), dataset.name(), Value.word(form), images,
                dataset.classes(), accuracy, deviation, new EvaluationResult.Provenance(Version.text(),
                Runtime.version().toString(), line(arguments, network, dataset, form), Hashes.of(PreparedFile.bytes(given))));
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static Ranking ranking(Arguments arguments, Prepared network, Form form, Samples test, Stopwatch watch) {
        int threads = Shared.threads(arguments);
        Conversion conversion = Shared.conversion(arguments);
        return switch (form) {
            case DNN, STAIRCASE -> Ranking.of(network, test, threads, watch);
            case SPIKING -> Ranking.of(network, new SpikingSimulator(conversion.convert(network.body())), conversion.readout(),
                    test, threads, watch);
            case FIXED -> {
                Target target = Targets.named(arguments.get(Shared.TARGET));
                SpikingNetwork spiking = conversion.convert(network.body());
                yield Ranking.of(network, new FixedSimulator(Networks.fixed(spiking, target), TargetRules.leakPolicy(target)),
                        conversion.readout(), test, threads, watch);
            }
        };
    }

    /** Without what changes no result, and without paths. */
    private static String line(Arguments arguments, Network network, Dataset dataset, Form form) {
        return arguments.effective(List.of(Shared.THREADS, Shared.JSON, Shared.DATA_DIR, Subject.DATASET, AS, Subject.IMAGES, Shared.TARGET))
                + " " + network.name() + " --dataset " + dataset.name() + " --as " + Value.word(form) + " --images "
                + dataset.test().count() + (form == Form.FIXED ? " --target " + Targets.named(arguments.get(Shared.TARGET)).name() : "");
    }
}
