package metronome.hwmodel.unit;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * How weights lie in the scratchpad.
 *
 * @param bytes of a weight, 1 or 2
 * @param wordBytes bytes of a word of a bank
 * @param banks over which words are interleaved
 * @param ports words that a bank reads in a cycle
 */
record WeightFormat(int bytes, int wordBytes, int banks, int ports) {
    static WeightFormat of(Target target) {
        return of(target, TargetRules.weightBytes(target));
    }

    static WeightFormat of(Target target, int bytes) {
        return new WeightFormat(bytes, target.count(TargetField.WEIGHT_WORD),
                target.count(TargetField.WEIGHT_BANKS), target.count(TargetField.WEIGHT_PORTS));
    }

    /** Words that so many bytes fill. */
    int words(int filled) {
        return Math.ceilDiv(filled, wordBytes);
    }

    /** Words that all banks together read in a cycle. */
    int wordsPerCycle() {
        return banks * ports;
    }
}
