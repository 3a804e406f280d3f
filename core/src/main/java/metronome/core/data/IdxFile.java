package metronome.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The four files of a data set in MNIST's form, in the order in which they are read. */
enum IdxFile {
    TRAINING_IMAGES("train-images-idx3-ubyte"),
    TRAINING_LABELS("train-labels-idx1-ubyte"),
    TEST_IMAGES("t10k-images-idx3-ubyte"),
    TEST_LABELS("t10k-labels-idx1-ubyte");

    private final String fileName;

    IdxFile(String fileName) {
        this.fileName = fileName;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(f -> f.fileName).toList();
    }

    /** The name under which it is distributed. */
    String archive() {
        return fileName + ".gz";
    }

    /** The file itself, gzipped or not, if that directory has it. */
    Optional<Path> in(Path directory) {
        return List.of(archive(), fileName).stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
    }
}
