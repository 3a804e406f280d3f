package metronome.traces.trace;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import metronome.core.io.DataException;

/**
 * Columns of whole numbers as bytes: the first number, a byte that says whether what follows is one for all or one each, and
 * those, each as a zigzag varint. Not safe for several threads.
 */
final class Packing {
    private static final int LONGEST_VARINT = 10;
    private static final byte SAME = 0;
    private static final byte EACH = 1;

    private byte[] bytes = new byte[1 << 10];
    private int at;
    private int end;
    /** The columns that were taken last. */
    private long[][] taken = {};

    /** Begins anew. */
    void clear() {
        at = 0;
    }

    /** How many bytes there are. */
    int size() {
        return at;
    }

    /** Appends a column of at least one number. */
    void put(long[] values, int count, boolean differences) {
        reserve((count + 1) * LONGEST_VARINT + 1);
        putVarint(values[0]);
        boolean same = true;
        for (int i = 2; i < count && same; i++) {
            same = coded(values, i, differences) == coded(values, 1, differences);
        }
        bytes[at++] = same ? SAME : EACH;
        int last = same ? Math.min(2, count) : count;
        for (int i = 1; i < last; i++) {
            putVarint(coded(values, i, differences));
        }
    }

    private static long coded(long[] values, int i, boolean differences) {
        return differences ? values[i] - values[i - 1] : values[i];
    }

    private void reserve(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more));
        }
    }

    private void putVarint(long value) {
        long left = value << 1 ^ value >> 63;
        while ((left & ~0x7fL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
    }

    /**
     * Takes columns, which are good until the next are taken; they may be longer than the count, and there may be more of them.
     *
     * @param kinds of each column, d for differences
     * @param count how many numbers each has
     */
    long[][] take(String kinds, int count) {
        if (taken.length < kinds.length() || taken[0].length < count) {
            taken = new long[Math.max(taken.length, kinds.length())][count];
        }
        for (int c = 0; c < kinds.length(); c++) {
            take(taken[c], count, kinds.charAt(c) == 'd');
        }
        return taken;
    }

    private void take(long[] values, int count, boolean differences) {
        values[0] = takeVarint();
        byte mode = takeByte();
        if (mode != SAME && mode != EACH) {
            throw new DataException("a column has mode " + mode + ", expected 0 or 1");
        }
        if (mode == EACH) {
            takeEach(values, count);
        } else if (count > 1) {
            Arrays.fill(values, 1, count, takeVarint());
        }
        for (int i = 1; differences && i < count; i++) {
            values[i] += values[i - 1];
        }
    }

    /** Most numbers take a byte, most of the others two. */
    private void takeEach(long[] values, int count) {
        int next = at;
        for (int i = 1; i < count; i++) {
            byte first = next < end ? bytes[next] : -1;
            byte second = first < 0 && next + 1 < end ? bytes[next + 1] : -1;
            if (first >= 0) {
                values[i] = first >> 1 ^ -(first & 1);
                next++;
            } else if (second >= 0) {
                int both = first & 0x7f | second << 7;
                values[i] = both >> 1 ^ -(both & 1);
                next += 2;
            } else {
                at = next;
                values[i] = takeVarint();
                next = at;
            }
        }
        at = next;
    }

    private byte takeByte() {
        if (at == end) {
            throw new DataException("a column is cut short");
        }
        return bytes[at++];
    }

    private long takeVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = takeByte();
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new DataException("a number has more than 64 bits");
    }

    /** Whether all was taken. */
    boolean empty() {
        return at == end;
    }

    /** Appends the bytes, compressed, to an array that is long enough at an offset; returns how many they became. */
    int deflate(Deflater deflater, byte[] to, int offset) {
        deflater.reset();
        deflater.setInput(bytes, 0, at);
        deflater.finish();
        int written = deflater.deflate(to, offset, to.length - offset);
        if (!deflater.finished()) {
            throw new IllegalStateException("no room for " + at + " bytes");
        }
        return written;
    }

    /** The most bytes that so many become: what cannot be packed is stored in pieces of at least 2^12 bytes, each with a header. */
    static int bound(int size) {
        return size + size / 512 + 64;
    }

    /** Takes compressed bytes that become exactly so many. */
    void inflate(Inflater inflater, byte[] from, int offset, int length, int size) {
        try {
            at = 0;
            inflater.reset();
            reserve(size + 1);
            inflater.setInput(from, offset, length);
            end = inflater.inflate(bytes, 0, size + 1);
            if (!inflater.finished() || end != size || inflater.getRemaining() > 0) {
                throw new DataException("the packed columns do not become " + size + " bytes");
            }
        } catch (DataFormatException e) {
            throw new DataException("the packed columns cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
