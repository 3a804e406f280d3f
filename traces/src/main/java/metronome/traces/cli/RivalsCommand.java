package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.data.Dataset;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.target.Target;
import metronome.traces.report.RivalsReport;
import metronome.traces.report.RivalsResult;
import metronome.traces.run.Conversion;
import metronome.traces.run.Images;
import metronome.traces.run.MainJob;
import metronome.traces.run.Networks;
import metronome.traces.run.RivalSearch;
import metronome.traces.run.RivalsJob;

/** Compares kinds of spiking networks. */
final class RivalsCommand {
    private static final Option<Integer> IMAGES = SimulateCommand.IMAGES.preset("1000");
    private static final Option<Integer> MACHINE = Option.of("--images-machine", "N", "20", Value.whole(1, 1_000_000),
            "how many test images for the cycle-accurate machine");
    private static final Option<Integer> JUDGED = Option.of("--images-choice", "N", "500", Value.whole(1, 1_000_000),
            "how many training images choose each rival's setting");
    private static final Option<List<Double>> PERCENTILES = Option.of("--percentiles", "P,P,...", "99,99.9,100",
            Value.several(Value.decimal(0, 100)), "percentiles of activations that a rival tries as its largest rate");
    private static final Option<List<Integer>> UNITS = Option.of("--units", "U,U,...", "1,4,16",
            Value.several(Value.whole(1, 1000)), "thresholds that first-spike codings try").in("steps");
    private static final Option<List<Integer>> LEVELS = Option.of("--levels", "N,N,...", "1,3,7,15", Value.several(Value.whole(1, 255)),
            "as how many spikes the largest pixel comes that first-spike codings on the LIF array try");
    private static final Option<Integer> STEPS = Option.of("--most-steps", "T", "100", Value.whole(1, 1001),
            "the most steps that a rival may take");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "", Value.path(),
            "write rivals.json and rivals.html there, with plots of accuracy against energy and operations");

    private RivalsCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Shared.DATASET, Shared.DATA_DIR, Shared.SEED, IMAGES, MACHINE, JUDGED,
                PERCENTILES, UNITS, LEVELS, STEPS, Shared.TARGET, Shared.WEIGHTS));
        options.addAll(Shared.CONVERSION);
        options.addAll(List.of(Shared.THREADS, OUT, Shared.JSON));
        return new Simple(new Synopsis("rivals", "compares the TDSNN with rate coding and time to first spike", List.of(
                "One table for a trained network: the DNN, rate coding, time to first spike in three variants, and the TDSNN, with "
                + "accuracy, steps, spikes and operations, and cycles and energy where the machine runs it. Each rival gets the "
                + "setting that did best on training images; docs/rivals.md has the definitions."), List.of(), options,
                List.of("rivals", "rivals --dataset fashion-mnist -o rivals", "rivals --images 100 --images-machine 5 --json")),
                RivalsCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        String name = arguments.get(Shared.DATASET);
        int images = arguments.get(IMAGES);
        int machine = Math.min(images, arguments.get(MACHINE));
        int judged = arguments.get(JUDGED);
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Trained trained = Trained.of(name, arguments.find(Shared.WEIGHTS));
        Conversion conversion = Shared.conversion(arguments);
        trained.remarkCode(conversion, console);
        Dataset dataset = watch.time("images", () -> Images.forEvaluation(name, Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), Images.CALIBRATION + judged, images));
        require("training", dataset.training().count(), Images.CALIBRATION + judged);
        require("test", dataset.test().count(), images);
        Networks networks = Networks.of(trained.dnn(), trained.staircase(), conversion, target, dataset.training());
        MainJob.Order order = new MainJob.Order(target, Partition.AUTO, LayerSchedule.AUTO, Engines.FAST.engines(), conversion,
                images, machine, arguments.get(Shared.SEED), Shared.threads(arguments), Version.text(),
                line(arguments, target), trained.source());
        RivalSearch.Space space = new RivalSearch.Space(arguments.get(PERCENTILES), arguments.get(UNITS),
                arguments.get(LEVELS), arguments.get(STEPS));
        RivalsResult result = RivalsJob.run(order, space, networks, dataset, judged, watch);
        arguments.find(OUT).ifPresent(directory -> {
            AtomicFile.writeText(directory.resolve("rivals.json"), result.json());
            AtomicFile.writeText(directory.resolve("rivals.html"), RivalsReport.page(result));
        });
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static void require(String which, int there, int needed) {
        if (there < needed) {
            throw new DataException("the data set has " + there + " " + which + " images, fewer than the " + needed + " asked for");
        }
    }

    /** Without what changes no result, and without paths. */
    private static String line(Arguments arguments, Target target) {
        return arguments.effective(List.of(Shared.THREADS, OUT, Shared.JSON, Shared.DATA_DIR, Shared.WEIGHTS, Shared.TARGET)) + " --target " + target.name();
    }
}
