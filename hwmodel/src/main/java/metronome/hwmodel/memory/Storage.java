package metronome.hwmodel.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of a memory, little-endian. Writes are seen at once; timing is the business of who moves them. */
public final class Storage {
    private static final int PAGE_BITS = 8;

    private final boolean read;
    private final byte[] bytes;
    /** How often each page was written to. */
    private final int[] writes;
    private final ByteBuffer words;
    /** The range that was written since {@link #settle}. */
    private int writtenFrom;
    private int writtenEnd;

    /**
     * Creates a memory of zeros.
     *
     * @param size in bytes
     */
    public Storage(int size) {
        this(size, true);
    }

    /**
     * Creates a memory of zeros.
     *
     * @param size in bytes
     * @param read whether anybody looks at what is {@link #copy copied} to it; if not, it stays zero
     */
    public Storage(int size, boolean read) {
        this.read = read;
        bytes = new byte[size];
        writes = new int[(size >> PAGE_BITS) + 1];
        words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        settle();
    }

    /** Says that what was written so far is what the memory holds at first. */
    public void settle() {
        writtenFrom = Integer.MAX_VALUE;
        writtenEnd = 0;
    }

    /** {@return the first address that was written since {@link #settle}; one above all if none was} */
    public int writtenFrom() {
        return writtenFrom;
    }

    /** {@return one past the last address that was written since {@link #settle}; 0 if none was} */
    public int writtenEnd() {
        return writtenEnd;
    }

    private void written(int from, int end) {
        writtenFrom = Math.min(writtenFrom, from);
        writtenEnd = Math.max(writtenEnd, end);
    }

    /**
     * Makes bytes zero.
     *
     * @param from address of the first
     * @param end one past the address of the last
     */
    public void clear(int from, int end) {
        Arrays.fill(bytes, from, end, (byte) 0);
    }

    /**
     * Writes bytes.
     *
     * @param from holds them
     * @param first where in the array
     * @param to address of the first
     * @param count how many
     */
    public void put(byte[] from, int first, int to, int count) {
        System.arraycopy(from, first, bytes, to, count);
        written(to, to + count);
    }

    /**
     * Copies bytes of another memory.
     *
     * @param from the memory
     * @param address of the first there
     * @param to address of the first here
     * @param count how many
     */
    public void copy(Storage from, int address, int to, int count) {
        if (!read) {
            return;
        }
        System.arraycopy(from.bytes, address, bytes, to, count);
        for (int page = to >> PAGE_BITS; page <= to + count - 1 >> PAGE_BITS; page++) {
            writes[page]++;
        }
        written(to, to + count);
    }

    /**
     * {@return a number that changes when bytes are {@link #copy copied} to a range, or close to it}
     *
     * @param from address of its first byte
     * @param end one past the address of its last
     */
    public long version(int from, int end) {
        long version = 0;
        for (int page = from >> PAGE_BITS; page <= end - 1 >> PAGE_BITS && page < writes.length; page++) {
            version += writes[page];
        }
        return version;
    }

    /** {@return its bytes; shared, and who writes to them is not noticed} */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * {@return a 32-bit word}
     *
     * @param address of its first byte
     */
    public int word(int address) {
        return words.getInt(address);
    }

    /**
     * Copies 32-bit words.
     *
     * @param address of the first byte of the first
     * @param to gets them
     * @param first where in the array
     * @param count how many
     */
    public void words(int address, int[] to, int first, int count) {
        words.slice(address, count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(to, first, count);
    }

    /**
     * Writes events of a list.
     *
     * @param address of the first byte of the first
     * @param from the list
     * @param first index of the first
     * @param count how many
     */
    public void putWords(int address, EventList from, int first, int count) {
        from.copy(first, first + count, words.slice(address, count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer());
        written(address, address + count * Integer.BYTES);
    }

    /**
     * Writes a 32-bit word.
     *
     * @param address of its first byte
     * @param value any
     */
    public void putWord(int address, int value) {
        words.putInt(address, value);
        written(address, address + Integer.BYTES);
    }

    /**
     * {@return a signed 16-bit number}
     *
     * @param address of its first byte
     */
    public short half(int address) {
        return words.getShort(address);
    }
}
