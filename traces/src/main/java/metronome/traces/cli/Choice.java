package metronome.traces.cli;

import java.util.Optional;
import metronome.core.calibration.Prepared;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.network.Network;

/**
 * By which images a setting is chosen, and by which the chosen one is judged. Test images that chose it would flatter it.
 *
 * @param by whether they are the same
 * @param choosing by its test images it is chosen
 * @param judging by its test images it is judged afterwards
 */
record Choice(By by, Subject choosing, Subject judging) {
    /** What chooses. */
    enum By {
        /** The last training images, which trainings that hold images out do not learn from. */
        TRAINING,
        /** The test images, which then judge too. */
        TEST
    }

    static final Option<By> CHOOSE_BY = Option.of("--choose-by", "IMAGES", "", Value.constant(By.class),
            "which images choose among the settings: training ones, the last, or test ones; training ones if not given, and test ones "
            + "where there are no others");
    static final Option<Integer> IMAGES = Option.of("--images-choice", "N", "5000", Value.whole(1, 10_000_000),
            "how many training images choose at most, beside those that calibrate");

    static Choice of(Arguments arguments, Network network) {
        int calibrating = arguments.get(Subject.CALIBRATION_IMAGES);
        Optional<Integer> test = arguments.find(Subject.IMAGES);
        Prepared given = Prepared.plain(network);
        Dataset whole = Subject.read(arguments, given.images(), calibrating + arguments.get(IMAGES), test);
        Subject judging = Subject.of(arguments, given, whole, test);
        By by = arguments.find(CHOOSE_BY).orElse(whole.training().count() == 0 ? By.TEST : By.TRAINING);
        if (by == By.TEST) {
            return new Choice(by, judging, judging);
        }
        Samples rest = whole.training().range(Math.min(calibrating, whole.training().count()), whole.training().count());
        if (rest.count() == 0) {
            throw new DataException("data set \"" + whole.name() + "\" has " + whole.training().count()
                    + " training images and " + calibrating + " calibrate, expected more to choose by; test images can: --choose-by test");
        }
        Samples last = rest.range(Math.max(0, rest.count() - arguments.get(IMAGES)), rest.count());
        return new Choice(by, new Subject(given, new Dataset(whole.name(), whole.classes(), judging.dataset().training(), last)), judging);
    }
}
