package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import metronome.core.code.TemporalCode;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.train.Checkpoints;
import metronome.core.train.Progress;
import metronome.core.train.Recipe;
import metronome.core.train.Trainer;
import metronome.core.train.TrainingRecipes;
import metronome.traces.run.Images;

/** From random weights to the two networks that run takes. */
final class TrainCommand {
    private static final Option<Integer> EPOCHS = Option.of("--epochs", "N", "", Value.whole(0, 10_000),
            "epochs of the DNN, if not those of the data set's recipe");
    private static final Option<Integer> AGAIN = Option.of("--retraining-epochs", "N", "", Value.whole(0, 10_000),
            "epochs of the staircase network, if not those of the data set's recipe");
    private static final Option<Integer> IMAGES = Option.of("--images", "N", "", Value.whole(1, 10_000_000),
            "how many training images; all if not given");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "weights", Value.path(),
            "where " + Trained.DNN_FILE + " and " + Trained.STAIRCASE_FILE + " go");

    static final Option<Path> CHECKPOINTS = Option.of("--checkpoints", "DIR", "", Value.path(),
            "keep the state after each epoch there, and go on from what an interrupted training left there, to the same bytes");

    private TrainCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("train", "trains a network and retrains it with the staircase activation", List.of(
                "Without options it makes the weights that ship, byte for byte, whatever the number of threads. With another "
                + "code it makes weights for that; give them to run with --weights."), List.of(), List.of(Shared.DATASET,
                Shared.DATA_DIR, Shared.SEED, EPOCHS, AGAIN, IMAGES, Shared.STEPS, Shared.TIME_CONSTANT, Shared.ROUNDING,
                Shared.ZEROS, Shared.THREADS, CHECKPOINTS, OUT, Shared.JSON), List.of("train --dataset mnist --data-dir mnist -o weights",
                "train --steps 8 --time-constant 3 -o weights")), TrainCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        String name = arguments.get(Shared.DATASET);
        Recipe recipe = recipe(arguments, name);
        Dataset whole = Images.whole(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED),
                arguments.find(IMAGES).orElse(DataSets.DIGITS_TRAINING));
        Samples training = arguments.find(IMAGES).map(whole.training()::first).orElse(whole.training());
        int threads = Shared.threads(arguments);
        Progress progress = progress(recipe.architecture(), training.count(), console);
        Checkpoints checkpoints = arguments.find(CHECKPOINTS).map(d -> Checkpoints.in(d, name)).orElseGet(Checkpoints::none);
        Network dnn = recipe.dnn(training, threads, progress, checkpoints);
        Network staircase = recipe.staircase(dnn, training, threads, progress, checkpoints);
        NetworkFile.write(arguments.get(OUT).resolve(Trained.DNN_FILE), dnn);
        NetworkFile.write(arguments.get(OUT).resolve(Trained.STAIRCASE_FILE), staircase);
        print(arguments, console, whole, Inference.of(dnn).accuracy(whole.test(), threads),
                Inference.of(staircase).accuracy(whole.test(), threads));
    }

    /** Remarks on each epoch how it went and how fast. */
    static Progress progress(Network network, int images, Console console) {
        double operations = 1e-9 * Trainer.operations(network) * images;
        long[] begun = {System.nanoTime()};
        return epoch -> {
            double seconds = 1e-9 * (System.nanoTime() - begun[0]);
            begun[0] = System.nanoTime();
            console.remark(text(epoch, seconds, operations / seconds));
        };
    }

    private static String text(Progress.Epoch epoch, double seconds, double gflops) {
        String heldOut = epoch.heldOut().isEmpty() ? ""
                : String.format(Locale.ROOT, "%.2f %% of those held out, ", 100 * epoch.heldOut().getAsDouble());
        return String.format(Locale.ROOT, "%s: epoch %d of %d, loss %.4f, %.2f %% of the training images right, %s%.0f s, %.0f GFLOP/s",
                epoch.phase(), epoch.number(), epoch.of(), epoch.loss(), 100 * epoch.accuracy(), heldOut, seconds, gflops);
    }

    private static Recipe recipe(Arguments arguments, String name) {
        Recipe recipe = TrainingRecipes.of(name).withSeed(arguments.get(Shared.SEED));
        TemporalCode code = recipe.retraining().calibration().code();
        return recipe.withEpochs(arguments.find(EPOCHS).orElse(recipe.training().epochs()),
                        arguments.find(AGAIN).orElse(recipe.retraining().settings().epochs()))
                .withCode(new TemporalCode(arguments.find(Shared.TIME_CONSTANT).orElse(code.timeConstant()),
                        arguments.find(Shared.STEPS).orElse(code.steps()),
                        arguments.find(Shared.ROUNDING).orElse(code.rounding()),
                        arguments.find(Shared.ZEROS).orElse(code.zeros())));
    }

    private static void print(Arguments arguments, Console console, Dataset dataset, double dnn, double staircase) {
        int images = dataset.test().count();
        console.out().print(arguments.given(Shared.JSON)
                ? JsonWriter.pretty(Json.object().put("dataset", dataset.name()).put("seed", arguments.get(Shared.SEED))
                        .put("images", images).put("accuracy", Json.object().put("dnn", dnn)
                        .put("staircase", staircase).build()).build())
                : String.format(Locale.ROOT, "of %,d test images right: DNN %.2f %%, staircase network %.2f %%\n", images,
                        100 * dnn, 100 * staircase));
    }
}
