package metronome.core.numpy;

import static metronome.core.numpy.NumpyFiles.floats;
import static metronome.core.numpy.NumpyFiles.npy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is every kind of array read, and every other file refused? */
class NpyTest {
    private static final float[] VALUES = {-3, 0, 1, 7, 100, -128};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"<i1", ">i1", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"})
    void readsTheTypes(String descr) {
        assertArrayEquals(VALUES, Npy.parse(npy(descr, false, "(6,)", encoded(descr, VALUES))).data());
    }

    @Test
    void readsBytesWithoutASign() {
        byte[] bytes = {0, 1, -1};
        assertArrayEquals(new float[] {0, 1, 255}, Npy.parse(npy("|u1", false, "(3,)", bytes)).data());
        assertArrayEquals(new float[] {0, 1}, Npy.parse(npy("|b1", false, "(2,)", new byte[] {0, 1})).data());
        refused("element 1: a truth value of 2, expected 0 or 1", npy("|b1", false, "(2,)", new byte[] {0, 2}));
    }

    @Test
    void readsTheVersions() throws IOException {
        for (int version = 1; version <= 3; version++) {
            byte[] file = npy(version, "{\"shape\": (2, 3), \"descr\": '<f4', 'fortran_order':False}", floats(1, 2, 3, 4, 5, 6));
            Tensor tensor = Npy.read(Files.write(directory.resolve("a.npy"), file));
            assertArrayEquals(new int[] {2, 3}, tensor.shape());
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, tensor.data());
        }
        assertEquals(0, Npy.parse(npy("<f4", false, "()", floats(5))).shape().length);
    }

    @Test
    void transposesColumnMajorArrays() {
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Npy.parse(npy("<f4", true, "(2, 3)", floats(1, 4, 2, 5, 3, 6))).data());
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int[] shape = random.ints(1 + random.nextInt(4), 1, 5).toArray();
            int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            float[] columnMajor = new float[size];
            float[] expected = new float[size];
            for (int i = 0; i < size; i++) {
                int rest = i;
                int at = 0;
                for (int axis = shape.length - 1, below = size; axis >= 0; axis--) {
                    below /= shape[axis];
                    at += rest % shape[axis] * below;
                    rest /= shape[axis];
                }
                expected[i] = i;
                columnMajor[at] = i;
            }
            String text = Arrays.toString(shape).replace('[', '(').replace("]", ",)");
            assertArrayEquals(expected, Npy.parse(npy("<f4", true, text, floats(columnMajor))).data(), "seed " + seed);
        }
    }

    @Test
    void readsMoreThanAChunk() {
        float[] values = new float[50_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        assertArrayEquals(values, Npy.parse(npy("<f4", false, "(50001,)", floats(values))).data());
    }

    @Test
    void refusesEveryDamage() {
        byte[] good = npy("<f4", false, "(2,)", floats(1, 2));
        refused("cut short in its magic and version", Arrays.copyOf(good, 7));
        refused("cut short in its length of the header", Arrays.copyOf(good, 9));
        refused("byte 8: header of 118 bytes, expected at most 90", Arrays.copyOf(good, 100));
        refused("byte 128: 7 bytes of elements, expected 8 for f4 [2]", Arrays.copyOf(good, good.length - 1));
        refused("byte 128: 9 bytes of elements, expected 8 for f4 [2]", Arrays.copyOf(good, good.length + 1));
        byte[] magic = good.clone();
        magic[5] = 'Z';
        refused("byte 0: no .npy file", magic);
        refused("byte 6: version 4.0, expected 1.0, 2.0 or 3.0", npy(4, "{}", new byte[0]));
        byte[] long2 = npy(2, "{}", new byte[0]);
        long2[11] = (byte) 0x80;
        refused("byte 8: header of 2147483", long2);
        refused("type \"<c8\", expected one of [b1, i1,", npy("<c8", false, "(1,)", new byte[8]));
        refused("type \"|i4\", expected one of", npy("|i4", false, "(1,)", new byte[4]));
        refused("type \"=f4\", expected one of", npy("=f4", false, "(1,)", new byte[4]));
        refused("type \"\", expected one of", npy("", false, "(1,)", new byte[4]));
        refused("extent \"0\" of shape (0,), expected a whole number from 1 on", npy("<f4", false, "(0,)", new byte[0]));
        refused("extent \"\" of shape (2,,3), expected a whole", npy("<f4", false, "(2,,3)", new byte[24]));
        refused("extent \"-3\" of shape (2, -3), expected a whole", npy("<f4", false, "(2, -3)", new byte[24]));
        refused("extent \"3.0\" of shape (3.0,), expected a whole", npy("<f4", false, "(3.0,)", new byte[12]));
        refused("extent \"2147483648\" of shape (2147483648,), expected", npy("<f4", false, "(2147483648,)", new byte[4]));
        refused("shape (65536, 65536), expected at most", npy("<f4", false, "(65536, 65536)", new byte[4]));
        refused("expected 4000000000 for f4 [1000000000]", npy("<f4", false, "(1000000000,)", new byte[4]));
        refused("shape (" + "1,".repeat(33), npy("<f4", false, "(" + "1,".repeat(33) + ")", new byte[4]));
        refused("descr is a list, which is an array of records", npy(1,
                "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", new byte[4]));
        refused("key \"shape\" twice", npy(1, "{'shape': (1,), 'shape': (1,)}", new byte[4]));
        refused("unknown key \"extra\"", npy(1, "{'extra': (1,)}", new byte[4]));
        refused("expected a dictionary of descr", npy(1, "{'shape': (1,)}", new byte[4]));
        refused("expected a dictionary of descr", npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,) x}", new byte[4]));
        refused("expected a dictionary in braces", npy(1, "[1]", new byte[4]));
        refused("'shape': True, expected a tuple of whole numbers", npy(1, "{'shape': True, }", new byte[4]));
    }

    @Test
    void refusesAMissingFile() {
        Path file = directory.resolve("none.npy");
        assertEquals(file + ": cannot be read: no such file", assertThrows(DataException.class, () -> Npy.read(file)).getMessage());
    }

    @Test
    void survivesRandomDamage() {
        long seed = 23;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] file = npy(1 + random.nextInt(3), "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", new byte[24]);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(80);
                file[at] = (byte) (random.nextBoolean() ? random.nextInt() : "0123456789'{}(),:<>|TF".charAt(random.nextInt(22)));
            }
            try {
                Npy.parse(random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
            } catch (DataException e) {
                assertTrue(!e.getMessage().isEmpty(), "seed " + seed);
            }
        }
    }

    private static byte[] encoded(String descr, float[] values) {
        ByteBuffer out = ByteBuffer.allocate(values.length * (descr.charAt(2) - '0'))
                .order(descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (descr.substring(1)) {
                case "i1" -> out.put((byte) value);
                case "i2" -> out.putShort((short) value);
                case "i4" -> out.putInt((int) value);
                case "i8" -> out.putLong((long) value);
                case "f2" -> out.putShort(Float.floatToFloat16(value));
                case "f4" -> out.putFloat(value);
                case "f8" -> out.putDouble(value);
                default -> throw new IllegalArgumentException(descr);
            }
        }
        return out.array();
    }

    private static void refused(String message, byte[] file) {
        DataException e = assertThrows(DataException.class, () -> Npy.parse(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
