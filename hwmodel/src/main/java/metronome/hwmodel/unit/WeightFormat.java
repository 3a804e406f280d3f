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
 */
record WeightFormat(int bytes, int wordBytes, int banks) {
    static WeightFormat of(Target target) {
        return new WeightFormat(TargetRules.weightBytes(target), target.count(TargetField.WEIGHT_WORD),
                target.count(TargetField.WEIGHT_BANKS));
    }

    /** Words that so many bytes fill. */
    int words(int filled) {
        return Math.ceilDiv(filled, wordBytes);
    }
}
