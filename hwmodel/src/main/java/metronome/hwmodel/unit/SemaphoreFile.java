package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import metronome.isa.instruction.Control;

/** The semaphores of a core. A signal is seen from the next cycle on (rule UNIT-3). */
public final class SemaphoreFile {
    private final int[] values = new int[Control.SEMAPHORES];
    private final int[] signalled = new int[Control.SEMAPHORES];
    private final List<Bell> waiting = new ArrayList<>();
    private boolean changed;

    /**
     * Rings a bell whenever a semaphore is signalled.
     *
     * @param bell of who may wait
     */
    public void ringOnSignal(Bell bell) {
        waiting.add(bell);
    }

    /**
     * Takes one off each semaphore that an instruction waits for, or none.
     *
     * @param control of the instruction
     * @return whether all were above zero
     */
    boolean take(Control control) {
        if (!available(control)) {
            return false;
        }
        values[control.wait0()]--;
        values[control.wait1()]--;
        return true;
    }

    /** Whether all semaphores that an instruction waits for are above zero. */
    boolean available(Control control) {
        return available(control.wait0()) && available(control.wait1())
                && (control.wait0() == 0 || control.wait0() != control.wait1() || values[control.wait0()] > 1);
    }

    private boolean available(int semaphore) {
        return semaphore == 0 || values[semaphore] > 0;
    }

    void signal(Control control) {
        signalled[control.signal0()]++;
        signalled[control.signal1()]++;
        changed = true;
    }

    /** Ends the cycle. */
    public void commit() {
        if (!changed) {
            return;
        }
        changed = false;
        waiting.forEach(Bell::ring);
        for (int i = 1; i < values.length; i++) {
            values[i] += signalled[i];
            signalled[i] = 0;
        }
    }
}
