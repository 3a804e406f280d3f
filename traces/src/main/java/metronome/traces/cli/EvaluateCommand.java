package metronome.traces.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Photographs;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Operator;
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
import metronome.traces.run.Images;
import metronome.traces.run.Networks;
import metronome.traces.run.Ranking;

/** Accuracy of a network in any of its forms. */
final class EvaluateCommand {
    private static final int FEW_CLASSES = 10;
    private static final Option<String> DATASET = Option.of("--dataset", "NAME|DIR", "", Value.text(),
            "one of " + String.join(", ", DataSets.NAMES) + ", or a directory of photographs; of a network that ships, its own if "
            + "not given");
    private static final Option<Form> AS = Option.of("--as", "FORM", "", Value.constant(Form.class),
            "as what the network is run; if not given, staircase if it has staircases, else dnn");
    private static final Option<Integer> IMAGES = Option.of("--images", "N", "", Value.whole(1, 10_000_000),
            "how many test images, the first; all if not given");

    private EvaluateCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(DATASET, Shared.DATA_DIR, Shared.SEED, AS, IMAGES, Shared.TARGET));
        options.addAll(Shared.CONVERSION);
        options.addAll(List.of(Shared.THREADS, Shared.JSON));
        return new Simple(new Synopsis("evaluate", "gives the accuracy of a network", List.of(
                "The share of test images whose class the network answers, and where there are more than ten classes, the share whose "
                + "class is among its five first answers. As staircase, spiking or fixed only networks with staircases are run, "
                + "through the functional models; fixed takes the widths of weights and potentials from the target."),
                List.of(Operand.of("NETWORK", "a network file, or the data set of a network that ships: "
                + String.join(", ", ZooWeights.NAMES))), options, List.of("evaluate mnist --data-dir mnist",
                "evaluate digits --as fixed --images 500 --json",
                "evaluate squeezenet.safetensors --dataset imagenet-samples")), EvaluateCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        Network network = network(arguments);
        Form form = arguments.find(AS).orElse(hasStaircases(network) ? Form.STAIRCASE : Form.DNN);
        Dataset dataset = watch.time("images", () -> dataset(arguments, network));
        check(network, dataset);
        Ranking ranking = ranking(arguments, network, form, dataset, watch);
        Map<String, Double> accuracy = new LinkedHashMap<>();
        accuracy.put("top_1", ranking.within(1));
        if (dataset.classes() > FEW_CLASSES) {
            accuracy.put("top_5", ranking.within(5));
        }
        int images = dataset.test().count();
        Map<String, Double> deviation = new LinkedHashMap<>();
        accuracy.forEach((name, share) -> deviation.put(name, Math.sqrt(share * (1 - share) / images)));
        EvaluationResult result = new EvaluationResult(network.name(), dataset.name(), Value.word(form), images,
                dataset.classes(), accuracy, deviation, new EvaluationResult.Provenance(Version.text(),
                Runtime.version().toString(), line(arguments, network, dataset, form), Hashes.of(NetworkFile.bytes(network))));
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static Network network(Arguments arguments) {
        String name = arguments.operand(0);
        if (!ZooWeights.NAMES.contains(name)) {
            return NetworkFile.read(Path.of(name));
        }
        return ZooWeights.load(name, arguments.find(AS).orElse(Form.DNN) == Form.DNN ? ZooWeights.Kind.DNN
                : ZooWeights.Kind.STAIRCASE);
    }

    private static boolean hasStaircases(Network network) {
        return network.nodes().stream().anyMatch(n -> n.operator() instanceof Operator.Staircase);
    }

    private static Dataset dataset(Arguments arguments, Network network) {
        boolean ships = ZooWeights.NAMES.contains(arguments.operand(0));
        String name = ships ? arguments.find(DATASET).orElse(arguments.operand(0)) : arguments.get(DATASET);
        Dataset dataset;
        if (DataSets.NAMES.contains(name)) {
            int most = arguments.find(IMAGES).orElse(DataSets.DIGITS_TEST);
            dataset = Images.forEvaluation(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), most);
        } else if (Files.isDirectory(Path.of(name))) {
            dataset = Photographs.read(Path.of(name), network.input());
        } else {
            throw new DataException("unknown data set \"" + name + "\", expected one of " + String.join(", ", DataSets.NAMES)
                    + ", or a directory of photographs" + Nearest.hint(name, DataSets.NAMES));
        }
        int asked = arguments.find(IMAGES).orElse(dataset.test().count());
        if (asked > dataset.test().count()) {
            throw new DataException("data set \"" + dataset.name() + "\" has " + dataset.test().count()
                    + " test images, fewer than the " + asked + " asked for");
        }
        return Dataset.forEvaluation(dataset.name(), dataset.classes(), dataset.test().first(asked));
    }

    private static void check(Network network, Dataset dataset) {
        if (!network.input().equals(dataset.shape())) {
            throw new DataException("network " + network.name() + ": its input is of " + network.input() + ", the images of "
                    + dataset.name() + " of " + dataset.shape());
        }
        if (network.output().size() != dataset.classes()) {
            throw new DataException("network " + network.name() + ": it has " + network.output().size() + " outputs, "
                    + dataset.name() + " " + dataset.classes() + " classes");
        }
    }

    private static Ranking ranking(Arguments arguments, Network network, Form form, Dataset dataset, Stopwatch watch) {
        if (hasStaircases(network) == (form == Form.DNN)) {
            throw new DataException("network " + network.name() + ": " + (form == Form.DNN
                    ? "has staircases, expected none of a DNN: evaluate it --as staircase" : "has no staircases, so that it cannot run as "
                    + Value.word(form) + ": retrain it with them (metronome train), or evaluate it --as dnn"));
        }
        int threads = Shared.threads(arguments);
        Conversion conversion = Shared.conversion(arguments);
        return switch (form) {
            case DNN -> Ranking.of(network, dataset.test(), threads, watch);
            case STAIRCASE -> Ranking.of(conversion.staircase(network), dataset.test(), threads, watch);
            case SPIKING -> Ranking.of(new SpikingSimulator(conversion.convert(network)), conversion.readout(), dataset.test(),
                    threads, watch);
            case FIXED -> {
                Target target = Targets.named(arguments.get(Shared.TARGET));
                SpikingNetwork spiking = conversion.convert(network);
                yield Ranking.of(new FixedSimulator(Networks.fixed(spiking, target), TargetRules.leakPolicy(target)),
                        conversion.readout(), dataset.test(), threads, watch);
            }
        };
    }

    /** Without what changes no result, and without paths. */
    private static String line(Arguments arguments, Network network, Dataset dataset, Form form) {
        return arguments.effective(List.of(Shared.THREADS, Shared.JSON, Shared.DATA_DIR, DATASET, AS, IMAGES, Shared.TARGET))
                + " " + network.name() + " --dataset " + dataset.name() + " --as " + Value.word(form) + " --images "
                + dataset.test().count() + (form == Form.FIXED ? " --target " + Targets.named(arguments.get(Shared.TARGET)).name() : "");
    }
}
