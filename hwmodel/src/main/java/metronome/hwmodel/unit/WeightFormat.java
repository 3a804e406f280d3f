package metronome.hwmodel.unit;

/**
 * How weights lie in the scratchpad.
 *
 * @param bytes of a weight, 1 or 2
 * @param wordBytes bytes of a word of a bank
 * @param banks over which words are interleaved
 */
record WeightFormat(int bytes, int wordBytes, int banks) {
}
