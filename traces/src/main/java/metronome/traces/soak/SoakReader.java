package metronome.traces.soak;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A reader and valid files for it.
 *
 * @param name by which the command line calls it
 * @param samples makes valid files, small ones, from which damaged ones are made
 * @param reads reads a file's bytes
 * @param bytesPerByte what it may allocate for each byte of a file
 * @param freeBytes what it may allocate for any file
 */
public record SoakReader(String name, Supplier<List<byte[]>> samples, Reads reads, int bytesPerByte, int freeBytes) {
    /** What a reader may usually allocate for each byte of a file. */
    public static final int USUAL_PER_BYTE = 512;
    /** What a reader may usually allocate for any file. */
    public static final int USUAL_FREE = 16 << 20;

    /**
     * A reader with the usual bounds.
     *
     * @param name by which the command line calls it
     * @param samples makes valid files
     * @param reads reads a file's bytes
     */
    public SoakReader(String name, Supplier<List<byte[]>> samples, Reads reads) {
        this(name, samples, reads, USUAL_PER_BYTE, USUAL_FREE);
    }

    /**
     * {@return this with other bounds}
     *
     * @param perByte bytes for each byte of a file
     * @param free bytes for any file
     */
    SoakReader allowing(int perByte, int free) {
        return new SoakReader(name, samples, reads, perByte, free);
    }

    /** Reads bytes; a {@link metronome.core.io.DataException} is the only error that there may be. */
    @FunctionalInterface
    public interface Reads {
        /**
         * Reads.
         *
         * @param bytes a file's
         * @param scratch a file of that name may be written, for readers that take nothing else; no other thread uses it
         * @throws java.io.IOException if that file cannot be written
         */
        void read(byte[] bytes, Path scratch) throws java.io.IOException;
    }
}
