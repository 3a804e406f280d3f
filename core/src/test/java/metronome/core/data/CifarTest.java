package metronome.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are both versions of CIFAR-10 read, and are missing, partial and damaged files refused? */
class CifarTest {
    private static final int RECORD = 1 + Cifar.SHAPE.size();

    @TempDir
    private Path directory;

    @Test
    void readsTheBinaryVersion() throws IOException {
        batches(2);
        Dataset dataset = CifarBinary.read(directory, 2);
        assertEquals("cifar10", dataset.name());
        assertEquals(10, dataset.training().count());
        assertEquals(2, dataset.test().count());
        byte[] third = Files.readAllBytes(directory.resolve("data_batch_3.bin"));
        assertEquals(third[RECORD], dataset.training().label(5));
        assertArrayEquals(Arrays.copyOfRange(third, RECORD + 1, 2 * RECORD), dataset.training().image(5));
        assertArrayEquals(Arrays.copyOfRange(Files.readAllBytes(directory.resolve("test_batch.bin")), 1, RECORD),
                dataset.test().image(0));
    }

    @Test
    void refusesPartialAndDamagedBatches() throws IOException {
        batches(2);
        assertTrue(refused(() -> DataSets.load("cifar10", Optional.of(directory)))
                .endsWith("data_batch_1.bin: 6146 bytes, expected 30730000 for 10000 records of CIFAR-10's binary version"));
        Path fourth = directory.resolve("data_batch_4.bin");
        byte[] bytes = Files.readAllBytes(fourth);
        bytes[RECORD] = 10;
        Files.write(fourth, bytes);
        assertEquals(fourth + ": byte 3073: label 10 of image 1, expected a class below 10",
                refused(() -> CifarBinary.read(directory, 2)));
        Files.delete(fourth);
        assertEquals(fourth + ": cannot be read: no such file", refused(() -> CifarBinary.read(directory, 2)));
    }

    @Test
    void findsTheUnpackedDirectoryAndSaysWhatIsMissing() throws IOException {
        String message = refused(() -> DataSets.load("cifar10", Optional.of(directory)));
        assertTrue(message.contains(directory.resolve("cifar10/cifar-10-batches-bin").toString()), message);
        assertTrue(message.endsWith("unpack " + Cifar.PUBLISHED + " and name its directory with --data-dir"), message);
        Path unpacked = Files.createDirectories(directory.resolve("cifar10/cifar-10-batches-bin"));
        Files.write(unpacked.resolve("test_batch.bin"), new byte[5]);
        assertTrue(refused(() -> DataSets.load("cifar10", Optional.of(directory)))
                .startsWith(unpacked.resolve("data_batch_1.bin") + ": cannot be read: no such file"));
        assertTrue(refused(() -> DataFetch.fetch("cifar10", _ -> { })).contains("is not fetched: unpack "));
    }

    @Test
    void readsSheets() throws IOException {
        int[][] sheets = {sheet("train-00", 1), sheet("train-01", 2)};
        int[] test = sheet("test-00", 3);
        labels("train", 2000);
        labels("test", 1000);
        Dataset dataset = DataSets.load("cifar10", Optional.of(directory));
        assertEquals(2000, dataset.training().count());
        assertEquals(1999 % 10, dataset.training().label(1999));
        for (int image : new int[] {0, 999, 1000, 1234}) {
            assertArrayEquals(channelMajor(sheets[image / 1000], image % 1000), dataset.training().image(image));
        }
        assertArrayEquals(channelMajor(test, 500), dataset.test().image(500));
    }

    @Test
    void refusesPartialAndDamagedSheets() throws IOException {
        sheet("train-00", 1);
        sheet("test-00", 3);
        labels("train", 2000);
        labels("test", 1000);
        assertEquals(directory.resolve("train-01.png") + ": no such file, expected 2 sheets for the 2000 labels of "
                + directory.resolve("train-labels-idx1-ubyte.gz"), refused(() -> CifarSheets.read(directory)));
        labels("train", 1500);
        assertTrue(refused(() -> CifarSheets.read(directory)).contains("byte 4: 1500 labels, expected 1000 for each sheet"));
        labels("train", 1000);
        Path sheet = directory.resolve("train-00.png");
        byte[] good = Files.readAllBytes(sheet);
        Files.write(sheet, Arrays.copyOf(good, good.length / 2));
        assertTrue(refused(() -> CifarSheets.read(directory)).startsWith(sheet + ": cannot be read as png: "));
        ImageIO.write(new BufferedImage(32, 31, BufferedImage.TYPE_INT_RGB), "png", sheet.toFile());
        assertEquals(sheet + ": 32 pixels wide and 31 high, expected 32 and 32000",
                refused(() -> CifarSheets.read(directory)));
        ImageIO.write(new BufferedImage(32, 32000, BufferedImage.TYPE_BYTE_INDEXED), "png", sheet.toFile());
        assertTrue(refused(() -> CifarSheets.read(directory)).contains("that point into a palette"));
        Files.delete(directory.resolve("test-labels-idx1-ubyte.gz"));
        Files.write(sheet, good);
        assertTrue(refused(() -> CifarSheets.read(directory)).endsWith("test-labels-idx1-ubyte.gz: cannot be read: no such file"));
    }

    @Test
    void sheetsOfTheRealSet() {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Dataset dataset = DataSets.load("cifar10", Optional.of(Path.of(data)));
        assertEquals(50_000, dataset.training().count());
        assertEquals(5_000, dataset.test().count());
        int[] often = new int[10];
        for (int i = 0; i < dataset.training().count(); i++) {
            often[dataset.training().label(i)]++;
        }
        assertArrayEquals(new int[] {5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000, 5000}, often);
        double[] means = {.49139968, .48215841, .44653091}; // published of the training images, in red, green and blue
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(means[channel], mean(dataset.training(), channel), 1e-7);
        }
    }

    private static double mean(Samples samples, int channel) {
        int plane = Cifar.EXTENT * Cifar.EXTENT;
        long sum = 0;
        for (int image = 0; image < samples.count(); image++) {
            int from = image * Cifar.SHAPE.size() + channel * plane;
            for (int i = from; i < from + plane; i++) {
                sum += samples.images()[i] & 0xff;
            }
        }
        return sum / 255.0 / plane / samples.count();
    }

    private void batches(int records) throws IOException {
        Random random = new Random(3);
        for (String file : CifarBinary.files()) {
            byte[] bytes = new byte[records * RECORD];
            random.nextBytes(bytes);
            for (int i = 0; i < records; i++) {
                bytes[i * RECORD] = (byte) random.nextInt(10);
            }
            Files.write(directory.resolve(file), bytes);
        }
    }

    private int[] sheet(String name, long seed) throws IOException {
        BufferedImage image = new BufferedImage(32, 32_000, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new Random(seed).ints(32 * 32_000, 0, 1 << 24).toArray();
        image.setRGB(0, 0, 32, 32_000, pixels, 0, 32);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        Files.write(directory.resolve(name + ".png"), out.toByteArray());
        return pixels;
    }

    private static byte[] channelMajor(int[] sheet, int image) {
        byte[] bytes = new byte[Cifar.SHAPE.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (sheet[image * 1024 + i % 1024] >> 16 - 8 * (i / 1024));
        }
        return bytes;
    }

    private void labels(String part, int count) throws IOException {
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> i % 10);
        Files.write(directory.resolve(part + "-labels-idx1-ubyte.gz"), IdxReaderTest.gzip(IdxReaderTest.labels(count, labels)));
    }

    private static String refused(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(DataException.class, executable).getMessage();
    }
}
