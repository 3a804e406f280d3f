package metronome.core.numpy;

import static metronome.core.numpy.NumpyFiles.floats;
import static metronome.core.numpy.NumpyFiles.npy;
import static metronome.core.numpy.NumpyFiles.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Are archives read, and damaged ones refused without harm? */
class NpzTest {
    private static final byte[] ONE = npy("<f4", false, "(1,)", floats(5));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsArraysInTheirOrder(boolean deflated) throws IOException {
        SequencedMap<String, Tensor> arrays = Npz.read(file(zip(entries(), deflated)));
        assertEquals(List.of("z", "a/b", ""), List.copyOf(arrays.keySet()));
        assertArrayEquals(new float[] {1, 2}, arrays.get("a/b").data());
        assertArrayEquals(new float[] {5}, arrays.get("z").data());
    }

    @Test
    void refusesWhatIsNoArchiveOfArrays() throws IOException {
        refused("cannot be read as zip: it is no archive, or is damaged (", new byte[] {1, 2, 3});
        refused("cannot be read as zip: it is no archive, or is damaged (", new byte[0]);
        refused("entry \"readme.txt\", expected nothing but entries NAME.npy", zip(Map.of("readme.txt", ONE), true));
        refused("entry \"a.npy\": byte 0: no .npy file", zip(Map.of("a.npy", new byte[100]), true));
        refused("an archive without entries", zip(Map.of(), true));
        Path none = directory.resolve("none.npz");
        assertEquals(none + ": cannot be read as zip: no such file",
                assertThrows(DataException.class, () -> Npz.read(none)).getMessage());
    }

    @Test
    void refusesAWrongChecksum() throws IOException {
        byte[] bytes = zip(Map.of("a.npy", ONE), false);
        bytes[30 + 5 + ONE.length - 1] ^= 1;
        refused("entry \"a.npy\": checksum differs", bytes);
    }

    @Test
    void refusesTwoOfOneName() throws IOException {
        byte[] bytes = zip(new LinkedHashMap<>(Map.of("a.npy", ONE, "b.npy", ONE)), false);
        for (int i = 0; i < bytes.length - 5; i++) {
            if (bytes[i] == 'b' && bytes[i + 1] == '.' && bytes[i + 2] == 'n') {
                bytes[i] = 'a';
            }
        }
        refused("entry \"a.npy\" twice", bytes);
    }

    @Test
    void doesNotUnpackABomb() throws IOException {
        byte[] bomb = npy("|i1", false, "(10000000,)", new byte[10_000_000]);
        byte[] packed = zip(Map.of("a.npy", bomb), true);
        assertTrue(packed.length < 20_000);
        int header = bomb.length - 10_000_000;
        byte[] claims = bomb.clone();
        byte[] shape = "(990000000,)".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int at = new String(bomb, 0, header, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("(10000000,)");
        System.arraycopy(shape, 0, claims, at, shape.length - 1);
        claims[at + shape.length - 1] = ')';
        refused("expected 990000000 for i1", zip(Map.of("a.npy", claims), true));
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            many.put(i + ".npy", bomb);
        }
        refused("entry \"26.npy\": byte 8: 10000000 elements, expected at most 8435456", zip(many, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesRandomDamage(boolean deflated) throws IOException {
        long seed = 29;
        Random random = new Random(seed);
        byte[] good = zip(entries(), deflated);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path file = file(random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            try {
                Npz.read(file);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), "seed " + seed + ": " + e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"lenet5-caffe, 8, 431080, 358.77566578484544",
        "resnet20-cifar10-bnfolded, 40, 269034, 2597.630119383629", "squeezenet-v1.0, 52, 1248424, 3222.679229696959"})
    void readsWhatNumPyWrote(String name, int arrays, int elements, double squares) {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        var read = Npz.read(Path.of(data, "nets", name + ".npz"));
        assertEquals(arrays, read.size());
        assertEquals(elements, read.values().stream().mapToInt(Tensor::size).sum());
        double sum = 0;
        for (Tensor tensor : read.values()) {
            for (float value : tensor.data()) {
                sum += (double) value * value;
            }
        }
        assertEquals(squares, sum, 1e-9 * squares, "as NumPy sums them");
    }

    private static Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("z.npy", ONE);
        entries.put("a/b.npy", npy("<f4", false, "(2,)", floats(1, 2)));
        entries.put(".npy", ONE);
        return entries;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("a.npz"), bytes);
    }

    private void refused(String message, byte[] bytes) throws IOException {
        Path file = file(bytes);
        DataException e = assertThrows(DataException.class, () -> Npz.read(file));
        assertTrue(e.getMessage().startsWith(file + ": ") && e.getMessage().contains(message), e.getMessage());
    }
}
