package metronome.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are whole IDX files read, and damaged ones refused with file, place and expectation? */
class IdxReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsPlainAndGzippedFiles() throws IOException {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1};
        Samples plain = read(images(2, 2, 3, pixels), labels(2, 3, 9));
        Samples zipped = read(gzip(images(2, 2, 3, pixels)), gzip(labels(2, 3, 9)));
        assertEquals(new Shape(1, 2, 3), plain.shape());
        assertArrayEquals(pixels, plain.images());
        assertArrayEquals(pixels, zipped.images());
        assertEquals(9, zipped.label(1));
    }

    @Test
    void refusesEveryDamage() throws IOException {
        byte[] good = images(2, 2, 3, new byte[12]);
        byte[] labels = labels(2, 0, 1);
        refused("images: cut short within its header", java.util.Arrays.copyOf(good, 10), labels);
        refused("images: cut short within its header", new byte[0], labels);
        refused("images: cut short: 0 bytes after the header", java.util.Arrays.copyOf(good, 16), labels);
        refused("images: byte 28: bytes follow, expected the end of the file", java.util.Arrays.copyOf(good, 29), labels);
        refused("images: cut short: 11 bytes after the header, expected 12 for [2, 2, 3]",
                java.util.Arrays.copyOf(good, 27), labels);
        refused("images: cut short: 11 bytes after the header", gzip(java.util.Arrays.copyOf(good, 27)), labels);
        refused("images: byte 28: bytes follow", gzip(java.util.Arrays.copyOf(good, 29)), labels);
        refused("images: byte 0: magic 0x00000801, expected 0x00000803", labels, labels);
        refused("labels: byte 0: magic 0x00000803, expected 0x00000801", good, good);
        refused("images: byte 8: extent 0, expected one in [1, 65536]", images(2, 0, 3, new byte[0]), labels);
        refused("images: byte 4: extent 4294967295, expected one in [1, 2147483647]",
                images(-1, 2, 3, new byte[12]), labels);
        refused("claim more than the file can hold", images(2_000_000_000, 28, 28, new byte[12]), labels);
        refused("claim more than the file can hold", gzip(images(2_000_000_000, 28, 28, new byte[12])), labels);
        refused("labels: byte 9: label 10 of image 1, expected a class below 10", good, labels(2, 0, 10));
        refused("labels: byte 4: 3 labels, expected as many as the 2 images", good, labels(3, 0, 1, 2));
        byte[] zipped = gzip(good);
        refused("images: cut short within its header or its compressed data",
                java.util.Arrays.copyOf(zipped, zipped.length - 9), labels);
        zipped[zipped.length - 6] ^= 1;
        refused("images: cannot be read: Corrupt GZIP trailer", zipped, labels);
    }

    @Test
    void refusesAMissingFile() {
        DataException e = assertThrows(DataException.class,
                () -> IdxReader.samples(directory.resolve("none"), directory.resolve("none"), 10));
        assertTrue(e.getMessage().endsWith("none: cannot be read: no such file"), e.getMessage());
    }

    @Test
    void survivesRandomDamage() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        byte[] labels = labels(2, 0, 1);
        for (int round = 0; round < 2000; round++) {
            byte[] images = images(2, 2, 3, new byte[12]);
            if (round % 2 == 0) {
                images = gzip(images);
            }
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                images[random.nextInt(images.length)] = (byte) random.nextInt();
            }
            images = java.util.Arrays.copyOf(images, random.nextInt(4) == 0 ? random.nextInt(images.length) : images.length);
            try {
                assertEquals(2, read(images, labels).count());
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(directory.toString()), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    private void refused(String message, byte[] images, byte[] labels) {
        DataException e = assertThrows(DataException.class, () -> read(images, labels));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private Samples read(byte[] images, byte[] labels) throws IOException {
        Path i = Files.write(directory.resolve("images"), images);
        Path l = Files.write(directory.resolve("labels"), labels);
        return IdxReader.samples(i, l, 10);
    }

    static byte[] images(int count, int height, int width, byte[] pixels) {
        return ByteBuffer.allocate(16 + pixels.length).putInt(0x803).putInt(count).putInt(height).putInt(width).put(pixels)
                .array();
    }

    static byte[] labels(int count, int... labels) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(count);
        for (int label : labels) {
            buffer.put((byte) label);
        }
        return buffer.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
