package metronome.isa.compiler;

import metronome.isa.instruction.Control;

/**
 * Which half of the potentials a tile uses, on a chip that fires beside the LIF array: they are taken in turn, so that one
 * tile is integrated while the one before it fires. Where there is no such unit, all are one half.
 */
final class PotentialTurns {
    private final boolean separate;
    private final int size;
    private final boolean[] firing = new boolean[2];
    private int half = 1;

    PotentialTurns(boolean separate, int size) {
        this.separate = separate;
        this.size = size;
    }

    /** Whether there is a unit that fires beside the LIF array. */
    boolean separate() {
        return separate;
    }

    /** Goes on to the next half; returns a control part that waits until it has fired, if it was handed over to fire. */
    Control next(Control control) {
        if (!separate) {
            return control;
        }
        half = 1 - half;
        boolean waits = firing[half];
        firing[half] = false;
        return waits ? control.waiting(Semaphores.HAS_FIRED + half) : control;
    }

    /** The first potential of the half. */
    int base() {
        return separate ? half * size : 0;
    }

    /** Hands the half over: a control part that says that it may fire. */
    Control handOver(Control control) {
        firing[half] = true;
        return control.signalling(Semaphores.TO_FIRE + half);
    }

    /** A control part that waits until the half may fire. */
    Control taking(Control control) {
        return control.waiting(Semaphores.TO_FIRE + half);
    }

    /** A control part that says that the half has fired. */
    Control givingBack(Control control) {
        return control.signalling(Semaphores.HAS_FIRED + half);
    }
}
