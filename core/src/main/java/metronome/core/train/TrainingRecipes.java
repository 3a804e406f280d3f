package metronome.core.train;

import metronome.core.code.TemporalCode;
import metronome.core.data.DataSets;
import metronome.core.io.DataException;
import metronome.core.network.Zoo;

/** How the networks that ship were trained: run again with the same data, a recipe gives their files byte for byte. */
public final class TrainingRecipes {
    private static final long SEED = 1;
    private static final int BATCH = 128;
    private static final int CALIBRATION = 512;
    private static final double PERCENTILE = 99.9;
    private static final double MOMENTUM = 0.9;

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
            case "digits" -> recipe(10, 3, new Augmentation.Affine(2, 0.15, 0.1), 0.06, 5e-4);
            case "mnist" -> recipe(6, 2, new Augmentation.Affine(2, 0.2, 0.15), 0.05, 2e-4);
            case "fashion-mnist" -> recipe(12, 4, new Augmentation.Flip(1), 0.05, 5e-4);
            default -> throw new DataException(
                    "no recipe for data set \"" + dataset + "\", expected one of " + String.join(", ", DataSets.NAMES));
        };
    }

    private static Recipe recipe(int epochs, int again, Augmentation augmentation, double rate, double decay) {
        Settings training = new Settings(epochs, BATCH, new Schedule.Cosine(rate, rate / 100, 0.5), MOMENTUM, decay,
                augmentation, SEED);
        Settings retraining = new Settings(again, BATCH, new Schedule.Cosine(rate / 10, rate / 1000, 0), MOMENTUM, decay,
                augmentation, SEED);
        return new Recipe(Zoo.lenet(), SEED, training, TemporalCode.DEFAULT, CALIBRATION, PERCENTILE, retraining);
    }
}
