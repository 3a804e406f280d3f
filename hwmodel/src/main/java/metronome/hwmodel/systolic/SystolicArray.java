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
    private static final int MOST = 1024;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException for rows or columns outside [1, 1024]
     */
    public SystolicArray {
        if (Math.min(rows, columns) < 1 || Math.max(rows, columns) > MOST) {
            throw new IllegalArgumentException("rows and columns must be in [1, " + MOST + "]: " + rows + ", " + columns);
        }
    }

    /**
     * {@return the array of a target's tensor core}
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
