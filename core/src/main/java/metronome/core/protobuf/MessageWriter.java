package metronome.core.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts a message together field by field, in the order of the calls. */
public final class MessageWriter {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins an empty message. */
    public MessageWriter() {
    }

    /**
     * Writes a whole number.
     *
     * @param field its number
     * @param value any
     * @return this
     */
    public MessageWriter number(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /**
     * Writes a float.
     *
     * @param field its number
     * @param value any
     * @return this
     */
    public MessageWriter decimal(int field, float value) {
        varint((long) field << 3 | FIXED32);
        out.writeBytes(littleEndian(Integer.BYTES).putInt(Float.floatToRawIntBits(value)).array());
        return this;
    }

    /**
     * Writes bytes.
     *
     * @param field its number
     * @param bytes any
     * @return this
     */
    public MessageWriter bytes(int field, byte[] bytes) {
        varint((long) field << 3 | LENGTH);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /**
     * Writes a text.
     *
     * @param field its number
     * @param text any
     * @return this
     */
    public MessageWriter text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a message.
     *
     * @param field its number
     * @param message as it is now
     * @return this
     */
    public MessageWriter message(int field, MessageWriter message) {
        return bytes(field, message.bytes());
    }

    /**
     * Writes several numbers packed into one field.
     *
     * @param field its number
     * @param values any
     * @return this
     */
    public MessageWriter packed(int field, long... values) {
        MessageWriter all = new MessageWriter();
        for (long value : values) {
            all.varint(value);
        }
        return message(field, all);
    }

    /** {@return what was written so far} */
    public byte[] bytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
