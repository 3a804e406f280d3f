package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.PreparedFile;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.network.Network;
import metronome.core.train.Augmentation;
import metronome.core.train.Checkpoints;
import metronome.core.train.EarlyStop;
import metronome.core.train.Progress;
import metronome.core.train.Rates;
import metronome.core.train.Retraining;
import metronome.core.train.Schedule;
import metronome.core.train.Settings;
import metronome.core.train.TrainingRecipes;
import metronome.traces.run.Images;

/** From a trained network to one with staircases, converted and then trained on. */
final class RetrainCommand {
    private static final int BATCH = 128;
    private static final double MOMENTUM = 0.9;
    private static final double LAST_RATE = 0.01;

    private static final Option<Integer> EPOCHS = Option.of("--epochs", "N", "4", Value.whole(0, 10_000),
            "epochs at most; 0 only converts");
    private static final Option<Double> RATE = Option.of("--rate", "X", "0.002", Value.decimal(0, 1),
            "learning rate of the first step, which goes down half a cosine to a hundredth");
    private static final Option<Double> DECAY = Option.of("--weight-decay", "X", "0.0001", Value.decimal(0, 1),
            "what is added to a weight's gradient for each unit of the weight");
    private static final Option<Double> HELD_OUT = Option.of("--held-out", "PERCENT", "4", Value.decimal(0, 90),
            "of the training images, the last, are not learned from: they tell which epoch is the best");
    private static final Option<Integer> PATIENCE = Option.of("--patience", "N", "4", Value.whole(1, 10_000),
            "epochs without a better one after which it ends");
    private static final Option<Integer> LEARNED = Option.of("--training-images", "N", "", Value.whole(1, 10_000_000),
            "how many training images, the first; all if not given");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE", "staircase.safetensors", Value.path(),
            "where the network goes, with what is computed before there are spikes");

    private RetrainCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Subject.DATASET, Shared.DATA_DIR, Shared.SEED, Subject.IMAGES, EPOCHS, RATE,
                DECAY, HELD_OUT, PATIENCE, LEARNED, Shared.STEPS, Shared.TIME_CONSTANT, Shared.ROUNDING, Shared.ZEROS));
        options.addAll(Subject.CALIBRATION);
        options.addAll(List.of(Shared.THREADS, TrainCommand.CHECKPOINTS, OUT, Shared.JSON));
        return new Simple(new Synopsis("retrain", "converts a trained network and trains it on with the staircase", List.of(
                "Begins where evaluate --as staircase ends, and learns with the staircase forward and the gradient of the clip "
                + "backward. Images that are held out choose the epoch; the conversion itself counts as the first. The images are "
                + "changed as in the data set's own recipe (training.md). evaluate takes the result."),
                List.of(Operand.of("NETWORK", "a network file with rectifiers, or the data set of a network that ships")), options,
                List.of("retrain resnet20.safetensors --dataset cifar10 --steps 16 --time-constant 4 -o stairs.safetensors")),
                RetrainCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Network dnn = Subject.dnn(arguments);
        String name = Subject.dataset(arguments);
        Settings settings = settings(arguments, TrainingRecipes.of(name).retraining().settings().augmentation());
        Dataset whole = Images.forEvaluation(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED),
                arguments.find(LEARNED).orElse(DataSets.DIGITS_TRAINING), arguments.find(Subject.IMAGES).orElse(DataSets.DIGITS_TEST));
        new Subject(Prepared.plain(dnn), whole).check();
        Samples test = Subject.judged(whole, arguments.find(Subject.IMAGES));
        Samples learned = arguments.find(LEARNED).map(whole.training()::first).orElse(whole.training());
        Retraining retraining = new Retraining(Subject.calibration(Subject.code(arguments, Subject.UNTRAINED), arguments),
                arguments.get(Subject.CALIBRATION_IMAGES), settings);
        int threads = Shared.threads(arguments);
        Progress progress = TrainCommand.progress(dnn, learned.count(), console);
        Checkpoints checkpoints = arguments.find(TrainCommand.CHECKPOINTS).map(d -> Checkpoints.in(d, name)).orElseGet(Checkpoints::none);
        try {
            Prepared converted = retraining.withSettings(settings.withEpochs(0)).of(dnn, learned, threads, progress, Checkpoints.none());
            remark(converted, settings.stop().heldOut(learned), threads, console);
            Prepared retrained = retraining.of(dnn, learned, threads, progress, checkpoints);
            PreparedFile.write(arguments.get(OUT), retrained);
            print(arguments, console, test.count(), Prepared.plain(dnn).accuracy(test, threads), converted.accuracy(test, threads),
                    retrained.accuracy(test, threads));
        } catch (DataException e) {
            throw e.in("network " + dnn.name());
        }
    }

    /** What an epoch must be better than. */
    private static void remark(Prepared converted, Samples heldOut, int threads, Console console) {
        if (heldOut.count() > 0) {
            console.remark(String.format(Locale.ROOT, "converted: %.2f %% of those held out", 100 * converted.accuracy(heldOut, threads)));
        }
    }

    private static Settings settings(Arguments arguments, Augmentation augmentation) {
        double rate = arguments.get(RATE);
        return new Settings(arguments.get(EPOCHS), BATCH, new Schedule.Cosine(rate, LAST_RATE * rate, 0), MOMENTUM, arguments.get(DECAY),
                augmentation, arguments.get(Shared.SEED), new EarlyStop(arguments.get(HELD_OUT) / 100, arguments.get(PATIENCE)),
                Rates.SCALE_FREE);
    }

    private static void print(Arguments arguments, Console console, int images, double dnn, double converted, double retrained) {
        console.out().print(arguments.given(Shared.JSON)
                ? JsonWriter.pretty(Json.object().put("dataset", Subject.dataset(arguments)).put("seed", arguments.get(Shared.SEED))
                        .put("images", images).put("accuracy", Json.object().put("dnn", dnn).put("converted", converted)
                        .put("retrained", retrained).build()).build())
                : String.format(Locale.ROOT, "of %,d test images right: DNN %.2f %%, converted %.2f %%, retrained %.2f %%\n", images,
                        100 * dnn, 100 * converted, 100 * retrained));
    }
}
