package metronome.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import metronome.core.io.DataException;

/**
 * CIFAR-10 without loss in sheets: a PNG file holds a thousand images, one below the other; image k of sheet j has the
 * label 1000 j + k of an IDX file.
 */
final class CifarSheets {
    private static final int IMAGES = 1000;
    private static final int MOST_SHEETS = 100;
    private static final String TRAINING = "train";
    private static final String TEST = "test";

    private CifarSheets() {
    }

    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(sheet(TRAINING, 0)))
                || Files.isRegularFile(directory.resolve(sheet(TEST, 0)));
    }

    static String sheet(String part, int number) {
        return "%s-%02d.png".formatted(part, number);
    }

    static Dataset read(Path directory) {
        return new Dataset(Cifar.NAME, Cifar.CLASSES, samples(directory, TRAINING), samples(directory, TEST));
    }

    private static Samples samples(Path directory, String part) {
        Path file = directory.resolve(part + "-labels-idx1-ubyte.gz");
        int[] labels = IdxReader.labels(file, Cifar.CLASSES);
        int sheets = labels.length / IMAGES;
        if (labels.length % IMAGES != 0 || sheets > MOST_SHEETS) {
            throw new DataException(file + ": byte 4: " + labels.length + " labels, expected " + IMAGES
                    + " for each sheet and at most " + MOST_SHEETS + " sheets");
        }
        for (int s = 0; s < sheets; s++) {
            if (!Files.isRegularFile(directory.resolve(sheet(part, s)))) {
                throw new DataException(directory.resolve(sheet(part, s)) + ": no such file, expected " + sheets
                        + " sheets for the " + labels.length + " labels of " + file);
            }
        }
        byte[] images = new byte[labels.length * Cifar.SHAPE.size()];
        IntStream.range(0, sheets).parallel().forEach(s -> read(directory.resolve(sheet(part, s)), s * IMAGES, images));
        return new Samples(Cifar.SHAPE, images, labels);
    }

    private static void read(Path file, int first, byte[] images) {
        Picture sheet = Picture.read(file, "png", IMAGES * Cifar.EXTENT, Cifar.EXTENT);
        for (int i = 0; i < IMAGES; i++) {
            sheet.copy(i * Cifar.EXTENT, 0, Cifar.EXTENT, Cifar.EXTENT, images, (first + i) * Cifar.SHAPE.size());
        }
    }
}
