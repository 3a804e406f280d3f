package metronome.core.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.ObjectReader;
import metronome.core.tensor.Tensor;

/** Reads and checks; nothing is allocated for a tensor before all of the header has been found to fit the file. */
final class Reader {
    /** As in the reference implementation: a header beyond this is an attack or a mistake. */
    private static final long MAX_HEADER = 100_000_000;
    private static final int PREFIX = Long.BYTES;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private enum Type {
        F64(8), F32(4), F16(2), BF16(2), I64(8), I32(4), I16(2), I8(1), U8(1), BOOL(1);

        final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    private record Entry(String name, Type type, int[] shape, long begin, long end) {
    }

    private Reader() {
    }

    static Safetensors read(MemorySegment file) {
        long length = headerLength(file);
        ObjectReader header = ObjectReader.of(JsonParser.parse(text(file.asSlice(PREFIX, length))), "");
        MemorySegment data = file.asSlice(PREFIX + length);
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        header.optional(Safetensors.METADATA).ifPresent(json -> readMetadata(json, metadata));
        List<Entry> entries = entries(header, data.byteSize());
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            tensors.put(entry.name, Tensor.of(elements(entry, data), entry.shape));
        }
        return new Safetensors(tensors, metadata);
    }

    private static long headerLength(MemorySegment file) {
        if (file.byteSize() < PREFIX) {
            throw new DataException("too short for safetensors: " + file.byteSize() + " bytes, expected at least 8");
        }
        long length = file.get(LONG, 0);
        long room = Math.min(MAX_HEADER, file.byteSize() - PREFIX);
        if (length < 2 || length > room) {
            throw new DataException("header length must be in [2, " + room + "]: " + Long.toUnsignedString(length)
                    + " (byte 0); cut short, or no safetensors file");
        }
        if (file.get(ValueLayout.JAVA_BYTE, PREFIX) != '{') {
            throw new DataException("the header must begin with '{' (byte 8)");
        }
        return length;
    }

    private static String text(MemorySegment header) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(header.asByteBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new DataException("the header is not UTF-8", e);
        }
    }

    private static void readMetadata(Json json, SequencedMap<String, String> metadata) {
        ObjectReader object = ObjectReader.of(json, Safetensors.METADATA);
        for (String key : object.names()) {
            metadata.put(key, object.string(key));
        }
    }

    private static List<Entry> entries(ObjectReader header, long dataBytes) {
        List<Entry> entries = new ArrayList<>();
        for (String name : header.names()) {
            if (!name.equals(Safetensors.METADATA)) {
                entries.add(entry(name, header.object(name), dataBytes));
            }
        }
        requireCover(entries, dataBytes);
        return entries;
    }

    private static Entry entry(String name, ObjectReader json, long dataBytes) {
        String typeName = json.string("dtype");
        Type type = Arrays.stream(Type.values()).filter(t -> t.name().equals(typeName)).findAny().orElseThrow(
                () -> new DataException("tensor " + name + ": dtype must be one of "
                        + Arrays.toString(Type.values()) + ": " + typeName));
        long[] shape = json.integers("shape", 1, Integer.MAX_VALUE);
        long[] offsets = json.integers("data_offsets", 0, dataBytes);
        json.end();
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new DataException("tensor " + name + ": data_offsets must be [begin, end]: "
                    + Arrays.toString(offsets));
        }
        requireSize(name, type, shape, offsets[1] - offsets[0]);
        return new Entry(name, type, Arrays.stream(shape).mapToInt(Math::toIntExact).toArray(), offsets[0], offsets[1]);
    }

    private static void requireSize(String name, Type type, long[] shape, long bytes) {
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
            if (elements > Integer.MAX_VALUE - 8) {
                throw new DataException("tensor " + name + ": more than 2^31 elements: " + Arrays.toString(shape));
            }
        }
        if (elements * type.bytes != bytes) {
            throw new DataException("tensor " + name + ": " + type + Arrays.toString(shape) + " needs "
                    + elements * type.bytes + " bytes, data_offsets span " + bytes);
        }
    }

    private static void requireCover(List<Entry> entries, long dataBytes) {
        long next = 0;
        for (Entry entry : entries.stream().sorted(Comparator.comparingLong(Entry::begin)).toList()) {
            if (entry.begin != next) {
                throw new DataException("tensor " + entry.name + ": begins at byte " + entry.begin + " of the data, "
                        + "expected " + next + ": tensors must neither overlap nor leave gaps");
            }
            next = entry.end;
        }
        if (next != dataBytes) {
            throw new DataException("tensors end at byte " + next + " of the data, the file at " + dataBytes);
        }
    }

    private static float[] elements(Entry entry, MemorySegment data) {
        float[] values = new float[Math.toIntExact((entry.end - entry.begin) / entry.type.bytes)];
        for (int i = 0; i < values.length; i++) {
            long at = entry.begin + (long) i * entry.type.bytes;
            values[i] = switch (entry.type) {
                case F64 -> (float) data.get(DOUBLE, at);
                case F32 -> data.get(FLOAT, at);
                case F16 -> Float.float16ToFloat(data.get(SHORT, at));
                case BF16 -> Float.intBitsToFloat(data.get(SHORT, at) << Short.SIZE);
                case I64 -> data.get(LONG, at);
                case I32 -> data.get(INT, at);
                case I16 -> data.get(SHORT, at);
                case I8 -> data.get(BYTE, at);
                case U8 -> data.get(BYTE, at) & 0xff;
                case BOOL -> truth(entry.name, i, data.get(BYTE, at));
            };
        }
        return values;
    }

    private static float truth(String name, int element, byte value) {
        if (value != 0 && value != 1) {
            throw new DataException("tensor " + name + ": element " + element + " is the truth value " + value
                    + ", expected 0 or 1");
        }
        return value;
    }
}
