package metronome.core.code;

/** How a value between two code levels is rounded; it moves the distance of threshold and fixed point. */
public enum Rounding {
    /** To the nearest level of the logarithmic code: {@code R - theta = a_min exp(1/(2L))}. */
    HALF_STEP,
    /** Up to the next level: {@code R - theta = a_min}. */
    CEIL
}
