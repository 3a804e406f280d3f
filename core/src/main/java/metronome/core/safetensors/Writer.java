package metronome.core.safetensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.core.tensor.Tensor;

/** Writes header and elements; the header is padded with spaces so that the elements begin at a multiple of 8. */
final class Writer {
    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 14;

    private Writer() {
    }

    static void write(Safetensors content, OutputStream out) throws IOException {
        byte[] header = header(content).getBytes(StandardCharsets.UTF_8);
        int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
        out.write(header);
        out.write(" ".repeat(padded - header.length).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : content.tensors().values()) {
            write(tensor.data(), out);
        }
    }

    private static String header(Safetensors content) {
        ObjectBuilder header = Json.object();
        if (!content.metadata().isEmpty()) {
            ObjectBuilder metadata = Json.object();
            content.metadata().forEach(metadata::put);
            header.put(Safetensors.METADATA, metadata.build());
        }
        long begin = 0;
        for (var entry : content.tensors().entrySet()) {
            long end = begin + (long) Float.BYTES * entry.getValue().size();
            header.put(entry.getKey(), Json.object()
                    .put("dtype", "F32")
                    .put("shape", Json.array(entry.getValue().shape()))
                    .put("data_offsets", Json.array(java.util.List.of(Json.of(begin), Json.of(end))))
                    .build());
            begin = end;
        }
        return JsonWriter.compact(header.build());
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.asFloatBuffer().put(values, from, count);
            out.write(buffer.array(), 0, count * Float.BYTES);
        }
    }
}
