package metronome.hwmodel.machine;

import metronome.hwmodel.unit.Clocked;

/**
 * Leaves out the cycles in which nothing happens that is seen outside a component. A component that is quiet for a known
 * time sleeps through it, whatever the others do, unless they disturb it; the others go through each cycle, or, when all
 * of them are quiet, skip to the next cycle in which one is not.
 */
final class FastEngine {
    /** A quiet time from which on sleeping is worth its trouble. */
    private static final long NAP = 2;

    private final Chip chip;
    private final Clocked[] components;
    /** The first cycle that a sleeper has not yet gone through. */
    private final long[] asleepFrom;
    /** The first cycle that a sleeper must go through; 0 for those awake. */
    private final long[] wakes;
    private long now;

    FastEngine(Chip chip) {
        this.chip = chip;
        this.components = chip.components().toArray(Clocked[]::new);
        this.asleepFrom = new long[components.length];
        this.wakes = new long[components.length];
    }

    /** Runs to the end of the program, or through so many cycles if that is sooner. */
    void run(long cycles) {
        boolean moved = true;
        while (now < cycles && !chip.ended()) {
            long quiet = quiet();
            if (quiet < Clocked.FOREVER) {
                quiet = Math.min(quiet, cycles - now);
            }
            if (quiet > 0 && quiet < Clocked.FOREVER) {
                skip(quiet);
                moved = true;
            } else {
                boolean movedBefore = moved;
                moved = cycle();
                if (!moved && !movedBefore && chip.dram().idle()) {
                    throw chip.deadlock();
                }
                chip.spend(1);
            }
        }
        settle();
    }

    /** Brings those that sleep up to the clock. */
    private void settle() {
        for (int i = 0; i < components.length; i++) {
            if (wakes[i] != 0 && asleepFrom[i] < now) {
                components[i].skip(now - asleepFrom[i]);
                asleepFrom[i] = now;
            }
        }
    }

    /**
     * For how many cycles nobody need be moved; {@link Clocked#FOREVER} if everybody waits for somebody. Sends those to
     * sleep that know how long they can.
     */
    private long quiet() {
        long quiet = Clocked.FOREVER;
        for (int i = 0; i < components.length; i++) {
            if (wakes[i] == 0) {
                long own = components[i].quiet();
                if (own >= NAP && own < Clocked.FOREVER) {
                    wakes[i] = now + own;
                    asleepFrom[i] = now;
                }
                quiet = Math.min(quiet, own);
            } else {
                quiet = Math.min(quiet, wakes[i] - now);
            }
        }
        return quiet >= Clocked.FOREVER && chip.dram().idle() ? quiet : Math.min(quiet, chip.dram().quiet());
    }

    private void skip(long cycles) {
        for (int i = 0; i < components.length; i++) {
            if (wakes[i] == 0) {
                components[i].skip(cycles);
            }
        }
        chip.dram().skip(cycles);
        chip.spend(cycles);
        now += cycles;
        wake();
    }

    /** Wakes those whose time has come. */
    private void wake() {
        for (int i = 0; i < components.length; i++) {
            if (wakes[i] != 0 && (wakes[i] == now || components[i].disturbed())) {
                components[i].skip(now - asleepFrom[i]);
                wakes[i] = 0;
            }
        }
    }

    private boolean cycle() {
        boolean moved = false;
        for (int i = 0; i < components.length; i++) {
            if (wakes[i] == 0) {
                components[i].request();
            }
        }
        for (int i = 0; i < components.length; i++) {
            moved |= wakes[i] != 0 || components[i].tick();
        }
        chip.tickDram();
        for (Clocked component : components) {
            component.commit();
        }
        chip.commitShared();
        now++;
        wake();
        return moved;
    }
}
