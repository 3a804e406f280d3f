package metronome.traces.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.calibration.Calibration;
import metronome.core.calibration.Correction;
import metronome.core.calibration.InputForm;
import metronome.core.calibration.Prepared;
import metronome.core.calibration.PreparedFile;
import metronome.core.calibration.SignedLayers;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Photographs;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.ZooWeights;
import metronome.traces.run.Form;
import metronome.traces.run.Images;

/**
 * A network that is judged, and by which images.
 *
 * @param given the network with what is computed before it
 * @param dataset its test images to judge by, its training images to calibrate by
 */
record Subject(Prepared given, Dataset dataset) {
    static final Option<String> DATASET = Option.of("--dataset", "NAME|DIR", "", Value.text(),
            "one of " + String.join(", ", DataSets.NAMES) + ", or a directory of photographs; of a network that ships, its own if "
            + "not given");
    static final Option<Integer> IMAGES = Option.of("--images", "N", "", Value.whole(1, 10_000_000),
            "how many test images, the first; all if not given");
    static final Option<InputForm> INPUT = Option.of("--input", "FORM", "tensor", Value.constant(InputForm.class),
            "where conversion meets an input with a mean and deviation: fold them into the first layer, which then reads coded "
            + "pixels; split what is above and below the mean into two channels; or compute the first layer on the tensor core");
    static final Option<Double> PERCENTILE = Option.of("--percentile", "P", "99.9", Value.decimal(0, 100),
            "of a layer's positive activations, which conversion makes 1");
    static final Option<Integer> CALIBRATION_IMAGES = Option.of("--calibration", "N", "100", Value.whole(1, 100_000),
            "images by which conversion measures activations; of photographs, spread evenly and then not judged");
    static final Option<Correction> CORRECTION = Option.of("--correction", "WHAT", "biases", Value.constant(Correction.class),
            "what conversion changes in a layer, over the same images, to make up for what the code rounds: nothing, biases, or "
            + "weights too");
    static final List<Option<?>> CALIBRATION = List.of(INPUT, PERCENTILE, CALIBRATION_IMAGES, CORRECTION);
    /** The code of networks that were not trained for one: finer than that of those that were. */
    static final TemporalCode UNTRAINED = new TemporalCode(8, 32, Rounding.HALF_STEP, ZeroPolicy.SILENT);

    /** {@return the network that the first operand names}
     *
     * @param form as what it will be judged, which decides which of two ships
     */
    static Prepared given(Arguments arguments, Form form) {
        String name = arguments.operand(0);
        return ZooWeights.NAMES.contains(name)
                ? Prepared.plain(ZooWeights.load(name, form == Form.DNN ? ZooWeights.Kind.DNN : ZooWeights.Kind.STAIRCASE))
                : PreparedFile.read(Path.of(name));
    }

    /** {@return the network with rectifiers that the first operand names} */
    static Network dnn(Arguments arguments) {
        String name = arguments.operand(0);
        return ZooWeights.NAMES.contains(name) ? ZooWeights.load(name, ZooWeights.Kind.DNN) : NetworkFile.read(Path.of(name));
    }

    static Subject of(Arguments arguments, Network network) {
        return of(arguments, Prepared.plain(network));
    }

    static Subject of(Arguments arguments, Prepared network) {
        return of(arguments, network, arguments.find(IMAGES));
    }

    static Subject of(Arguments arguments, Network network, int images) {
        return of(arguments, Prepared.plain(network), Optional.of(images));
    }

    private static Subject of(Arguments arguments, Prepared network, Optional<Integer> images) {
        return of(arguments, network, read(arguments, network.images(), arguments.get(CALIBRATION_IMAGES), images), images);
    }

    /** {@return the network judged by the first test images of a data set, calibrated by its first training images, if it has any} */
    static Subject of(Arguments arguments, Prepared network, Dataset whole, Optional<Integer> images) {
        Dataset dataset = whole.training().count() == 0 ? spread(whole, arguments) : whole;
        Subject subject = new Subject(network, new Dataset(dataset.name(), dataset.classes(),
                dataset.training().first(arguments.get(CALIBRATION_IMAGES)), judged(dataset, images)));
        subject.check();
        return subject;
    }

    /** {@return the first test images, as many as asked for, or all} */
    static Samples judged(Dataset dataset, Optional<Integer> images) {
        int asked = images.orElse(dataset.test().count());
        if (asked > dataset.test().count()) {
            throw new DataException("data set \"" + dataset.name() + "\" has " + dataset.test().count()
                    + " test images, fewer than the " + asked + " asked for");
        }
        return dataset.test().first(asked);
    }

    /** {@return the name of the data set: a network that ships has its own} */
    static String dataset(Arguments arguments) {
        boolean ships = ZooWeights.NAMES.contains(arguments.operand(0));
        return ships ? arguments.find(DATASET).orElse(arguments.operand(0)) : arguments.get(DATASET);
    }

