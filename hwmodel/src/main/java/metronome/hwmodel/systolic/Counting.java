package metronome.hwmodel.systolic;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** What is counted as the cycles of a product. */
public enum Counting {
    /**
     * As SCALE-Sim v3 reports: folds one after the other, the results of an output-stationary array not shifted out, and
     * the 0-based index of the last cycle. A way of reporting; no hardware does this.
     */
    SCALESIM,
    /** Folds one after the other, each with load, fill and drain: no result leaves before its last operand (TC-2). */
    CAUSAL,
    /** A second register in each cell hides the load, or the drain, behind the fold beside it (TC-3). */
    DOUBLE_BUFFERED;

    /**
     * {@return how a target's tensor core works: {@link #CAUSAL} or {@link #DOUBLE_BUFFERED}}
     *
     * @param target any
     */
    public static Counting of(Target target) {
        return target.choice(TargetField.TENSOR_SHADOW).equals("yes") ? DOUBLE_BUFFERED : CAUSAL;
    }
}
