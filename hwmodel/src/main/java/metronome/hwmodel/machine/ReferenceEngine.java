package metronome.hwmodel.machine;

import metronome.hwmodel.unit.Clocked;

/** Moves every component one cycle at a time. */
final class ReferenceEngine {
    private final Chip chip;
    private final Clocked[] components;

    ReferenceEngine(Chip chip) {
        this.chip = chip;
        this.components = chip.components().toArray(Clocked[]::new);
    }

    /** Runs to the end of the program, or through so many cycles if that is sooner. */
    void run(long cycles) {
        boolean moved = true;
        for (long cycle = 0; cycle < cycles && !chip.ended(); cycle++) {
            boolean movedBefore = moved;
            moved = cycle();
            if (!moved && !movedBefore && chip.dram().idle()) {
                throw chip.deadlock();
            }
            chip.spend(1);
        }
    }

    private boolean cycle() {
        boolean moved = false;
        for (Clocked component : components) {
            component.request();
        }
        for (Clocked component : components) {
            moved |= component.tick();
        }
        chip.tickDram();
        for (Clocked component : components) {
            component.commit();
        }
        chip.commitShared();
        return moved;
    }
}
