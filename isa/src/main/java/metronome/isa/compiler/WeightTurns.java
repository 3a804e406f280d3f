package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.isa.instruction.Control;

/**
 * Where blocks of weights lie in the scratchpad: in its halves in turn, so that one is loaded while the other is read;
 * blocks larger than a half in both, so that their load waits until the array is done with what was there. A block in
 * both halves counts as one in the first, and gives back the semaphore of the first.
 */
final class WeightTurns {
    private final int halfBytes;
    private final List<Integer> halves = new ArrayList<>();
    /** Whether a block that was put into a half has yet to be waited for. */
    private final boolean[] held = new boolean[2];
    private int next;

    WeightTurns(int halfBytes) {
        this.halfBytes = halfBytes;
    }

    boolean fitHalf(Schedule.Weights weights) {
        return weights.bytes() <= halfBytes;
    }

    /** Where a half begins. */
    int base(int half) {
        return half * halfBytes;
    }

    /** The half in which a block begins, by its number in the order of {@link #take}. */
    int half(int block) {
        return halves.get(block);
    }

    /** Puts the next block somewhere; returns a control part that waits until nobody needs what was there. */
    Control take(Schedule.Weights weights, Control control) {
        boolean one = fitHalf(weights);
        int half = one ? next : 0;
        Control waiting = free(half, control);
        if (!one) {
            waiting = free(1, waiting);
        }
        held[half] = true;
        halves.add(half);
        next = one ? 1 - half : 0;
        return waiting;
    }

    private Control free(int half, Control control) {
        boolean wait = held[half];
        held[half] = false;
        return wait ? control.waiting(Semaphores.FREE + half) : control;
    }
}
