package metronome.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;

/** The data sets that Metronome knows by name, and where their files are looked for. */
public final class DataSets {
    /** The names that {@link #load} knows. */
    public static final List<String> NAMES = List.of("digits", "mnist", "fashion-mnist", Cifar.NAME);
    /** Seed of the generated digits, unless the user says another. */
    public static final long DIGITS_SEED = 1;
    /** How many digits are generated to learn from. */
    public static final int DIGITS_TRAINING = 20_000;
    /** How many digits are generated to be judged by. */
    public static final int DIGITS_TEST = 10_000;

    private static final int CLASSES = 10;
    private static final Path DEBIAN = Path.of("/usr/share/datasets");

    private DataSets() {
    }

    /**
     * {@return the data set of that name}
     *
     * @param name one of {@link #NAMES}
     * @param directory where the user says that the files are: there or in its sub-directory of that name; if
     *     empty, the place of Debian's package and {@link #cache} are tried
     * @throws DataException if the name is unknown or files are missing (the message lists the places looked at and what
     *     to do) or damaged
     */
    public static Dataset load(String name, Optional<Path> directory) {
        checkName(name);
        if (name.equals("digits")) {
            return StrokeDigits.dataset(DIGITS_SEED, DIGITS_TRAINING, DIGITS_TEST);
        }
        List<Path> places = directory.map(d -> List.of(d, d.resolve(name)))
                .orElseGet(() -> List.of(DEBIAN.resolve(name), cache(name)));
        for (Path place : places) {
            Optional<Dataset> found = name.equals(Cifar.NAME) ? Cifar.in(place) : read(name, place);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new DataException(name.equals(Cifar.NAME) ? Cifar.missing(places) : missing(name, places));
    }

    /**
     * {@return the user's cache directory for a data set}: {@code $XDG_CACHE_HOME/metronome/NAME}, or below
     * {@code ~/.cache} where that variable is not set to an absolute path
     *
     * @param name of the data set
     */
    public static Path cache(String name) {
        return cache(name, Optional.ofNullable(System.getenv("XDG_CACHE_HOME")));
    }

    static Path cache(String name, Optional<String> variable) {
        Path base = variable.map(Path::of).filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return base.resolve("metronome").resolve(name);
    }

    static void checkName(String name) {
        if (!NAMES.contains(name)) {
            throw new DataException("unknown data set \"" + name + "\", expected one of " + String.join(", ", NAMES));
        }
    }

    private static Optional<Dataset> read(String name, Path place) {
        List<Path> files = new ArrayList<>();
        for (IdxFile file : IdxFile.values()) {
            Optional<Path> path = file.in(place);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            files.add(path.get());
        }
        Samples training = IdxReader.samples(files.get(0), files.get(1), CLASSES);
        Samples test = IdxReader.samples(files.get(2), files.get(3), CLASSES);
        if (!training.shape().equals(test.shape())) {
            throw new DataException(files.get(2) + ": byte 8: test images of " + test.shape() + ", expected "
                    + training.shape() + " as the training images of " + files.get(0));
        }
        return Optional.of(new Dataset(name, CLASSES, training, test));
    }

    private static String missing(String name, List<Path> places) {
        StringBuilder message = new StringBuilder("data set \"" + name + "\" is not there: looked for ");
        message.append(String.join(", ", IdxFile.names())).append(" (each with or without .gz) in ");
        message.append(String.join(" and ", places.stream().map(Path::toString).toList()));
        message.append("; run `metronome data fetch ").append(name).append("`, or name their directory with --data-dir");
        if (name.equals("fashion-mnist") && !Files.exists(DEBIAN.resolve(name))) {
            message.append(", or install Debian's package dataset-fashion-mnist");
        }
        return message.toString();
    }
}
