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
import java.util.Random;
import javax.imageio.ImageIO;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a directory of photographs read, cut in the middle, and refused where it is damaged? */
class PhotographsTest {
    private static final Shape INPUT = new Shape(3, 227, 225);

    @TempDir
    private Path directory;

    @Test
    void cutsOutTheMiddle() throws IOException {
        BufferedImage image = photograph(7, BufferedImage.TYPE_INT_RGB);
        photograph(900, BufferedImage.TYPE_BYTE_GRAY);
        index("class,name\n7,hammerhead\n900\n");
        Dataset dataset = Photographs.read(directory, INPUT);
        assertEquals(directory.getFileName().toString(), dataset.name());
        assertEquals(0, dataset.training().count());
        assertEquals(1000, dataset.classes());
        assertArrayEquals(new int[] {7, 900}, dataset.test().labels());
        byte[] bytes = dataset.test().image(0);
        for (int y = 0; y < 227; y++) {
            for (int x = 0; x < 225; x++) {
                int rgb = image.getRGB(x + 15, y + 14);
                for (int channel = 0; channel < 3; channel++) {
                    int found = bytes[(channel * 227 + y) * 225 + x] & 0xff;
                    assertEquals(rgb >> 16 - 8 * channel & 0xff, found, 6, "JPEG loses little of a smooth picture");
                }
            }
        }
        byte[] grey = dataset.test().image(1);
        assertArrayEquals(Arrays.copyOf(grey, 227 * 225), Arrays.copyOfRange(grey, 227 * 225, 2 * 227 * 225));
    }

    @Test
    void refusesWhatIsMissingOrDamaged() throws IOException {
        refused("index.csv: cannot be read: no such file");
        index("class\n");
        refused("index.csv: line 1: expected a first column headed \"class\", and a photograph a line below it");
        index("name,class\nx,1\n");
        refused("index.csv: line 1: expected a first column headed \"class\"");
        index("class\n1\nseven\n");
        refused("index.csv: line 3: class \"seven\", expected a number in [0, 999]");
        index("class\n1\n01\n");
        refused("index.csv: line 3: class 01 a second time");
        index("class\n1\n");
        refused("0001.jpg: cannot be read as jpeg: no such file");
        Path file = Files.createDirectories(directory.resolve("256")).resolve("0001.jpg");
        ImageIO.write(new BufferedImage(255, 256, BufferedImage.TYPE_INT_RGB), "jpeg", file.toFile());
        refused("0001.jpg: 255 pixels wide and 256 high, expected 256 and 256");
        Files.write(file, new byte[] {1, 2, 3});
        refused("0001.jpg: cannot be read as jpeg: ");
        DataException e = assertThrows(DataException.class, () -> Photographs.read(directory, new Shape(3, 257, 200)));
        assertTrue(e.getMessage().contains("cannot be cut to the network's input of "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void survivesRandomDamage(String format) throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(16, 24, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 16, 24, random.ints(16 * 24).toArray(), 0, 16);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        Path file = directory.resolve("damaged");
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = out.toByteArray();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length));
            try {
                assertEquals(16 * 24 * 3, Picture.read(file, format, 24, 16).rgb().length);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    @Test
    void photographsOfImageNet() {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Dataset dataset = Photographs.read(Path.of(data, "imagenet-samples"), new Shape(3, 227, 227));
        assertEquals("imagenet-samples", dataset.name());
        assertEquals(500, dataset.test().count());
        for (int i = 0; i < 500; i++) {
            assertEquals(2 * i, dataset.test().label(i));
        }
    }

    private void refused(String message) {
        DataException e = assertThrows(DataException.class, () -> Photographs.read(directory, INPUT));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private void index(String text) throws IOException {
        Files.writeString(directory.resolve("index.csv"), text);
    }

    private BufferedImage photograph(int number, int type) throws IOException {
        BufferedImage image = new BufferedImage(256, 256, type);
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                image.setRGB(x, y, x << 16 | y << 8 | (x + y) / 2);
            }
        }
        Path file = Files.createDirectories(directory.resolve("256")).resolve("%04d.jpg".formatted(number));
        ImageIO.write(image, "jpeg", file.toFile());
        return image;
    }
}
