package metronome.hwmodel.systolic;

import java.util.Locale;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Which operand stays in the cells of the array (rule TC-1). */
public enum Dataflow {
    /** Output-stationary: cells hold sums; rows hold output positions, columns output channels, products are streamed. */
    OS,
    /** Weight-stationary: rows hold the products of a sum, columns output channels, output positions are streamed. */
    WS,
    /** Input-stationary: rows hold the products of a sum, columns output positions, output channels are streamed. */
    IS;

    /**
     * {@return the dataflow of a target's tensor core}
     *
     * @param target any
     */
    public static Dataflow of(Target target) {
        return valueOf(target.choice(TargetField.TENSOR_DATAFLOW).toUpperCase(Locale.ROOT));
    }
}
