package metronome.hwmodel.systolic;

/**
 * Operands that a product moves between the array and its memories (rule TC-5). Padding is counted as if it were read.
 *
 * @param inputReads inputs read
 * @param weightReads weights read
 * @param partialReads sums of some folds, read to be added to
 * @param partialWrites sums of some folds, written to be added to later
 * @param outputWrites results written
 */
public record Accesses(long inputReads, long weightReads, long partialReads, long partialWrites, long outputWrites) {
}
