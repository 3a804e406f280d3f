package metronome.core.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;

/**
 * Reads one array from a stream. The array grows as its bytes come, so that no more than about three times what is really
 * there is ever allocated, whatever the header claims.
 */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LARGEST_HEADER = 1 << 20;
    private static final int CHUNK = 1 << 13;

    private final InputStream in;

    private NpyReader(InputStream in) {
        this.in = in;
    }

    /**
     * The array, after which the stream must end.
     *
     * @param in the whole file
     * @param size how many bytes it has, or says that it has
     * @param most how many elements it may have
     */
    static Tensor read(InputStream in, long size, int most) throws IOException {
        return new NpyReader(in).read(size, most);
    }

    private Tensor read(long size, int most) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(bytes(MAGIC.length + 2, "magic and version")).order(ByteOrder.LITTLE_ENDIAN);
        if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DataException("byte 0: no .npy file, expected it to begin with 0x93 and NUMPY");
        }
        int major = start.get(MAGIC.length);
        if (major < 1 || major > 3 || start.get(MAGIC.length + 1) != 0) {
            throw new DataException("byte 6: version " + major + "." + start.get(MAGIC.length + 1) + ", expected 1.0, 2.0 or 3.0");
        }
        int width = major == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer length = ByteBuffer.wrap(bytes(width, "length of the header")).order(ByteOrder.LITTLE_ENDIAN);
        long header = major == 1 ? length.getShort() & 0xffff : length.getInt() & 0xffffffffL;
        long before = MAGIC.length + 2 + width;
        if (header > Math.min(LARGEST_HEADER, size - before)) {
            throw new DataException("byte 8: header of " + header + " bytes, expected at most "
                    + Math.max(0, Math.min(LARGEST_HEADER, size - before)));
        }
        Header what = Header.parse(text(bytes((int) header, "header"), major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        long data = size - before - header;
        if (what.dataBytes() != data) {
            throw new DataException("byte " + (before + header) + ": " + data + " bytes of elements, expected "
                    + what.dataBytes() + " for " + what.type().code() + " " + Arrays.toString(what.shape()));
        }
        if (what.elements() > most) {
            throw new DataException("byte 8: " + what.elements() + " elements, expected at most " + most);
        }
        float[] elements = elements(what);
        if (in.read() >= 0) {
            throw new DataException("byte " + size + ": bytes follow, expected the end");
        }
        return Tensor.of(what.columnMajor() ? rowMajor(elements, what.shape()) : elements, what.shape());
    }

    private byte[] bytes(int count, String what) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new DataException("cut short in its " + what);
        }
        return bytes;
    }

    private static String text(byte[] header, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(header)).toString();
        } catch (CharacterCodingException e) {
            throw new DataException("byte 12: the header is not UTF-8", e);
        }
    }

    private float[] elements(Header header) throws IOException {
        int count = header.elements();
        float[] elements = new float[Math.min(count, CHUNK)];
        for (int done = 0; done < count;) {
            int now = Math.min(CHUNK, count - done);
            ByteBuffer chunk = ByteBuffer.wrap(bytes(now * header.type().bytes(), "elements")).order(header.order());
            if (done + now > elements.length) {
                elements = Arrays.copyOf(elements, (int) Math.min(count, 2L * elements.length));
            }
            for (int end = done + now; done < end; done++) {
                elements[done] = element(header.type(), chunk, done);
            }
        }
        return elements;
    }

    private static float element(ElementType type, ByteBuffer chunk, int index) {
        try {
            return type.next(chunk);
        } catch (DataException e) {
            throw e.in("element " + index);
        }
    }

    /** Element (i, j, ...) of an array whose first index runs fastest goes where the last one does. */
    private static float[] rowMajor(float[] from, int[] shape) {
        float[] to = new float[from.length];
        int[] index = new int[shape.length];
        int at = 0;
        for (int i = 0; i < to.length; i++) {
            to[i] = from[at];
            int stride = to.length;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                stride /= shape[axis];
                at += stride;
                if (++index[axis] < shape[axis]) {
                    break;
                }
                index[axis] = 0;
                at -= stride * shape[axis];
            }
        }
        return to;
    }
}
