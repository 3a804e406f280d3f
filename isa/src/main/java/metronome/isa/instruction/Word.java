package metronome.isa.instruction;

/**
 * An encoded instruction.
 *
 * @param low bits 0 to 63
 * @param high bits 64 to 127
 */
public record Word(long low, long high) {
    /** The width of every instruction. */
    public static final int BITS = 128;
    /** The width of every instruction in bytes. */
    public static final int BYTES = BITS / 8;
    /** No bit set. */
    public static final Word ZERO = new Word(0, 0);

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