    /** {@return the data set that is asked for}
     *
     * @param shape that the images must get
     * @param training how many training images are needed; of all but the generated set there are all
     * @param images how many test images
     */
    static Dataset read(Arguments arguments, Shape shape, int training, Optional<Integer> images) {
        String name = dataset(arguments);
        if (DataSets.NAMES.contains(name)) {
            return Images.forEvaluation(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED),
                    training, images.orElse(DataSets.DIGITS_TEST));
        }
        if (Files.isDirectory(Path.of(name))) {
            return Photographs.read(Path.of(name), shape);
        }
        throw new DataException("unknown data set \"" + name + "\", expected one of " + String.join(", ", DataSets.NAMES)
                + ", or a directory of photographs" + Nearest.hint(name, DataSets.NAMES));
    }

    /** Takes images to calibrate by out of those to judge by, where conversion is asked for or how many are left out. */
    private static Dataset spread(Dataset dataset, Arguments arguments) {
        Samples all = dataset.test();
        int taken = arguments.get(CALIBRATION_IMAGES);
        if (!arguments.given(CALIBRATION_IMAGES) || taken >= all.count()) {
            return dataset;
        }
        int[] calibration = IntStream.range(0, taken).map(i -> (int) ((long) i * all.count() / taken)).toArray();
        int[] judged = IntStream.range(0, all.count()).filter(i -> IntStream.of(calibration).noneMatch(c -> c == i)).toArray();
        return new Dataset(dataset.name(), dataset.classes(), all.pick(calibration), all.pick(judged));
    }

    /** Refuses images that the network does not take. */
    void check() {
        if (!given.images().equals(dataset.shape())) {
            throw new DataException("network " + network().name() + ": its input is of " + given.images() + ", the images of "
                    + dataset.name() + " of " + dataset.shape() + (given.images().size() == dataset.shape().size()
                            ? "; a flat input gets its shape by import --input " + dataset.shape() : ""));
        }
        if (network().output().size() != dataset.classes()) {
            throw new DataException("network " + network().name() + ": it has " + network().output().size() + " outputs, "
                    + dataset.name() + " " + dataset.classes() + " classes");
        }
    }

    private Network network() {
        return given.body();
    }

    static boolean hasStaircases(Network network) {
        return network.nodes().stream().anyMatch(n -> n.operator() instanceof Operator.Staircase);
    }

    /** {@return the network in a form, converted where it must be} */
    Prepared as(Form form, Arguments arguments, Console console) {
        if (hasStaircases(network())) {
            if (form == Form.DNN) {
                throw new DataException("network " + network().name()
                        + ": has staircases, expected none of a DNN: evaluate it --as staircase");
            }
            return given.with(Shared.conversion(arguments).staircase(network()));
        }
        if (form == Form.DNN) {
            return given;
        }
        if (given.front().isPresent()) {
            throw new DataException("network " + network().name() + ": has a part that is computed in numbers before there are spikes, "
                    + "but no staircases, which retrain gives it");
        }
        Calibration.Result result = converted(code(arguments, UNTRAINED), arguments);
        remark(result.signed(), console);
        return result.prepared();
    }

    /** {@return the code that the options ask for}
     *
     * @param otherwise gives what they do not say
     */
    static TemporalCode code(Arguments arguments, TemporalCode otherwise) {
        return new TemporalCode(arguments.find(Shared.TIME_CONSTANT).orElse(otherwise.timeConstant()),
                arguments.find(Shared.STEPS).orElse(otherwise.steps()),
                arguments.find(Shared.ROUNDING).orElse(otherwise.rounding()),
                arguments.find(Shared.ZEROS).orElse(otherwise.zeros()));
    }

    /** {@return the network converted to a code without retraining} */
    Calibration.Result converted(TemporalCode code, Arguments arguments) {
        return converted(calibration(code, arguments), Shared.threads(arguments));
    }

    /** {@return the network converted so} */
    Calibration.Result converted(Calibration calibration, int threads) {
        if (dataset.training().count() == 0) {
            throw new DataException("data set \"" + dataset.name() + "\" has no training images to calibrate by; say with "
                    + "--calibration N how many of its images to take for that");
        }
        try {
            return calibration.of(network(), dataset.training().tensor(), threads);
        } catch (DataException e) {
            throw e.in("network " + network().name());
        }
    }

    static Calibration calibration(TemporalCode code, Arguments arguments) {
        return new Calibration(code, arguments.get(INPUT), arguments.get(PERCENTILE), arguments.get(CORRECTION));
    }

    static void remark(SignedLayers signed, Console console) {
        if (!signed.split().isEmpty()) {
            console.remark("note: without a rectifier behind them, so split by sign into two channels each: "
                    + String.join(", ", signed.split()));
        }
        if (!signed.raised().isEmpty()) {
            console.remark("note: without a rectifier behind them but with a max-pool, so raised above zero by a constant, which "
                    + "codes small values less finely (retraining does better): " + String.join(", ", signed.raised()));
        }
    }
}
