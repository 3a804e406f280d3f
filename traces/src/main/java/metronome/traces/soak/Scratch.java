package metronome.traces.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file that is gone when its content was taken. */
final class Scratch {
    private Scratch() {
    }

    /** The bytes that are written to a file. */
    static byte[] written(Consumer<Path> write) {
        try {
            Path file = Files.createTempFile("metronome-soak", ".sample");
            try {
                write.accept(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
