package metronome.core.onnx;

import java.util.Arrays;
import java.util.Optional;

/** The element types of tensors that are understood, with their numbers in ONNX ({@code TensorProto.DataType}). */
enum ElementType {
    FLOAT(1, 4, 0, 0),
    UINT8(2, 1, 0, 255),
    INT8(3, 1, -128, 127),
    INT32(6, 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64(7, 8, Long.MIN_VALUE, Long.MAX_VALUE),
    BOOL(9, 1, 0, 1),
    FLOAT16(10, 2, 0, 0);

    /** Names of all types that ONNX has, by number, for messages. */
    private static final String[] ALL = {"UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING",
        "BOOL", "FLOAT16", "DOUBLE", "UINT32", "UINT64", "COMPLEX64", "COMPLEX128", "BFLOAT16"};

    final int number;
    final int bytes;
    final long least;
    final long most;

    ElementType(int number, int bytes, long least, long most) {
        this.number = number;
        this.bytes = bytes;
        this.least = least;
        this.most = most;
    }

    static Optional<ElementType> of(long number) {
        return Arrays.stream(values()).filter(t -> t.number == number).findFirst();
    }

    boolean floating() {
        return this == FLOAT || this == FLOAT16;
    }

    /** {@return what to call a type in a message}
     *
     * @param number any
     */
    static String words(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : "type " + Long.toUnsignedString(number);
    }
}
