package metronome.hwmodel.unit;

/**
 * An output window in which neurons fire once.
 *
 * @param from first step
 * @param to last step
 * @param flush whether all that are left fire at the last step
 */
record FireWindow(int from, int to, boolean flush) {
    /** Whether all that are left fire at a step. */
    boolean flushes(int step) {
        return flush && step == to;
    }

    /** The steps of this window up to one of them, as a window of its own. */
    FireWindow upTo(int step) {
        return new FireWindow(from, step, flushes(step));
    }
}
