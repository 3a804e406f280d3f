package metronome.hwmodel.probe;

import java.util.Locale;

/** How far an instruction has come. */
public enum Phase {
    /** The sequencer puts it into the queue of its unit. */
    DISPATCHED,
    /** The unit takes it from the queue: the first of its cycles there. */
    ISSUED,
    /** It is complete: the last of its cycles. */
    RETIRED;

    /** {@return its name in artefacts} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
