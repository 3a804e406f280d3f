package metronome.core.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;

/**
 * The binary version of CIFAR-10: files of equally many records, each one byte with the class and then the image's bytes,
 * red, green and blue, each row by row.
 */
final class CifarBinary {
    /** How many records a published file has. */
    static final int RECORDS = 10_000;

    private static final List<String> TRAINING = List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
            "data_batch_4.bin", "data_batch_5.bin");
    private static final String TEST = "test_batch.bin";

    private CifarBinary() {
    }

    static List<String> files() {
        return Stream.concat(TRAINING.stream(), Stream.of(TEST)).toList();
    }

    static boolean isIn(Path directory) {
        return files().stream().anyMatch(f -> Files.isRegularFile(directory.resolve(f)));
    }

    static Dataset read(Path directory, int records) {
        return new Dataset(Cifar.NAME, Cifar.CLASSES, samples(directory, TRAINING, records),
                samples(directory, List.of(TEST), records));
    }

    private static Samples samples(Path directory, List<String> files, int records) {
        for (String file : files) {
            check(directory.resolve(file), (long) records * (1 + Cifar.SHAPE.size()), records);
        }
        Samples samples = new Samples(Cifar.SHAPE, new byte[files.size() * records * Cifar.SHAPE.size()],
                new int[files.size() * records]);
        for (int f = 0; f < files.size(); f++) {
            read(directory.resolve(files.get(f)), f * records, records, samples);
        }
        return samples;
    }

    private static void check(Path file, long expected, int records) {
        try {
            if (Files.size(file) != expected) {
                throw new DataException(file + ": " + Files.size(file) + " bytes, expected " + expected + " for " + records
                        + " records of CIFAR-10's binary version");
            }
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    private static void read(Path file, int first, int records, Samples samples) {
        int size = Cifar.SHAPE.size();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int i = 0; i < records; i++) {
                int label = in.read();
                if (label >= Cifar.CLASSES) {
                    throw new DataException(file + ": byte " + (long) i * (1 + size) + ": label " + label + " of image " + i
                            + ", expected a class below " + Cifar.CLASSES);
                }
                if (in.readNBytes(samples.images(), (first + i) * size, size) < size) {
                    throw new DataException(file + ": cut short while it was read, in image " + i);
                }
                samples.labels()[first + i] = label;
            }
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }
}
