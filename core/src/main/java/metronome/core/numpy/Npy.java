package metronome.core.numpy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;

/**
 * Files of one array, versions 1.0, 2.0 and 3.0: floats of 16, 32 and 64 bits, signed integers of 8 to 64, unsigned ones of
 * 8, truth values (0 and 1), in either byte order and in row-major or column-major order. Values become the nearest 32-bit
 * float. Arrays without elements, of records, of text and of any other type are refused.
 */
public final class Npy {
    private Npy() {
    }

    /**
     * {@return the array of a file}
     *
     * @param file to read
     * @throws DataException if it cannot be read, is damaged or holds what is not understood
     */
    public static Tensor read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return NpyReader.read(in, Files.size(file), Header.MOST_ELEMENTS);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * {@return the array of bytes in memory}
     *
     * @param bytes a whole file
     * @throws DataException as {@link #read}
     */
    public static Tensor parse(byte[] bytes) {
        try {
            return NpyReader.read(new ByteArrayInputStream(bytes), bytes.length, Header.MOST_ELEMENTS);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
