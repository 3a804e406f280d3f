package metronome.core.spiking;

/**
 * When the potentials of an integration window leak. Both give {@code V lambda^d} but for the rounding: eager, at each step;
 * lazy, when a potential is next touched, by one of the powers that a table has, or by several one after the other.
 *
 * @param powerEntries how many powers the table has, lambda^1 first; 0 for eager
 */
public record LeakPolicy(int powerEntries) {
    /** At each step. */
    public static final LeakPolicy EAGER = new LeakPolicy(0);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public LeakPolicy {
        if (powerEntries < 0) {
            throw new IllegalArgumentException("a table must have at least 0 powers: " + powerEntries);
        }
    }

    /** {@return whether potentials wait until they are touched} */
    public boolean lazy() {
        return powerEntries > 0;
    }
}
