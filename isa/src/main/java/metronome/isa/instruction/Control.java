package metronome.isa.instruction;

import java.util.ArrayList;
import java.util.List;

/**
 * What every instruction carries besides its operation. A semaphore is a counter: an instruction starts when all
 * semaphores that it waits for are above zero, and takes one off each; when it is complete it adds one to each that it
 * signals. Each semaphore is waited for by one unit only. Semaphore 0 stands for none.
 *
 * @param layer to which the instruction's actions and cycles are attributed, in [0, 255]
 * @param wait0 semaphore waited for, in [0, 31]
 * @param wait1 another
 * @param signal0 semaphore signalled, in [0, 31]
 * @param signal1 another
 */
public record Control(
        @Bits(at = 6, width = 8, means = "layer to which actions and cycles are attributed") int layer,
        @Bits(at = 14, width = 5, means = "semaphore waited for; 0: none") int wait0,
        @Bits(at = 19, width = 5, means = "another semaphore waited for; 0: none") int wait1,
        @Bits(at = 24, width = 5, means = "semaphore signalled at completion; 0: none") int signal0,
        @Bits(at = 29, width = 5, means = "another semaphore signalled; 0: none") int signal1) {
    /** How many semaphores there are, with the one that stands for none. */
    public static final int SEMAPHORES = 32;

    /** Checks the ranges. */
    public Control {
        Codec.check(Control.class, layer, wait0, wait1, signal0, signal1);
    }

    /**
     * {@return a control part without semaphores}
     *
     * @param layer to which the instruction belongs
     */
    public static Control of(int layer) {
        return new Control(layer, 0, 0, 0, 0);
    }

    /**
     * {@return this, waiting for one semaphore more}
     *
     * @param semaphore in [1, 31]
     * @throws IllegalStateException if it waits for two already
     */
    public Control waiting(int semaphore) {
        if (wait0 == 0) {
            return new Control(layer, semaphore, wait1, signal0, signal1);
        }
        require(wait1 == 0, "waits for");
        return new Control(layer, wait0, semaphore, signal0, signal1);
    }

    /**
     * {@return this, signalling one semaphore more}
     *
     * @param semaphore in [1, 31]
     * @throws IllegalStateException if it signals two already
     */
    public Control signalling(int semaphore) {
        if (signal0 == 0) {
            return new Control(layer, wait0, wait1, semaphore, signal1);
        }
        require(signal1 == 0, "signals");
        return new Control(layer, wait0, wait1, signal0, semaphore);
    }

    private static void require(boolean free, String what) {
        if (!free) {
            throw new IllegalStateException("an instruction " + what + " two semaphores at most");
        }
    }

    /** {@return the semaphores waited for} */
    public List<Integer> waits() {
        return present(wait0, wait1);
    }

    /** {@return the semaphores signalled} */
    public List<Integer> signals() {
        return present(signal0, signal1);
    }

    private static List<Integer> present(int first, int second) {
        List<Integer> present = new ArrayList<>();
        if (first != 0) {
            present.add(first);
        }
        if (second != 0) {
            present.add(second);
        }
        return present;
    }
}
