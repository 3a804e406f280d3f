package metronome.hwmodel.unit;

/**
 * What the LIF array does within one kind of instruction, cycle by cycle. It begins in the cycle that takes the
 * instruction; the other methods are called until it is done. Quiet steps are those of {@link Clocked#quiet}.
 */
sealed interface LifWork permits Integration, Firing, ReadingOut, Sweep, StepRun {
    /** First phase of a cycle. */
    default void request() {
    }

    /** Second phase of a cycle. */
    void step();

    /** Whether the instruction is complete. */
    boolean done();

    /** How many of the next steps are quiet. */
    default long quietSteps() {
        return 0;
    }

    /** Does so many quiet steps at once. */
    default void skipSteps(long cycles) {
        throw new IllegalStateException("never quiet");
    }

    /** Whether the next steps write, and nothing else of them is seen outside. */
    default boolean writes() {
        return false;
    }

    /** Whether others have begun something because of which {@link #quietSteps} no longer holds. */
    default boolean disturbed() {
        return false;
    }
}
