package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do columns come out as they went in, in the bytes that docs/formats.md has, and is every byte that is missing or too many found? */
class PackingTest {
    private static final String KINDS = "dvdv";

    private final Packing packing = new Packing();

    /** What is inflated, without checks. */
    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] to = new byte[Packing.bound(bytes.length)];
        byte[] packed = Arrays.copyOf(to, 0);
        for (int n; (n = deflater.deflate(to)) > 0;) {
            int from = packed.length;
            packed = Arrays.copyOf(packed, from + n);
            System.arraycopy(to, 0, packed, from, n);
        }
        deflater.end();
        return packed;
    }

    private void unpack(byte[] packed, int size) {
        Inflater inflater = new Inflater(true);
        try {
            packing.inflate(inflater, packed, 0, packed.length, size);
        } finally {
            inflater.end();
        }
    }

    private byte[] packed(long[][] columns, int count) {
        packing.clear();
        for (int c = 0; c < columns.length; c++) {
            packing.put(columns[c], count, KINDS.charAt(c) == 'd');
        }
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION, true);
        byte[] to = new byte[Packing.bound(packing.size())];
        int length = packing.deflate(deflater, to, 0);
        deflater.end();
        return Arrays.copyOf(to, length);
    }

    /** Columns of numbers of all lengths, of equal ones, and of such whose differences are equal. */
    private static long[][] columns(SplittableRandom random, int count) {
        long[][] columns = new long[KINDS.length()][count];
        for (long[] column : columns) {
            int shift = random.nextInt(Long.SIZE);
            long step = random.nextLong() >> shift;
            switch (random.nextInt(3)) {
                case 0 -> Arrays.setAll(column, _ -> random.nextLong() >> random.nextInt(shift + 1, Long.SIZE + 1));
                case 1 -> Arrays.fill(column, step);
                default -> Arrays.setAll(column, i -> i * step);
            }
        }
        return columns;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatWasPutIsTaken(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            int count = random.nextInt(4) == 0 ? random.nextInt(1, 4) : random.nextInt(1, 300);
            long[][] columns = columns(random, count);
            byte[] packed = packed(columns, count);
            unpack(packed, packing.size());
            long[][] taken = packing.take(KINDS, count);
            assertTrue(packing.empty());
            for (int c = 0; c < columns.length; c++) {
                assertArrayEquals(columns[c], Arrays.copyOf(taken[c], count), "seed " + seed + ", case " + i + ", column " + c);
            }
        }
    }

    /** Bytes by hand, from the description: v 300 300 -1; d 5 6 7 8; v of one number. */
    @Test
    void theBytesAreThoseOfTheDescription() {
        int[] bytes = {0xd8, 4, 1, 0xd8, 4, 1, 10, 0, 2, 0x7f, 0};
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        unpack(deflated(raw), raw.length);
        assertArrayEquals(new long[] {300, 300, -1}, Arrays.copyOf(packing.take("v", 3)[0], 3));
        assertArrayEquals(new long[] {5, 6, 7, 8}, Arrays.copyOf(packing.take("d", 4)[0], 4));
        assertFalse(packing.empty());
        assertEquals(-64, packing.take("v", 1)[0][0]);
        assertTrue(packing.empty());
        assertArrayEquals(deflated(raw), deflated(put()));
    }

    private static byte[] put() {
        Packing packing = new Packing();
        packing.put(new long[] {300, 300, -1}, 3, false);
        packing.put(new long[] {5, 6, 7, 8}, 4, true);
        packing.put(new long[] {-64}, 1, false);
        return raw(packing);
    }

    private static byte[] raw(Packing packing) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION, true);
        byte[] stored = new byte[Packing.bound(packing.size())];
        packing.deflate(deflater, stored, 0);
        deflater.end();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.write(stored, 5, packing.size());
        return raw.toByteArray();
    }

    /** What the room held before lies right behind the last byte. */
    @Test
    void aColumnThatIsCutShortAnywhereIsFound() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 30; i++) {
            int count = random.nextInt(1, 20);
            byte[] packed = packed(columns(random, count), count);
            int size = packing.size();
            byte[] raw = raw(packing);
            for (int length = 1; length < size; length++) {
                unpack(packed, size);
                unpack(deflated(Arrays.copyOf(raw, length)), length);
                assertEquals("a column is cut short", refusal(() -> packing.take(KINDS, count)), "case " + i + ", " + length + " of " + size);
            }
        }
    }

    @Test
    void otherModesAndLongerNumbersAreRefused() {
        for (int mode = 2; mode < 256; mode++) {
            byte[] raw = {0, (byte) mode, 0};
            unpack(deflated(raw), raw.length);
            assertEquals("a column has mode " + (byte) mode + ", expected 0 or 1", refusal(() -> packing.take("v", 2)));
        }
        byte[] raw = new byte[12];
        Arrays.fill(raw, (byte) -1);
        unpack(deflated(raw), raw.length);
        assertEquals("a number has more than 64 bits", refusal(() -> packing.take("v", 1)));
    }

    /** Of a stream that ends early, says more than it should, or has something behind it. */
    @Test
    void whatDoesNotBecomeAsManyBytesIsRefused() {
        byte[] raw = put();
        byte[] packed = deflated(raw);
        unpack(packed, raw.length);
        for (int size : new int[] {1, raw.length - 1, raw.length + 1, 4096}) {
            assertEquals("the packed columns do not become " + size + " bytes", refusal(() -> unpack(packed, size)));
        }
        assertEquals("the packed columns do not become " + raw.length + " bytes", refusal(() -> unpack(Arrays.copyOf(packed, packed.length + 1), raw.length)));
        Deflater open = new Deflater(Deflater.NO_COMPRESSION, true);
        open.setInput(raw);
        byte[] unfinished = new byte[100];
        int length = open.deflate(unfinished, 0, unfinished.length, Deflater.SYNC_FLUSH);
        open.end();
        assertEquals("the packed columns do not become " + raw.length + " bytes", refusal(() -> unpack(Arrays.copyOf(unfinished, length), raw.length)));
        assertTrue(refusal(() -> unpack(new byte[] {7, 7, 7}, 5)).startsWith("the packed columns cannot be unpacked: "));
    }

    /** However badly it packs. */
    @Test
    void thereIsRoomForWhatCannotBePacked() {
        SplittableRandom random = new SplittableRandom(5);
        for (int count : new int[] {1, 100, 5000, BlockLayout.MOST_EVENTS}) {
            long[] noise = random.longs(count).toArray();
            long[][] columns = {noise, noise, noise, noise};
            byte[] packed = packed(columns, count);
            assertTrue(packed.length > packing.size(), "stored as it is");
            unpack(packed, packing.size());
            assertArrayEquals(noise, Arrays.copyOf(packing.take(KINDS, count)[3], count));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(DataException.class, work).getMessage();
    }
}
