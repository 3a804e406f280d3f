package metronome.traces.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpikeCsvTest {
    private static final String DAMAGE = "0123456789,-#x: \nae";

    @TempDir
    private Path directory;

    private static SpikeRecord random(Random random) {
        List<SpikeRecord.Layer> layers = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            layers.add(new SpikeRecord.Layer("layer" + i,
                    new Shape(1 + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(4))));
        }
        int steps = 1 + random.nextInt(20);
        List<int[][]> images = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            images.add(layers.stream().map(l -> random.ints(l.shape().size(), -1, steps + 1).toArray())
                    .toArray(int[][]::new));
        }
        // An image without any spike would make the file shorter than its size allows; real ones have some.
        images.forEach(image -> image[0][0] = steps);
        return new SpikeRecord(new SpikeRecord.Header("net work", "ab".repeat(32), "digits", steps,
                1 + random.nextInt(100) / 10.0, new LeakPolicy(random.nextBoolean() ? 0 : random.nextInt(1, 20)), layers), images);
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("r.csv"), text);
    }

    @Test
    void anyRecordReadsBack() {
        for (int seed = 0; seed < 100; seed++) {
            SpikeRecord record = random(new Random(seed));
            Path file = directory.resolve("r.csv");
            SpikeCsv.write(file, record);
            SpikeRecord back = SpikeCsv.read(file);
            assertEquals(record.header(), back.header(), "seed " + seed);
            assertEquals(record.images().size(), back.images().size(), "seed " + seed);
            for (int i = 0; i < record.images().size(); i++) {
                assertArrayEquals(record.images().get(i), back.images().get(i), "seed " + seed);
            }
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws Exception {
        Path file = directory.resolve("whole.csv");
        SpikeCsv.write(file, random(new Random(3)));
        String text = Files.readString(file);
        for (int length = 0; length < text.length() - 1; length++) {
            Path cut = write(text.substring(0, length));
            String message = assertThrows(DataException.class, () -> SpikeCsv.read(cut), "cut at " + length).getMessage();
            assertTrue(message.startsWith(cut + ":"), message);
        }
    }

    @Test
    void noDamageEscapesAsAnotherException() throws Exception {
        Path file = directory.resolve("whole.csv");
        SpikeCsv.write(file, random(new Random(5)));
        String good = Files.readString(file);
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), DAMAGE.charAt(random.nextInt(DAMAGE.length())));
            }
            Path damaged = write(text.toString());
            try {
                SpikeCsv.read(damaged);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(damaged.toString()), "seed " + seed + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + text, e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "# metronome spikes 1|# metronome spikes 2|r.csv:1: not a spike record",
        "# steps 16|# steps 0|r.csv:5: steps must be a whole number in [1, 1000]: 0",
        "# steps 16|# stops 16|r.csv:5: expected \"# steps ...\", found \"# stops 16\"",
        "# images 1|# images 2000000000|r.csv:8: images must be a whole number in [1, ",
        "in:1x1x2 out:3x1x1|in:1x1x2 out:60000x30000x1|r.csv:7: layers have 1800000002 neurons",
        "in:1x1x2 out:3x1x1|in:1x1 out:3x1x1|r.csv:7: layers must be NAME:CHANNELSxHEIGHTxWIDTH",
        "0,1,2,16|0,1,2,17|r.csv:12: step must be a whole number in [0, 16]: 17",
        "0,1,2,16|0,1,3,16|r.csv:12: neuron must be a whole number in [0, 2]: 3",
        "0,1,2,16|0,0,1,16|r.csv:12: spikes must come ordered",
        "0,1,2,16|0,1,2|r.csv:12: expected four numbers image,layer,neuron,step",
        "# end 3|# end 4|r.csv:13: expected \"# end 3\" after 3 spikes",
    })
    void faultsNameLineAndExpectation(String good, String bad, String expected) throws Exception {
        String text = """
                # metronome spikes 1
                # network net
                # network-sha256 %s
                # dataset digits
                # steps 16
                # time-constant-steps 4.0
                # layers in:1x1x2 out:3x1x1
                # images 1
                image,layer,neuron,step
                0,0,0,3
                0,0,1,16
                0,1,2,16
                # end 3
                """.formatted("0".repeat(64));
        assertEquals(16, SpikeCsv.read(write(text)).images().getFirst()[1][2]);
        Path file = write(text.replace(good, bad));
        String message = assertThrows(DataException.class, () -> SpikeCsv.read(file)).getMessage();
        assertTrue(message.contains(expected), message);
    }

    /** Every neuron of an image has a number in memory, so that small files may not announce images without end. */
    @Test
    void imagesAreBoundedByTheFile() throws Exception {
        Path file = directory.resolve("whole.csv");
        SpikeCsv.write(file, random(new Random(3)));
        String text = Files.readString(file).replaceFirst("# layers .*", "# layers input:1000x1000x10 fc:2x1x1");
        Path many = write(text.replaceFirst("# images \\d+", "# images 9"));
        assertTrue(assertThrows(DataException.class, () -> SpikeCsv.read(many)).getMessage().contains(
                "images 9 have 90000018 neurons, far more than the spikes for which there is room in the file's "));
    }

    @Test
    void binaryIsNoRecord() throws Exception {
        Path file = Files.write(directory.resolve("b.csv"), new byte[] {(byte) 0xc3, (byte) 0x28, 0, 1});
        assertTrue(assertThrows(DataException.class, () -> SpikeCsv.read(file)).getMessage().contains("b.csv"));
        Path text = Files.write(directory.resolve("t.csv"), "a,b\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(DataException.class, () -> SpikeCsv.read(text)).getMessage()
                .contains("t.csv:1: not a spike record"));
    }
}
