package metronome.hwmodel.dram;

/**
 * Divides numbers that are not negative, by a shift where that does.
 *
 * @param value at least 1
 * @param shift its logarithm, or -1 if it is no power of two
 */
record Divisor(int value, int shift) {
    static Divisor of(int value) {
        return new Divisor(value, Integer.bitCount(value) == 1 ? Integer.numberOfTrailingZeros(value) : -1);
    }

    int quotient(int dividend) {
        return shift < 0 ? dividend / value : dividend >> shift;
    }

    int rest(int dividend) {
        return shift < 0 ? dividend % value : dividend & value - 1;
    }
}
