package metronome.core.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Are fields read as they were written, and is every fault told with its byte? */
class MessageReaderTest {
    private static MessageReader reader(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        return MessageReader.of(MemorySegment.ofArray(message));
    }

    private static MessageReader reader(MessageWriter writer) {
        return MessageReader.of(MemorySegment.ofArray(writer.bytes()));
    }

    private static String refused(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(DataException.class, executable).getMessage();
    }

    /** The examples of protobuf.dev, "Encoding". */
    @Test
    void readsTheDocumentedBytes() {
        MessageReader number = reader(0x08, 0x96, 0x01);
        assertTrue(number.next());
        assertEquals(1, number.field());
        assertEquals(150, number.number());
        assertFalse(number.next());
        MessageReader text = reader(0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67);
        text.next();
        assertEquals("testing", text.text());
        MessageReader packed = reader(0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05);
        packed.next();
        List<Long> numbers = new ArrayList<>();
        packed.numbers(numbers::add);
        assertEquals(List.of(3L, 270L, 86942L), numbers);
    }

    @Test
    void readsWhatWasWritten() {
        long seed = 3;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            long value = random.nextLong() >> random.nextInt(64);
            float decimal = random.nextFloat();
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            MessageReader reader = reader(new MessageWriter().number(5, value).decimal(1 << 20, decimal)
                    .message(3, new MessageWriter().bytes(2, bytes).packed(4, value, 0)).number(2, 1).text(1, "ü\uD83D\uDE00"));
            reader.next();
            assertEquals(value, reader.number(), "seed " + seed);
            reader.next();
            assertEquals(1 << 20, reader.field());
            assertEquals(decimal, Float.intBitsToFloat(reader.fixed32()));
            reader.next();
            MessageReader inner = reader.message();
            inner.next();
            assertArrayEquals(bytes, inner.bytes().toArray(ValueLayout.JAVA_BYTE));
            inner.next();
            List<Long> numbers = new ArrayList<>();
            inner.numbers(numbers::add);
            assertEquals(List.of(value, 0L), numbers);
            assertFalse(inner.next());
            reader.next();
            numbers.clear();
            reader.numbers(numbers::add);
            assertEquals(List.of(1L), numbers);
            reader.next();
            assertEquals("ü\uD83D\uDE00", reader.text());
            assertFalse(reader.next());
        }
    }

    @Test
    void skipsEveryKind() {
        MessageReader reader = reader(0x08, 0x80, 0x01, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 2, 9, 9, 0x25, 1, 2, 3, 4, 0x28, 7);
        for (int field = 1; field < 5; field++) {
            assertTrue(reader.next());
            assertEquals(field, reader.field());
            reader.skip();
        }
        reader.next();
        assertEquals(7, reader.number());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "8 | byte 1: 1 bytes are to follow, 0 are left; cut short, or damaged",
        "0 1 | byte 0: a field number of 0, expected one in [1, 2^29)",
        "11 | byte 0: field 1 has wire type 3, expected 0, 1, 2 or 5",
        "12 | byte 0: field 1 has wire type 4, expected 0, 1, 2 or 5",
        "14 | byte 0: field 1 has wire type 6, expected 0, 1, 2 or 5",
        "16 1 8 255 255 255 255 255 255 255 255 255 255 1 | byte 2: a varint of more than 10 bytes",
        "18 5 1 2 3 4 | byte 2: 5 bytes are to follow, 4 are left; cut short, or damaged",
        "18 255 255 255 255 255 255 255 255 255 1 0 | byte 11: 18446744073709551615 bytes are to follow, 1 are left; cut short, or damaged",
        "17 1 2 3 | byte 1: 8 bytes are to follow, 3 are left; cut short, or damaged",
        "21 1 2 3 | byte 1: 4 bytes are to follow, 3 are left; cut short, or damaged"})
    void tellsFaultsWithTheirByte(String bytes, String message) {
        MessageReader reader = reader(java.util.Arrays.stream(bytes.split(" ")).mapToInt(Integer::parseInt).toArray());
        assertEquals(message, refused(() -> {
            while (reader.next()) {
                reader.skip();
            }
        }));
    }

    @Test
    void tellsTheWrongKind() {
        assertEquals("byte 0: field 1 is a varint, expected a length and bytes", refused(() -> {
            MessageReader reader = reader(8, 1);
            reader.next();
            reader.text();
        }));
        assertEquals("byte 2: field 2 is a length and bytes, expected 4 bytes", refused(() -> {
            MessageReader reader = reader(8, 1, 18, 0);
            reader.next();
            reader.skip();
            reader.next();
            reader.fixed32();
        }));
        assertEquals("byte 0: field 1 is not UTF-8", refused(() -> {
            MessageReader reader = reader(10, 1, 255);
            reader.next();
            reader.text();
        }));
    }

    @Test
    void aMessageInAMessageEndsWithIt() {
        MessageReader reader = reader(10, 2, 8, 0x80, 1, 1);
        reader.next();
        MessageReader inner = reader.message();
        inner.next();
        assertEquals("byte 4: 1 bytes are to follow, 0 are left; cut short, or damaged", refused(inner::number));
        MessageReader floats = reader(10, 3, 1, 2, 3, 4);
        floats.next();
        assertEquals("byte 2: 4 bytes are to follow, 3 are left; cut short, or damaged", refused(() -> floats.fixed32s(i -> { })));
    }

    @Test
    void depthIsBounded() {
        MessageWriter writer = new MessageWriter();
        for (int i = 0; i < MessageReader.DEEPEST; i++) {
            writer = new MessageWriter().message(1, writer);
        }
        MessageReader reader = reader(writer);
        for (int i = 1; i < MessageReader.DEEPEST; i++) {
            reader.next();
            reader = reader.message();
        }
        MessageReader deepest = reader;
        deepest.next();
        assertEquals("byte 30: field 1 is a message in 16 others, which is too deep", refused(deepest::message));
    }
}
