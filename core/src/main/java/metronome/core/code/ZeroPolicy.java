package metronome.core.code;

/** What becomes of a value that is exactly zero after rectification, that is {@code z <= 0}. */
public enum ZeroPolicy {
    /** It fires at step 0 and decodes to {@code a_min}, as the paper's "all neurons fire". */
    FLOOR,
    /** It never fires, decodes to 0 and saves its synaptic operations. */
    SILENT
}
