package metronome.hwmodel.unit;

/**
 * A part of the chip that moves with the clock, one cycle in three phases. That is the whole truth; the fast engine
 * leaves out cycles by {@link #quiet} and {@link #skip}, which must lead to the same state as the phases do.
 */
public abstract class Clocked {
    /** So many cycles that only another part of the chip can end them. */
    public static final long FOREVER = Long.MAX_VALUE / 4;

    /** The first phase of a cycle: asks for shared ports, by the state at the end of the previous cycle. */
    public void request() {
    }

    /**
     * The second phase: works.
     *
     * @return whether something moved that could let others go on; waiting for a semaphore or a queue does not
     */
    public abstract boolean tick();

    /** The third phase: makes visible what was written. */
    public void commit() {
    }

    /**
     * {@return for how many cycles from now on, if no other part of the chip moves in a way that is seen outside, the
     * phases would neither ask for a port that others may want, nor change what others see; {@link #FOREVER} if only
     * others can end this, who then ring the {@link #bell}; 0 if the next cycle must be gone through} Called after
     * {@link #commit}.
     */
    public long quiet() {
        return 0;
    }

    /**
     * Does at once what the phases of so many cycles would do. What others have changed since is not looked at: the
     * cycles lie before it.
     *
     * @param cycles at most {@link #quiet}, at least 1
     */
    public void skip(long cycles) {
        throw new IllegalStateException("never quiet");
    }

    /**
     * Goes through cycles while all others sleep or wait: at least one, and as many more as lead to the same state. All phases
     * are gone through but the third one of the last cycle, which is left to who called.
     *
     * @param rest what moves besides
     * @param most how many cycles at most, at least 1
     * @return how many
     */
    public long alone(Rest rest, long most) {
        request();
        rest.tick(tick());
        return 1;
    }

    /** The rest of a chip while one component is awake. */
    public interface Rest {
        /**
         * Lets the DRAM go through a cycle, after the second phase.
         *
         * @param moved what {@link Clocked#tick} returned
         */
        void tick(boolean moved);

        /**
         * Says that the component has let the DRAM go through so many cycles itself.
         *
         * @param cycles at least 1
         */
        void streamed(long cycles);

        /** The third phase of what the components share. */
        void commit();

        /**
         * The third phase of so many cycles in which nothing was asked of what the components share but the DRAM.
         *
         * @param cycles at least 0
         */
        void pass(long cycles);

        /** {@return whether somebody may be wanted who sleeps or waits} The cycle is then the last. */
        boolean called();

        /** {@return for how many cycles the DRAM is quiet} */
        long quiet();

        /**
         * Lets so many quiet cycles pass for all that the components share.
         *
         * @param cycles at most {@link #quiet}, at least 1
         */
        void skip(long cycles);
    }

    /**
     * {@return what others ring when they have done something, in this cycle or for the next, that may end a wait of
     * unknown length} To ring too often costs time, to ring too seldom is a fault.
     */
    public abstract Bell bell();

    /**
     * {@return whether others have begun something because of which {@link #quiet} no longer holds} Asked of a part that
     * is in the midst of its quiet cycles.
     */
    public boolean disturbed() {
        return false;
    }
}
