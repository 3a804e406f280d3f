package metronome.hwmodel.unit;

/**
 * What the tensor core spends on a product, or on a part of one.
 *
 * @param cycles busy
 * @param stalls for banks of weights (rule TC-5)
 * @param weightWords words of the weight scratchpad read, without biases
 * @param inputWords words of four activations read
 * @param partials sums kept between folds, and read back
 */
record TensorCost(long cycles, long stalls, long weightWords, long inputWords, long partials) {
    static final TensorCost NONE = new TensorCost(0, 0, 0, 0, 0);

    TensorCost plus(TensorCost other, long times) {
        return new TensorCost(cycles + times * other.cycles, stalls + times * other.stalls,
                weightWords + times * other.weightWords, inputWords + times * other.inputWords,
                partials + times * other.partials);
    }
}
