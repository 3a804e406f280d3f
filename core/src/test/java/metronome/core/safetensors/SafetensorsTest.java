package metronome.core.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does what is written read back, and does what is broken end in one message? */
class SafetensorsTest {
    @TempDir
    Path directory;

    private static Safetensors sample() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensor.of(new float[] {1, -2, 3.5f, Float.MIN_VALUE, -0f, 6}, 2, 3));
        tensors.put("a \"quoted\" ü\uD83D\uDE00", Tensor.of(new float[] {7}));
        tensors.put("long", Tensor.of(new float[40_000], 40_000));
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "x");
        metadata.put("graph", "{\"a\": [1]}\n");
        return new Safetensors(tensors, metadata);
    }

    @Test
    void readsBackWhatItWrote() {
        Path file = directory.resolve("x.safetensors");
        Safetensors written = sample();
        written.write(file);
        Safetensors read = Safetensors.read(file);
        assertEquals(written.metadata(), read.metadata());
        assertEquals(List.copyOf(written.tensors().keySet()), List.copyOf(read.tensors().keySet()));
        written.tensors().forEach((name, tensor) -> {
            assertArrayEquals(tensor.shape(), read.tensors().get(name).shape());
            assertArrayEquals(tensor.data(), read.tensors().get(name).data());
        });
        assertArrayEquals(written.bytes(), read.bytes());
    }

    @Test
    void writesTheDocumentedBytes() {
        Safetensors one = new Safetensors(new LinkedHashMap<>(java.util.Map.of("w", Tensor.of(new float[] {1}, 1))),
                new LinkedHashMap<>());
        String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        assertArrayEquals(file(header + " ".repeat((8 - header.length() % 8) % 8), 0, 0, 0x80, 0x3F), one.bytes());
    }

    @Test
    void widensHalfPrecision() {
        byte[] half = file("{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[2,4]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 0x20, 0xC0, 0, 0x3E);
        assertEquals(1.5f, Safetensors.parse(half).tensor("a", 1).data()[0]);
        assertEquals(-2.5f, Safetensors.parse(half).tensor("b", 1).data()[0]);
    }

    @ParameterizedTest
    @CsvSource({"F64, 0000000000000cc0, -3.5", "I64, feffffffffffffff, -2", "I32, 00010000, 256", "I16, 0180, -32767", "I8, ff, -1",
        "U8, ff, 255", "BOOL, 01, 1", "BOOL, 00, 0"})
    void readsOtherTypes(String type, String hexadecimal, float value) {
        byte[] data = java.util.HexFormat.of().parseHex(hexadecimal);
        int[] bytes = new int[data.length];
        java.util.Arrays.setAll(bytes, i -> data[i]);
        byte[] whole = file("{\"w\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0," + data.length + "]}}", bytes);
        assertEquals(value, Safetensors.parse(whole).tensor("w", 1).data()[0]);
    }

    @Test
    void refusesTruthValuesThatAreNone() {
        byte[] whole = file("{\"w\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", 1, 2);
        DataException e = assertThrows(DataException.class, () -> Safetensors.parse(whole));
        assertEquals("tensor w: element 1 is the truth value 2, expected 0 or 1", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', value = {
        "{\"w\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | dtype must be one of",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | needs 12 bytes, data_offsets span 8",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | must be [begin, end]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | must be a whole number in [0, 8]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | w.shape[0] must be a whole number in [1",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | end at byte 4 of the data, the file at 8",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at byte 4 of the data, expected 0",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}} | more than 2^31",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}} | unknown key w.x",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}} | missing w.data_offsets",
        "{\"__metadata__\":{\"a\":1}} | __metadata__.a must be a string",
        "{\"w\":1} | w must be an object",
        "{\"w\" | not JSON",
        "[] | must begin with '{'"})
    void refuses(String header, String message) {
        DataException e = assertThrows(DataException.class,
                () -> Safetensors.parse(file(header, 0, 0, 0, 0, 0, 0, 0, 0)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void refusesOverlaps() {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
        DataException e = assertThrows(DataException.class,
                () -> Safetensors.parse(file(header, 0, 0, 0, 0, 0, 0, 0, 0)));
        assertTrue(e.getMessage().contains("tensor b: begins at byte 4 of the data, expected 8"), e.getMessage());
    }

    @Test
    void checksTheHeaderLengthAgainstTheFile() {
        for (long length : new long[] {-1, 0, 1, 9, Long.MAX_VALUE, 1L << 40}) {
            byte[] bytes = file("{}      ");
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            DataException e = assertThrows(DataException.class, () -> Safetensors.parse(bytes));
            assertTrue(e.getMessage().contains("header length must be in [2, 8]"), e.getMessage());
        }
    }

    @Test
    void namesTheFile() throws Exception {
        Path missing = directory.resolve("none");
        DataException e = assertThrows(DataException.class, () -> Safetensors.read(missing));
        assertEquals(missing + ": cannot be read: no such file", e.getMessage());
        e = assertThrows(DataException.class, () -> Safetensors.read(directory));
        assertEquals(directory + ": cannot be read: it is a directory", e.getMessage());
        Path empty = Files.createFile(directory.resolve("empty"));
        e = assertThrows(DataException.class, () -> Safetensors.read(empty));
        assertTrue(e.getMessage().startsWith(empty + ": too short for safetensors: 0 bytes"), e.getMessage());
    }

    @Test
    void survivesDamage() {
        long seed = 20261124;
        System.out.println("SafetensorsTest.survivesDamage seed " + seed);
        Random random = new Random(seed);
        byte[] whole = file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 0, 0, 0, 0, 0, 0, 0, 0);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 3));
            for (int flips = random.nextInt(3); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Safetensors.parse(bytes);
            } catch (DataException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
    }

    private static byte[] file(String header, int... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(text.length).put(text);
        for (int b : data) {
            out.put((byte) b);
        }
        return out.array();
    }
}
