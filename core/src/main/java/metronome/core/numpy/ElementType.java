package metronome.core.numpy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import metronome.core.io.DataException;

/** The types of elements that are understood, as NumPy codes them: a letter and the bytes that one takes. */
enum ElementType {
    BOOL("b1", 1), INT8("i1", 1), UINT8("u1", 1), INT16("i2", 2), INT32("i4", 4), INT64("i8", 8), FLOAT16("f2", 2),
    FLOAT32("f4", 4), FLOAT64("f8", 8);

    private final String code;
    private final int bytes;

    ElementType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    static Optional<ElementType> of(String code) {
        return Arrays.stream(values()).filter(t -> t.code.equals(code)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    String code() {
        return code;
    }

    /** The next element as the nearest float; what is too large for one becomes infinite. */
    float next(ByteBuffer in) {
        return switch (this) {
            case BOOL -> truth(in.get());
            case INT8 -> in.get();
            case UINT8 -> in.get() & 0xff;
            case INT16 -> in.getShort();
            case INT32 -> in.getInt();
            case INT64 -> in.getLong();
            case FLOAT16 -> Float.float16ToFloat(in.getShort());
            case FLOAT32 -> in.getFloat();
            case FLOAT64 -> (float) in.getDouble();
        };
    }

    private static float truth(byte value) {
        if (value != 0 && value != 1) {
            throw new DataException("a truth value of " + value + ", expected 0 or 1");
        }
        return value;
    }
}
