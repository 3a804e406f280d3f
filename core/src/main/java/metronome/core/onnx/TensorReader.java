package metronome.core.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.protobuf.MessageReader;

/** Reads a {@code TensorProto}, whose elements are raw bytes or stand in a field of their type. */
final class TensorReader {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_AXES = 8;

    private final Numbers extents = new Numbers();
    private final Numbers floats = new Numbers();
    private final Numbers ints = new Numbers();
    private final Numbers longs = new Numbers();
    private Optional<MemorySegment> raw = Optional.empty();
    private String name = "";
    private long type;
    private boolean external;

    private TensorReader() {
    }

    /** {@return the tensor}
     *
     * @param message at its first field
     */
    static Constant read(MessageReader message) {
        TensorReader reader = new TensorReader();
        while (message.next()) {
            reader.field(message);
        }
        try {
            return reader.tensor();
        } catch (DataException e) {
            throw e.in("tensor " + (reader.name.isEmpty() ? "without a name" : reader.name));
        }
    }

    private void field(MessageReader message) {
        switch (message.field()) {
            case 1 -> message.numbers(extents::add);
            case 2 -> type = message.number();
            case 4 -> message.fixed32s(floats::add);
            case 5 -> message.numbers(ints::add);
            case 7 -> message.numbers(longs::add);
            case 8 -> name = message.text();
            case 9 -> raw = Optional.of(message.bytes());
            case 13 -> {
                external = true;
                message.skip();
            }
            case 14 -> external |= message.number() == 1;
            default -> message.skip();
        }
    }

    private Constant tensor() {
        if (external) {
            throw new DataException("its elements are in another file (external data), which is not supported; save the model in "
                    + "one file");
        }
        ElementType known = ElementType.of(type).orElseThrow(() -> new DataException("elements of type "
                + ElementType.words(type) + ", expected one of " + Arrays.toString(ElementType.values())));
        int[] shape = shape();
        int count = count(shape);
        return new Constant(name, shape, raw.map(bytes -> raw(bytes, known, count)).orElseGet(() -> typed(known, count)));
    }

    private int[] shape() {
        if (extents.count() > MOST_AXES) {
            throw new DataException(extents.count() + " axes, expected at most " + MOST_AXES);
        }
        return Arrays.stream(extents.toArray()).mapToInt(extent -> {
            if (extent < 0 || extent > Integer.MAX_VALUE - 8) {
                throw new DataException("an extent of " + extent + ", expected one in [0, 2^31)");
            }
            return (int) extent;
        }).toArray();
    }

    private static int count(int[] shape) {
        long count = 1;
        for (int extent : shape) {
            count = Math.multiplyHigh(count, extent) == 0 ? count * extent : Long.MAX_VALUE;
            if (count < 0 || count > Integer.MAX_VALUE - 8) {
                throw new DataException("more than 2^31 elements: " + Arrays.toString(shape));
            }
        }
        return (int) count;
    }

    private static Elements raw(MemorySegment raw, ElementType known, int count) {
        if (raw.byteSize() != (long) count * known.bytes) {
            throw new DataException(count + " elements of type " + known + " take " + (long) count * known.bytes
                    + " bytes, has " + raw.byteSize());
        }
        return elements(known, count, i -> switch (known) {
            case FLOAT -> Float.floatToRawIntBits(raw.get(FLOAT, 4L * i));
            case FLOAT16 -> raw.get(SHORT, 2L * i);
            case INT64 -> raw.get(LONG, 8L * i);
            case INT32 -> raw.get(INT, 4L * i);
            case UINT8, BOOL -> raw.get(ValueLayout.JAVA_BYTE, i) & 0xff;
            case INT8 -> raw.get(ValueLayout.JAVA_BYTE, i);
        });
    }

    private Elements typed(ElementType known, int count) {
        Numbers field = switch (known) {
            case FLOAT -> floats;
            case INT64 -> longs;
            case FLOAT16, INT32, INT8, UINT8, BOOL -> ints;
        };
        if (field.count() != count) {
            throw new DataException("has " + field.count() + " elements of type " + known + ", expected " + count);
        }
        for (int i = 0; i < count && !known.floating(); i++) {
            if (field.get(i) < known.least || field.get(i) > known.most) {
                throw new DataException("element " + i + " is " + field.get(i) + ", which is no " + known);
            }
        }
        return elements(known, count, field::get);
    }

    @FunctionalInterface
    private interface Bits {
        long at(int index);
    }

    private static Elements elements(ElementType known, int count, Bits bits) {
        if (!known.floating()) {
            long[] values = new long[count];
            Arrays.setAll(values, bits::at);
            return new Elements.Integers(known, values);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = known == ElementType.FLOAT ? Float.intBitsToFloat((int) bits.at(i))
                    : Float.float16ToFloat((short) bits.at(i));
        }
        return new Elements.Floats(values);
    }
}
