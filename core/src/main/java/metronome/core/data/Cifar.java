package metronome.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.network.Shape;

/**
 * CIFAR-10 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009): images of 3 x 32 x 32 in ten
 * classes, from the binary version as published or from sheets of images.
 */
final class Cifar {
    /** Where the binary version is published. */
    static final String PUBLISHED = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";
    static final String NAME = "cifar10";
    static final int CLASSES = 10;
    static final int EXTENT = 32;
    static final Shape SHAPE = new Shape(3, EXTENT, EXTENT);

    private static final String UNPACKED = "cifar-10-batches-bin";

    private Cifar() {
    }

    /**
     * {@return the data set, if that directory has a file of it}
     *
     * @param place either version, or the published one in its directory as unpacked
     * @throws metronome.core.io.DataException if some of its files are missing, damaged or cut short
     */
    static Optional<Dataset> in(Path place) {
        for (Path directory : List.of(place, place.resolve(UNPACKED))) {
            if (CifarBinary.isIn(directory)) {
                return Optional.of(CifarBinary.read(directory, CifarBinary.RECORDS));
            }
        }
        return CifarSheets.isIn(place) ? Optional.of(CifarSheets.read(place)) : Optional.empty();
    }

    /** What is looked for and where it is to be had, for a message. */
    static String missing(List<Path> places) {
        List<String> looked = new ArrayList<>();
        for (Path place : places) {
            looked.add(place.toString());
            looked.add(place.resolve(UNPACKED).toString());
        }
        return "data set \"" + NAME + "\" is not there: looked for " + String.join(", ", CifarBinary.files())
                + ", and for sheets " + CifarSheets.sheet("train", 0) + " ..., in " + String.join(" and ", looked)
                + "; unpack " + PUBLISHED + " and name its directory with --data-dir";
    }
}
