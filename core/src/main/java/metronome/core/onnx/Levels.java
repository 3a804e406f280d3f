package metronome.core.onnx;

/**
 * The levels of whole numbers: x stands for (x - zero) * scale.
 *
 * @param scale positive
 * @param zero the number that stands for 0
 * @param type of the numbers
 */
record Levels(float scale, long zero, ElementType type) {
    /** {@return whether nothing below 0 has a level} */
    boolean cutsNegatives() {
        return zero == type.least;
    }
}
