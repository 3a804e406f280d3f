package metronome.isa.instruction;

/**
 * A field of the instruction word, within one of its two halves.
 *
 * @param name as in assembly text
 * @param at the lowest bit, in [0, 128)
 * @param width in bits, in [1, 32]
 * @param signed whether the value is in two's complement
 * @param meaning what it means, with its unit
 */
public record Field(String name, int at, int width, boolean signed, String meaning) {
    /**
     * Checks the place.
     *
     * @throws IllegalArgumentException if the field leaves the word or lies across its two halves
     */
    public Field {
        if (at < 0 || width < 1 || width > 32 || at / 64 != (at + width - 1) / 64 || at + width > Word.BITS) {
            throw new IllegalArgumentException("field " + name + " does not lie within one half of the word");
        }
    }

    /** {@return the least value} */
    public long least() {
        return signed ? -(1L << (width - 1)) : 0;
    }

    /** {@return the greatest value} */
    public long most() {
        return (1L << (signed ? width - 1 : width)) - 1;
    }

    /** {@return the bits that the field covers in its half of the word} */
    public long mask() {
        return ((1L << width) - 1) << (at & 63);
    }

    /**
     * {@return the value if the field can hold it}
     *
     * @param value to be checked
     * @throws IllegalArgumentException if it cannot
     */
    public long check(long value) {
        if (value < least() || value > most()) {
            throw new IllegalArgumentException(
                    "must be in [" + least() + ", " + most() + "]: " + name + "=" + value);
        }
        return value;
    }

    /**
     * {@return the field's value in a word}
     *
     * @param word any
     */
    public long get(Word word) {
        long half = at < 64 ? word.low() : word.high();
        long raw = (half & mask()) >>> (at & 63);
        return signed ? raw << (64 - width) >> (64 - width) : raw;
    }

    /**
     * {@return the word with the field's bits set to a value; they must be zero before}
     *
     * @param word with zero bits here
     * @param value within the range
     */
    public Word put(Word word, long value) {
        long bits = check(value) << (at & 63) & mask();
        return at < 64 ? new Word(word.low() | bits, word.high()) : new Word(word.low(), word.high() | bits);
    }
}
