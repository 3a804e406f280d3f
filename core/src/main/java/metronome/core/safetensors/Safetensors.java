package metronome.core.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.MappedFile;
import metronome.core.tensor.Tensor;

/**
 * The content of a safetensors file: named tensors and named texts, both in order.
 *
 * <p>Layout: 8 bytes length of the header, unsigned, little-endian; the header, a JSON object in UTF-8 that begins with
 * an opening brace and may end in spaces; the elements. Each member of the header is a tensor ({@code dtype}, {@code shape},
 * {@code data_offsets} [begin, end) from the end of the header), or {@code __metadata__}, an object of strings.
 *
 * @param tensors by name; the key {@code __metadata__} is not free
 * @param metadata by key
 */
public record Safetensors(SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
    static final String METADATA = "__metadata__";

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if a tensor is called {@code __metadata__}
     */
    public Safetensors {
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("a tensor must not be called " + METADATA);
        }
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    }

    /**
     * {@return the content of a file} Elements of type F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL are
     * understood; each becomes the nearest 32-bit float, of a truth value 0 or 1. A tensor of integers is its values: the
     * format knows no scale.
     *
     * @param file to read
     * @throws DataException if it cannot be read or breaks the format: a header that passes the file's end, is no JSON
     *     or names an unknown type, a shape that does not match its bytes, tensors that overlap or leave gaps
     */
    public static Safetensors read(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return Reader.read(MappedFile.of(file, arena));
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * {@return the content of bytes in memory}
     *
     * @param bytes a whole file
     * @throws DataException as {@link #read(Path)}
     */
    public static Safetensors parse(byte[] bytes) {
        return Reader.read(MemorySegment.ofArray(bytes));
    }

    /**
     * Writes the tensors as F32 in their order; the same content gives the same bytes.
     *
     * @param file the destination, replaced as a whole
     * @throws DataException if it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, out -> Writer.write(this, out));
    }

    /** {@return the bytes that {@link #write} puts into a file} */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Writer.write(this, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    /**
     * {@return the tensor of that name}
     *
     * @param name of the tensor
     * @param shape that it must have
     * @throws DataException if it is missing or has another shape
     */
    public Tensor tensor(String name, int... shape) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new DataException("missing tensor " + name + ", expected one of " + tensors.keySet());
        }
        if (!java.util.Arrays.equals(tensor.shape(), shape)) {
            throw new DataException("tensor " + name + " must have shape " + java.util.Arrays.toString(shape) + ", has "
                    + java.util.Arrays.toString(tensor.shape()));
        }
        return tensor;
    }
}
