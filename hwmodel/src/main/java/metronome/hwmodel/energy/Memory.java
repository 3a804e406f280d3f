package metronome.hwmodel.energy;

/**
 * A banked SRAM.
 *
 * @param name what it holds
 * @param banks how many, alike
 * @param bankBytes size of a bank, above 0
 * @param wordBits width of an access
 */
public record Memory(String name, int banks, double bankBytes, int wordBits) {
    /** Checks the sizes. */
    public Memory {
        if (banks < 1 || !(bankBytes > 0) || wordBits < 1) {
            throw new IllegalArgumentException("memory " + name + ": " + banks + " banks of " + bankBytes + " B");
        }
    }

    /**
     * {@return a memory of so many words, spread over banks; the last words of the fullest bank may be unused}
     *
     * @param name what it holds
     * @param words in all
     * @param wordBits width of a word
     * @param banks how many
     */
    static Memory ofWords(String name, long words, int wordBits, int banks) {
        return new Memory(name, banks, Math.ceilDiv(words, (long) banks) * wordBits / 8.0, wordBits);
    }

    /** {@return this memory with so many ports to each bank, which is taken to be built of as many copies} */
    Memory withPorts(int ports) {
        return times(ports);
    }

    /** {@return so many of this memory as one with more banks} */
    Memory times(int copies) {
        return new Memory(name, banks * copies, bankBytes, wordBits);
    }

    /** {@return size of a bank in units of 1024 bytes} */
    public double bankKilobytes() {
        return bankBytes / 1024;
    }
}
