package metronome.traces.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Weights that were hardly trained and what a run makes of them, made once for all tests.
 *
 * @param weights directory of train
 * @param out directory of run
 * @param json what run printed
 */
record Workshop(Path weights, Path out, String json) {
    static final String[] RUN = {"run", "--images-functional", "6", "--images-machine", "2"};

    private static final class Holder {
        static final Workshop ONE = make();
    }

    static Workshop shared() {
        return Holder.ONE;
    }

    private static Workshop make() {
        try {
            Path directory = Files.createTempDirectory("metronome-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            Path weights = directory.resolve("weights");
            Shell.good("train", "--epochs", 0, "--retraining-epochs", 0, "--images", 64, "--threads", 2, "-o", weights);
            Path out = directory.resolve("out");
            return new Workshop(weights, out, Shell.good(words(RUN, "--weights", weights, "-o", out, "--json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object[] words(String[] first, Object... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray();
    }

    Path file(String name) {
        return out.resolve(name);
    }

    /** The bytes of every file of a directory, by name. */
    static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), metronome.traces.run.Hashes.of(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
