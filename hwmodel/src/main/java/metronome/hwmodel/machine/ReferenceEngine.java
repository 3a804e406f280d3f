package metronome.hwmodel.machine;

import metronome.hwmodel.unit.Clocked;

/** Moves every component one cycle at a time. */
final class ReferenceEngine implements Mover {
    private final Chip chip;
    private final Clocked[] components;
    private long now;
    private boolean moved = true;

    ReferenceEngine(Chip chip) {
        this.chip = chip;
        this.components = chip.components().toArray(Clocked[]::new);
    }

    @Override
    public void run(long cycles) {
        for (; now < cycles && !chip.ended(); now++) {
            boolean movedBefore = moved;
            moved = cycle();
            if (!moved && !movedBefore && chip.dram().idle()) {
                throw chip.deadlock();
            }
            chip.spend(1);
        }
    }

    private boolean cycle() {
        boolean any = false;
        for (Clocked component : components) {
            component.request();
        }
        for (Clocked component : components) {
            any |= component.tick();
        }
        chip.tickDram();
        for (Clocked component : components) {
            component.commit();
        }
        chip.commitShared();
        return any;
    }
}
