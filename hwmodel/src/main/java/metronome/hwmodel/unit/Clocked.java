package metronome.hwmodel.unit;

/** A part of the chip that moves with the clock. */
public interface Clocked {
    /** The first phase of a cycle: asks for shared ports, by the state at the end of the previous cycle. */
    default void request() {
    }

    /**
     * The second phase: works.
     *
     * @return whether something moved that could let others go on; waiting for a semaphore or a queue does not
     */
    boolean tick();

    /** The third phase: makes visible what was written. */
    default void commit() {
    }
}
