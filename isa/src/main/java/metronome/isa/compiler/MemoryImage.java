package metronome.isa.compiler;

import java.io.ByteArrayOutputStream;
import metronome.core.io.DataException;
import metronome.isa.instruction.Word;

/** Lays out DRAM: reserved areas first, then the data that the program brings along. */
final class MemoryImage {
    /** Every area begins at a multiple of this, which no burst exceeds. */
    static final int ALIGNMENT = 256;
    private static final int LIMIT = 1 << 30;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int reserved;
    private int codeEnd;

    /** Reserves an area without content; all of them come before the first {@link #add}. */
    int reserve(long bytes) {
        int address = reserved;
        reserved = align(address + bytes);
        return address;
    }

    /** Adds content and returns its address. */
    int add(byte[] content) {
        int address = dataAddress() + data.size();
        int padded = align(address + (long) content.length) - address;
        data.writeBytes(content);
        data.writeBytes(new byte[padded - content.length]);
        return address;
    }

    /** Reserves room for the code behind all content and returns its address; nothing is added afterwards. */
    int reserveCode(int instructions) {
        int address = align(bytes());
        codeEnd = align(address + (long) instructions * Word.BYTES);
        return address;
    }

    int dataAddress() {
        return reserved;
    }

    byte[] data() {
        return data.toByteArray();
    }

    int bytes() {
        return Math.max(codeEnd, dataAddress() + data.size());
    }

    private static int align(long address) {
        long aligned = Math.ceilDiv(address, ALIGNMENT) * ALIGNMENT;
        if (aligned > LIMIT) {
            throw new DataException("the program needs more than " + LIMIT + " bytes of DRAM");
        }
        return (int) aligned;
    }
}
