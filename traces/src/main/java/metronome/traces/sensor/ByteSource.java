package metronome.traces.sensor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import metronome.core.io.DataException;

/** The bytes of a recording, record after record, so that faults name their place. Nothing but one record is held. */
final class ByteSource {
    private static final int MOST_RECORD = 32;
    private static final int LONGEST_LINE = 1 << 16;

    private final PushbackInputStream in;
    private final byte[] bytes = new byte[MOST_RECORD];
    private long start;
    private long at;

    /** Reads from a buffered stream. */
    ByteSource(InputStream in) {
        this.in = new PushbackInputStream(in);
    }

    /**
     * Goes on to the next record.
     *
     * @param count bytes of it, at most 32
     * @param what it is, for messages
     * @return whether there is one; false where the file ends before its first byte
     */
    boolean next(int count, String what) throws IOException {
        start = at;
        int found = in.readNBytes(bytes, 0, count);
        at += found;
        if (found > 0 && found < count) {
            throw fault("the file ends " + found + " bytes into " + what + " of " + count);
        }
        return found == count;
    }

    /** The record at which this is. */
    ByteBuffer record(ByteOrder order) {
        return ByteBuffer.wrap(bytes).order(order);
    }

    /** Passes over bytes that must be there. */
    void skip(long count, String what) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw new DataException("byte " + at + ": the file ends within " + what + " of " + count + " bytes", e);
        }
        at += count;
    }

    /** Whether a byte follows that is this one. */
    boolean follows(char character) throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next == character;
    }

    /** A line of text, without its end; the file may not end within it. */
    String line() throws IOException {
        start = at;
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            at++;
            if (next < 0 || line.length() == LONGEST_LINE) {
                throw fault(next < 0 ? "the file ends within a line of its header"
                        : "a line of its header has more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        at++;
        return line.toString().stripTrailing();
    }

    /** A fault of the record or line at which this is. */
    DataException fault(String message) {
        return new DataException("byte " + start + ": " + message);
    }

    /** The beginning of a text, for messages. */
    static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() > 60 ? printable.substring(0, 57) + "..." : printable;
    }
}
