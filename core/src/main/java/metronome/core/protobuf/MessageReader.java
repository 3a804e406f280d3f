package metronome.core.protobuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import metronome.core.io.DataException;

/**
 * Goes through the fields of one message. After {@link #next} has said that there is a field, one of the methods that take
 * its value must be called, {@link #skip} for a field that nobody knows.
 *
 * <pre>{@code
 * while (message.next()) {
 *     switch (message.field()) {
 *         case 1 -> name = message.text();
 *         case 2 -> message.numbers(extents::add);
 *         default -> message.skip();
 *     }
 * }
 * }</pre>
 *
 * <p>Each length is compared with what is left of the message before anything is made of it, so that no input makes a
 * reader allocate more than a text or slice of the input's own length. Whatever is wrong is a {@link DataException} with
 * the offset of the byte in the whole input.
 */
public final class MessageReader {
    /** How deep messages may stand in each other. */
    static final int DEEPEST = 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_VARINT = 10;

    private final MemorySegment input;
    private final long end;
    private final int depth;
    private long at;
    private long begin;
    private int field;
    private WireType type = WireType.VARINT;

    private MessageReader(MemorySegment input, long from, long end, int depth) {
        this.input = input;
        this.end = end;
        this.depth = depth;
        at = from;
    }

    /**
     * {@return a reader of a message that is the whole input}
     *
     * @param input its bytes
     */
    public static MessageReader of(MemorySegment input) {
        return new MessageReader(input, 0, input.byteSize(), 1);
    }

    /**
     * {@return whether there is another field, which is then the one at hand}
     *
     * @throws DataException if what comes is no field
     */
    public boolean next() {
        if (at == end) {
            return false;
        }
        begin = at;
        long tag = varint();
        long number = tag >>> 3;
        if (number < 1 || number >= 1 << 29) {
            throw fault("a field number of " + Long.toUnsignedString(number) + ", expected one in [1, 2^29)");
        }
        field = (int) number;
        type = WireType.of((int) (tag & 7)).orElseThrow(
                () -> fault("field " + field + " has wire type " + (tag & 7) + ", expected 0, 1, 2 or 5"));
        return true;
    }

    /** {@return the number of the field at hand} */
    public int field() {
        return field;
    }

    /** Goes over the value. */
    public void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> take(Long.BYTES);
            case LENGTH -> take(varint());
            case FIXED32 -> take(Integer.BYTES);
        }
    }

    /** {@return a whole number of up to 64 bits} */
    public long number() {
        require(WireType.VARINT);
        return varint();
    }

    /** {@return four bytes, the lowest first} */
    public int fixed32() {
        require(WireType.FIXED32);
        return input.get(INT, take(Integer.BYTES));
    }

    /** {@return the field's bytes, a view of the input} */
    public MemorySegment bytes() {
        require(WireType.LENGTH);
        long length = varint();
        return input.asSlice(take(length), length);
    }

    /** {@return the field's bytes as text in UTF-8} */
    public String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes().asByteBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new DataException(place() + "field " + field + " is not UTF-8", e);
        }
    }

    /** {@return a reader of the message that the field holds} */
    public MessageReader message() {
        require(WireType.LENGTH);
        if (depth == DEEPEST) {
            throw fault("field " + field + " is a message in " + DEEPEST + " others, which is too deep");
        }
        long length = varint();
        long from = take(length);
        return new MessageReader(input, from, from + length, depth + 1);
    }

    /**
     * Takes one number of a repeated field, or all of them where they are packed.
     *
     * @param numbers takes them
     */
    public void numbers(LongConsumer numbers) {
        if (type == WireType.VARINT) {
            numbers.accept(varint());
            return;
        }
        MessageReader packed = message();
        while (packed.at < packed.end) {
            numbers.accept(packed.varint());
        }
    }

    /**
     * Takes one number of four bytes of a repeated field, or all of them where they are packed.
     *
     * @param numbers takes them
     */
    public void fixed32s(IntConsumer numbers) {
        if (type == WireType.FIXED32) {
            numbers.accept(fixed32());
            return;
        }
        MessageReader packed = message();
        while (packed.at < packed.end) {
            numbers.accept(packed.input.get(INT, packed.take(Integer.BYTES)));
        }
    }

    private void require(WireType expected) {
        if (type != expected) {
            throw fault("field " + field + " is " + type + ", expected " + expected);
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = input.get(ValueLayout.JAVA_BYTE, take(1));
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw fault("a varint of more than " + LONGEST_VARINT + " bytes");
    }

    /** Goes on by so many bytes and says where they begin. */
    private long take(long bytes) {
        if (bytes < 0 || bytes > end - at) {
            throw new DataException("byte " + at + ": " + Long.toUnsignedString(bytes) + " bytes are to follow, " + (end - at)
                    + " are left; cut short, or damaged");
        }
        long from = at;
        at += bytes;
        return from;
    }

    private DataException fault(String message) {
        return new DataException(place() + message);
    }

    private String place() {
        return "byte " + begin + ": ";
    }
}
