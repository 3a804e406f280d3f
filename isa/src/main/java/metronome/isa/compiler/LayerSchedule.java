package metronome.isa.compiler;

/** Whether a layer may integrate while the one before it still fires; it changes no spike. */
public enum LayerSchedule {
    /** Every layer begins when the one before has fired. */
    LAYERED,
    /** Two layers overlap wherever they can; a network of which none can is refused. */
    FUSED,
    /** Two layers overlap wherever they can. */
    AUTO
}
