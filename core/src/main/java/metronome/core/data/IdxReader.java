package metronome.core.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * Reads IDX files of unsigned bytes, gzipped or not (LeCun's format: a big-endian magic 0x0000 08 dimensions, the
 * extents as 32-bit integers, then the bytes). Every kind of damage is a {@link DataException} with file, place and
 * expectation; no more is ever allocated than the file really holds.
 */
public final class IdxReader {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int GZIP = 0x1f8b;
    /** DEFLATE cannot expand further than 1032:1 (RFC 1951: 258 bytes from two bits). */
    private static final long MOST_EXPANSION = 1032;
    private static final int LARGEST_EXTENT = 1 << 16;

    private final Path file;

    private IdxReader(Path file) {
        this.file = file;
    }

    /**
     * {@return the images of one file and the labels of another}
     *
     * @param images IDX file of three dimensions: count, height, width
     * @param labels IDX file of one dimension: count
     * @param classes labels must be below it
     * @throws DataException if a file cannot be read, is damaged, or the two do not belong together
     */
    public static Samples samples(Path images, Path labels, int classes) {
        Content pixels = new IdxReader(images).read(IMAGES);
        int[] marks = labels(labels, classes);
        if (pixels.extents[0] != marks.length) {
            throw new DataException(labels + ": byte 4: " + marks.length + " labels, expected as many as the "
                    + pixels.extents[0] + " images of " + images);
        }
        return new Samples(new Shape(1, pixels.extents[1], pixels.extents[2]), pixels.bytes, marks);
    }

    /**
     * {@return the labels of one file}
     *
     * @param file IDX file of one dimension: count
     * @param classes labels must be below it
     * @throws DataException if the file cannot be read or is damaged
     */
    static int[] labels(Path file, int classes) {
        byte[] bytes = new IdxReader(file).read(LABELS).bytes;
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i] & 0xff;
            if (labels[i] >= classes) {
                throw new DataException(file + ": byte " + (8 + i) + ": label " + labels[i] + " of image " + i
                        + ", expected a class below " + classes);
            }
        }
        return labels;
    }

    private record Content(int[] extents, byte[] bytes) {
    }

    private Content read(int magic) {
        try {
            long length = Files.size(file);
            boolean gzip = isGzip();
            try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                    DataInputStream in = new DataInputStream(gzip ? new GZIPInputStream(raw, 1 << 16) : raw)) {
                return content(in, magic, gzip ? length * MOST_EXPANSION : length);
            }
        } catch (EOFException e) {
            throw new DataException(file + ": cut short within its header or its compressed data", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    private boolean isGzip() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && ((start[0] & 0xff) << 8 | start[1] & 0xff) == GZIP;
        }
    }

    private Content content(DataInputStream in, int magic, long atMost) throws IOException {
        int found = in.readInt();
        if (found != magic) {
            throw new DataException("%s: byte 0: magic 0x%08x, expected 0x%08x (unsigned bytes, %d dimensions)"
                    .formatted(file, found, magic, magic & 0xff));
        }
        int[] extents = new int[magic & 0xff];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = extent(i, in.readInt());
        }
        int size = size(extents, atMost);
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new DataException(file + ": cut short: " + bytes.length + " bytes after the header, expected " + size
                    + " for " + Arrays.toString(extents));
        }
        if (in.read() >= 0) {
            throw new DataException(file + ": byte " + (4 + 4 * extents.length + size)
                    + ": bytes follow, expected the end of the file after " + Arrays.toString(extents));
        }
        return new Content(extents, bytes);
    }

    private int extent(int axis, int value) {
        int most = axis == 0 ? Integer.MAX_VALUE : LARGEST_EXTENT;
        if (value < 1 || value > most) {
            throw new DataException(file + ": byte " + (4 + 4 * axis) + ": extent " + Integer.toUnsignedString(value)
                    + ", expected one in [1, " + most + "]");
        }
        return value;
    }

    private int size(int[] extents, long atMost) {
        long size = 1;
        for (int extent : extents) {
            size *= extent;
            if (size > Math.min(atMost, Integer.MAX_VALUE - 8)) {
                throw new DataException(file + ": byte 4: extents " + Arrays.toString(extents)
                        + " claim more than the file can hold, expected at most " + atMost + " bytes");
            }
        }
        return (int) size;
    }
}
