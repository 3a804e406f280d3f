package metronome.hwmodel.systolic;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * The cells of an array.
 *
 * @param rows in [1, 1024]
 * @param columns in [1, 1024]
 */
public record SystolicArray(int rows, int columns) {
    /** {@return the array of a target's tensor core}
     *
     * @param target any
     */
    public static SystolicArray of(Target target) {
        return new SystolicArray(target.count(TargetField.TENSOR_ROWS), target.count(TargetField.TENSOR_COLUMNS));
    }

    /** {@return how many cells} */
    public long cells() {
        return (long) rows * columns;
    }

    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
