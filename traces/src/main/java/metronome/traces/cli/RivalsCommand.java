package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import metronome.core.data.Dataset;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Network;
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
    private static final Option<Integer> IMAGES = Option.of("--images", "N", "", Value.whole(1, 1_000_000),
            "how many test images; without it " + Extent.means(Extent::images));
    private static final Option<Integer> MACHINE = Option.of("--images-machine", "N", "", Value.whole(1, 1_000_000),
            "how many test images for the cycle-accurate machine; without it " + Extent.means(Extent::machine));
    private static final Option<Integer> JUDGED = Option.of("--images-choice", "N", "", Value.whole(1, 1_000_000),
            "how many training images choose each rival's setting; without it " + Extent.means(Extent::judged));
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

    /**
     * How many images there are of each kind.
     *
     * @param images of the test
     * @param machine of these, for the machine
     * @param judged of the training
     */
    private record Extent(int images, int machine, int judged) {
        private static final long LARGE = 10_000_000;
        private static final Extent OF_SMALL = new Extent(1000, 20, 500);
        private static final Extent OF_LARGE = new Extent(100, 5, 60);

        static Extent of(Network network, Arguments arguments) {
            Extent usual = network.multiplyAccumulates() > LARGE ? OF_LARGE : OF_SMALL;
            int images = arguments.find(IMAGES).orElse(usual.images);
            return new Extent(images, Math.min(images, arguments.find(MACHINE).orElse(usual.machine)),
                    arguments.find(JUDGED).orElse(usual.judged));
        }

        static String means(ToIntFunction<Extent> part) {
            return part.applyAsInt(OF_SMALL) + ", and " + part.applyAsInt(OF_LARGE) + " with a network of more than " + LARGE / 1_000_000
                    + " million multiplications an image";
        }

        /** As options that state them. */
        String line() {
            return " " + IMAGES.name() + " " + images + " " + MACHINE.name() + " " + machine + " " + JUDGED.name() + " " + judged;
        }
    }

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
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Trained trained = Trained.of(name, arguments.find(Shared.WEIGHTS));
        Conversion conversion = Shared.conversion(arguments);
        trained.remarkCode(conversion, console);
        Extent extent = Extent.of(trained.dnn(), arguments);
        Dataset dataset = watch.time("images", () -> Images.forEvaluation(name, Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), Images.CALIBRATION + extent.judged(), extent.images()));
        require("training", dataset.training().count(), Images.CALIBRATION + extent.judged());
        require("test", dataset.test().count(), extent.images());
        Networks networks = Networks.of(trained.dnn(), trained.staircase(), conversion, target, dataset.training());
        MainJob.Order order = new MainJob.Order(target, Partition.AUTO, LayerSchedule.AUTO, Engines.FAST.engines(), conversion,
                extent.images(), extent.machine(), arguments.get(Shared.SEED), Shared.threads(arguments), Version.text(),
                line(arguments, extent, target), trained.source());
        RivalSearch.Space space = new RivalSearch.Space(arguments.get(PERCENTILES), arguments.get(UNITS),
                arguments.get(LEVELS), arguments.get(STEPS));
        RivalsResult result = RivalsJob.run(order, space, networks, dataset, extent.judged(), watch);
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
    private static String line(Arguments arguments, Extent extent, Target target) {
        return arguments.effective(List.of(Shared.THREADS, OUT, Shared.JSON, Shared.DATA_DIR, Shared.WEIGHTS, Shared.TARGET,
                IMAGES, MACHINE, JUDGED)) + extent.line() + " --target " + target.name();
    }
}
