package metronome.core.train;

import metronome.core.calibration.Calibration;
import metronome.core.calibration.Correction;
import metronome.core.calibration.InputForm;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.DataSets;
import metronome.core.io.DataException;
import metronome.core.network.Zoo;

/** How the networks that ship were trained: run again with the same data, a recipe gives their files byte for byte. */
public final class TrainingRecipes {
    private static final long SEED = 1;
    private static final int BATCH = 128;
    private static final int CALIBRATION = 512;
    private static final double PERCENTILE = 99;
    private static final double RETRAINING_RATE = 0.01;
    private static final double RETRAINING_DECAY = 1e-4;
    private static final double MOMENTUM = 0.9;

    private static final Augmentation DIGITS = new Augmentation.Affine(2, 0.15, 0.1);
    private static final Augmentation MNIST = new Augmentation.Affine(2, 0.2, 0.15);

    private TrainingRecipes() {
    }

    /**
     * {@return the recipe of a data set}
     *
     * @param dataset one of {@link DataSets#NAMES}
     * @throws DataException if there is none of that name
     */
    public static Recipe of(String dataset) {
        return switch (dataset) {
            case "digits" -> recipe(0.06, 10, 5e-4, DIGITS, 4, DIGITS);
            case "mnist" -> recipe(0.05, 8, 2e-4, MNIST, 4, MNIST);
            case "fashion-mnist" -> recipe(0.05, 20, 5e-4, new Augmentation.Flip(0), 6, new Augmentation.Flip(1));
            case "cifar10" -> cifar();
            default -> throw new DataException(
                    "no recipe for data set \"" + dataset + "\", expected one of " + String.join(", ", DataSets.NAMES));
        };
    }

    /**
     * Rate, decay and crops are those of He et al. (CVPR 2016, section 4.2), with a cosine in place of steps. Conversion alone
     * keeps more of it than the retraining that was tried, so there is none.
     */
    private static Recipe cifar() {
        Augmentation crops = new Augmentation.Flip(4);
        Settings training = new Settings(20, BATCH, new Schedule.Cosine(0.1, 0.0002, 1), MOMENTUM, 5e-4, crops, SEED,
                EarlyStop.NEVER, Rates.EQUAL);
        Settings retraining = new Settings(0, BATCH, new Schedule.Cosine(0.002, 0.00002, 0), MOMENTUM, RETRAINING_DECAY, crops,
                SEED, EarlyStop.NEVER, Rates.SCALE_FREE);
        TemporalCode code = new TemporalCode(16, 64, Rounding.HALF_STEP, ZeroPolicy.SILENT);
        return new Recipe(Zoo.vgg7(), SEED, training,
                new Retraining(new Calibration(code, InputForm.FOLD, 100, Correction.BIASES), CALIBRATION, retraining));
    }

    private static Recipe recipe(double rate, int epochs, double decay, Augmentation augmentation, int again,
            Augmentation augmentationAgain) {
        Settings training = new Settings(epochs, BATCH, new Schedule.Cosine(rate, rate / 100, 0.5), MOMENTUM, decay,
                augmentation, SEED, EarlyStop.NEVER, Rates.EQUAL);
        Settings retraining = new Settings(again, BATCH, new Schedule.Cosine(RETRAINING_RATE, RETRAINING_RATE / 100, 0),
                MOMENTUM, RETRAINING_DECAY, augmentationAgain, SEED, EarlyStop.NEVER, Rates.EQUAL);
        Calibration calibration = new Calibration(TemporalCode.DEFAULT, InputForm.FOLD, PERCENTILE, Correction.NONE);
        return new Recipe(Zoo.lenet(), SEED, training, new Retraining(calibration, CALIBRATION, retraining));
    }
}
