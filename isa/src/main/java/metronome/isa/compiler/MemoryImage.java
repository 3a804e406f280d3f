package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import metronome.core.io.DataException;
import metronome.isa.instruction.Word;

/** Lays out DRAM: reserved areas first, then the data that the program brings along. */
final class MemoryImage {
    /** Every area begins at a multiple of this, which no burst exceeds. */
    static final int ALIGNMENT = 256;
    private static final int LIMIT = 1 << 30;

    private final List<Area> areas = new ArrayList<>();
    private int reserved;
    private int contentEnd;
    private int end;

    private record Area(int address, Supplier<byte[]> content) {
    }

    /** Reserves an area without content; all of them come before the first {@link #add}. */
    int reserve(long bytes) {
        if (!areas.isEmpty()) {
            throw new IllegalStateException("reserved areas come before those with content");
        }
        int address = end;
        end = align(address + bytes);
        reserved = end;
        contentEnd = end;
        return address;
    }

    /**
     * Adds content and returns its address.
     *
     * @param bytes how many
     * @param content makes them; asked once, from any thread
     */
    int add(long bytes, Supplier<byte[]> content) {
        int address = end;
        end = align(address + bytes);
        contentEnd = end;
        areas.add(new Area(address, content));
        return address;
    }

    /** Reserves room for the code behind all content and returns its address; nothing is added afterwards. */
    int reserveCode(int instructions) {
        int address = end;
        end = align(address + (long) instructions * Word.BYTES);
        return address;
    }

    int dataAddress() {
        return reserved;
    }

    byte[] data() {
        byte[] data = new byte[contentEnd - reserved];
        areas.parallelStream().forEach(area -> {
            byte[] content = area.content.get();
            System.arraycopy(content, 0, data, area.address - reserved, content.length);
        });
        return data;
    }

    int bytes() {
        return end;
    }

    private static int align(long address) {
        long aligned = Math.ceilDiv(address, ALIGNMENT) * ALIGNMENT;
        if (aligned > LIMIT) {
            throw new DataException("the program needs more than " + LIMIT + " bytes of DRAM");
        }
        return (int) aligned;
    }
}
