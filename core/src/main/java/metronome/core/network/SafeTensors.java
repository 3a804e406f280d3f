package metronome.core.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.tensor.Tensor;

/**
 * The safetensors container, 32-bit floats only: eight bytes of header length (little-endian), a JSON header, then the
 * tensors without a gap (huggingface/safetensors, "Format").
 */
record SafeTensors(SequencedMap<String, String> metadata, SequencedMap<String, Tensor> tensors) {
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    void writeTo(OutputStream out) throws IOException {
        var texts = Json.object();
        metadata.forEach(texts::put);
        var header = Json.object().put(METADATA, texts.build());
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + 4L * entry.getValue().size();
            header.put(entry.getKey(), Json.object().put("dtype", "F32").put("shape", Json.array(entry.getValue().shape()))
                    .put("data_offsets", Json.array(List.of(Json.of(offset), Json.of(end)))).build());
            offset = end;
        }
        String text = JsonWriter.compact(header.build());
        int unpadded = text.getBytes(StandardCharsets.UTF_8).length;
        byte[] padded = (text + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT))).getBytes(StandardCharsets.UTF_8);
        out.write(little(ALIGNMENT).putLong(padded.length).array());
        out.write(padded);
        for (Tensor tensor : tensors.values()) {
            ByteBuffer buffer = little(4 * tensor.size());
            buffer.asFloatBuffer().put(tensor.data());
            out.write(buffer.array());
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static SafeTensors read(byte[] file) {
        if (file.length < 8) {
            throw new DataException(file.length + " bytes, expected at least the 8 of the header's length");
        }
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = buffer.getLong();
        if (length < 2 || length > file.length - 8) {
            throw new DataException("byte 0: header of " + Long.toUnsignedString(length)
                    + " bytes, expected at least 2 and at most the " + (file.length - 8) + " that follow");
        }
        Json.Obj header = header(buffer.slice(8, (int) length));
        ByteBuffer data = buffer.slice(8 + (int) length, file.length - 8 - (int) length).order(ByteOrder.LITTLE_ENDIAN);
        return new SafeTensors(metadata(header), tensors(header, data));
    }

    private static Json.Obj header(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new DataException("header: not UTF-8", e);
        }
        try {
            return Strict.object(JsonParser.parse(text), "header");
        } catch (DataException e) {
            throw e.in("header");
        }
    }

    private static SequencedMap<String, String> metadata(Json.Obj header) {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        header.get(METADATA).ifPresent(value -> Strict.object(value, METADATA).members()
                .forEach((key, text) -> metadata.put(key, Strict.string(text, METADATA + "." + key))));
        return metadata;
    }

    private record Entry(String name, int[] shape, long begin, long end) {
    }

    private static SequencedMap<String, Tensor> tensors(Json.Obj header, ByteBuffer data) {
        List<Entry> entries = new ArrayList<>();
        header.members().forEach((name, value) -> {
            if (!name.equals(METADATA)) {
                entries.add(entry(name, value));
            }
        });
        entries.sort(Comparator.comparingLong(Entry::begin));
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        long next = 0;
        for (Entry entry : entries) {
            if (entry.begin != next || entry.end > data.capacity()) {
                throw new DataException("tensor " + entry.name + ": data_offsets [" + entry.begin + ", " + entry.end
                        + "], expected a begin of " + next + " and an end of at most " + data.capacity());
            }
            next = entry.end;
            tensors.put(entry.name, tensor(entry, data));
        }
        if (next != data.capacity()) {
            throw new DataException((data.capacity() - next) + " bytes after the last tensor, expected none");
        }
        return tensors;
    }

    private static Entry entry(String name, Json value) {
        String what = "tensor " + name;
        Json.Obj object = Strict.object(value, what);
        Strict.keys(object, what, "dtype", "shape", "data_offsets");
        String type = Strict.string(Strict.member(object, what, "dtype"), what + ": dtype");
        if (!type.equals("F32")) {
            throw new DataException(what + ": dtype \"" + type + "\", expected \"F32\"");
        }
        List<Json> extents = Strict.array(Strict.member(object, what, "shape"), what + ": shape");
        int[] shape = extents.stream().mapToInt(e -> Strict.integer(e, what + ": shape", 1, Integer.MAX_VALUE)).toArray();
        List<Json> offsets = Strict.array(Strict.member(object, what, "data_offsets"), what + ": data_offsets");
        if (offsets.size() != 2) {
            throw new DataException(what + ": " + offsets.size() + " data_offsets, expected 2");
        }
        int begin = Strict.integer(offsets.get(0), what + ": data_offsets", 0, Integer.MAX_VALUE);
        int end = Strict.integer(offsets.get(1), what + ": data_offsets", begin, Integer.MAX_VALUE);
        long size = 4;
        for (int extent : shape) {
            size = size > Integer.MAX_VALUE ? size : size * extent;
        }
        if (shape.length == 0 || size != end - begin) {
            throw new DataException(what + ": " + (end - begin) + " bytes, expected as many as shape "
                    + java.util.Arrays.toString(shape) + " takes");
        }
        return new Entry(name, shape, begin, end);
    }

    private static Tensor tensor(Entry entry, ByteBuffer data) {
        float[] values = new float[(int) (entry.end - entry.begin) / 4];
        data.slice((int) entry.begin, 4 * values.length).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException("tensor " + entry.name + ": element " + i + " is " + values[i]
                        + ", expected a finite number");
            }
        }
        return Tensor.of(values, entry.shape);
    }
}
