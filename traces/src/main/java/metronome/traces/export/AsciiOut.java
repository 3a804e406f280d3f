package metronome.traces.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, made without an object for each number. What cannot be written ends in an {@link UncheckedIOException}. */
final class AsciiOut {
    private static final int LONGEST_NUMBER = 20;
    private static final long LAST_DIGIT_OF_PICOSECONDS = 100_000;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] digits = new byte[LONGEST_NUMBER];
    private int filled;
    private long flushed;

    AsciiOut(OutputStream out) {
        this.out = out;
    }

    AsciiOut put(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return putBytes(text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            put(c);
        }
        return this;
    }

    private AsciiOut putBytes(byte[] bytes) {
        for (byte b : bytes) {
            put((char) (b & 0xff));
        }
        return this;
    }

    AsciiOut put(char c) {
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = (byte) c;
        return this;
    }

    AsciiOut put(long value) {
        if (value == Long.MIN_VALUE) {
            return put(Long.toString(value));
        }
        if (value < 0) {
            put('-');
        }
        int at = LONGEST_NUMBER;
        for (long left = Math.abs(value); left != 0 || at == LONGEST_NUMBER; left /= 10) {
            digits[--at] = (byte) ('0' + left % 10);
        }
        while (at < LONGEST_NUMBER) {
            put((char) digits[at++]);
        }
        return this;
    }

    /**
     * Picoseconds, at least 0, as microseconds with as many decimals as it takes. Perfetto multiplies the double nearest to them by 1000 and drops what
     * is behind the point ({@code CoerceToTs} of its importer of JSON); where that is a nanosecond too early, a picosecond more is written.
     */
    AsciiOut putMicroseconds(long picoseconds) {
        long written = (long) (picoseconds / 1e6 * 1000) < picoseconds / 1000 ? picoseconds + 1 : picoseconds;
        put(written / 1_000_000);
        long left = written % 1_000_000;
        if (left != 0) {
            put('.');
            for (long unit = LAST_DIGIT_OF_PICOSECONDS; left != 0; unit /= 10) {
                put((char) ('0' + left / unit));
                left %= unit;
            }
        }
        return this;
    }

    void flush() {
        try {
            out.write(buffer, 0, filled);
            flushed += filled;
            filled = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes were put. */
    long bytes() {
        return flushed + filled;
    }
}
