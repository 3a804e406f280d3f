package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Do arrays of 0 and 1 become the spikes that they are, and nothing else? */
class SpikeTensorsTest {
    @TempDir
    private Path directory;

    private Path file(Map<String, byte[]> arrays) {
        return Arrays01.zip(directory.resolve("a.npz"), arrays);
    }

    @Test
    void theFirstAxisIsTime() {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("b", Arrays01.npy("(2, 1, 2, 3)", new byte[] {1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0}));
        arrays.put("a", Arrays01.npy("(3, 2)", new byte[] {0, 0, 1, 1, 0, 1}));
        List<LayerSpikes> read = SpikeTensors.read(file(arrays));
        assertEquals(List.of("b", "a"), read.stream().map(LayerSpikes::name).toList());
        assertEquals(new Shape(1, 2, 3), read.getFirst().shape());
        assertArrayEquals(new int[][] {{0, 4, 5}, {2}}, read.getFirst().train().neurons());
        assertEquals(4 / 12.0, read.getFirst().density());
        assertEquals(Shape.vector(2), read.getLast().shape());
        assertArrayEquals(new int[][] {{}, {0, 1}, {1}}, read.getLast().train().neurons());
    }

    @Test
    void whatIsNeitherZeroNorOneIsRefusedWithItsPlace() {
        Path file = file(Map.of("a", Arrays01.npy("(2, 1, 2, 3)", new byte[] {1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 2, 0})));
        assertEquals(file + ": array a: element [1, 0, 1, 1] is 2.0, expected 0 or 1",
                assertThrows(DataException.class, () -> SpikeTensors.read(file)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(6,)", "(1, 2, 3)", "(1, 1, 1, 2, 3)"})
    void otherFormsAreRefused(String shape) {
        Path file = file(Map.of("a", Arrays01.npy(shape, new byte[6])));
        assertEquals(file + ": array a has shape [" + shape.replaceAll("[(),]+$|\\(", "") + "], expected [steps, channels, height, width] or "
                + "[steps, neurons] with at most 1001 steps", assertThrows(DataException.class, () -> SpikeTensors.read(file)).getMessage());
    }

    @Test
    void tooManyStepsAreRefused() {
        assertEquals(1000, SpikeTensors.read(file(Map.of("a", Arrays01.npy("(1001, 1)", new byte[1001])))).getFirst().train().lastStep());
        Path file = file(Map.of("a", Arrays01.npy("(1002, 1)", new byte[1002])));
        assertThrows(DataException.class, () -> SpikeTensors.read(file));
    }

    @ParameterizedTest
    @CsvSource({"lenet5_mnist, 5", "vgg9_cifar10, 9"})
    void publishedDensitiesAreReproduced(String name, int layers) throws IOException {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        List<LayerSpikes> read = SpikeTensors.read(Path.of(data, "spike-traces", name + ".npz"));
        List<String> rows = Files.readAllLines(Path.of(data, "spike-traces/density.csv")).stream().filter(r -> r.startsWith(name + ",")).toList();
        assertEquals(layers, rows.size());
        assertEquals(rows, read.stream().map(s -> row(name, s)).toList());
    }

    private static String row(String name, LayerSpikes s) {
        int steps = s.train().lastStep() + 1;
        String shape = s.shape().height() == 1 ? steps + "x" + s.shape().size() : steps + "x" + s.shape();
        return name + "," + s.name() + "," + shape + "," + steps * s.shape().size() + "," + s.train().spikes() + ","
                + String.format(Locale.ROOT, "%.6f", s.density());
    }
}
