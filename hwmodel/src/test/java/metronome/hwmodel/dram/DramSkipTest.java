package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** DRAM-11: does skipping quiet cycles give what ticking gives, and are the cycles quiet for as long as can be? */
class DramSkipTest {
    private static final long SEED = 4711;

    @Test
    void skippingEqualsTicking() {
        Random seeds = new Random(SEED);
        long skipped = 0;
        for (int round = 0; round < 200; round++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            DramDevice device = Rig.randomDevice(random);
            Controller controller = Rig.randomController(random);
            double clock = 50 + random.nextInt(3000) + random.nextDouble();
            Rig ticked = new Rig(device, clock, controller);
            Rig skipping = new Rig(device, clock, controller);
            for (int turn = 0; turn < 60; turn++) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    int burst = random.nextInt(512);
                    boolean write = random.nextInt(3) == 0;
                    assertEquals(ticked.ask(burst, write), skipping.ask(burst, write), "seed " + seed);
                }
                int cycles = random.nextInt(random.nextInt(20) == 0 ? 20_000 : 60);
                ticked.run(cycles);
                skipped += skip(skipping, cycles, "seed " + seed);
            }
            assertEquals(ticked.sent, skipping.sent, "seed " + seed);
            assertEquals(ticked.ended, skipping.ended, "seed " + seed);
            assertEquals(ticked.dram.idle(), skipping.dram.idle());
        }
        System.out.println("DramSkipTest seed " + SEED + ", skipped " + skipped);
        assertTrue(skipped > 100_000, "skipped " + skipped);
    }

    /** Ticks only where something may happen; after a tick, what may happen does. */
    private static long skip(Rig rig, int cycles, String context) {
        long skipped = 0;
        boolean exact = false;
        for (long left = cycles; left > 0; left--) {
            long quiet = Math.min(rig.dram.quiet(), left);
            if (quiet > 0) {
                rig.dram.skip(quiet);
                rig.ticks += quiet;
                left -= quiet - 1;
                skipped += quiet;
                assertEquals(-1, rig.dram.completed(), context);
            } else {
                int before = rig.sent.size() + rig.ended.size();
                rig.tick();
                assertTrue(!exact || rig.sent.size() + rig.ended.size() > before, context + ": a tick for nothing");
                exact = true;
            }
        }
        return skipped;
    }

    @Test
    void nothingIsAskedForUntilTheFirstRefresh() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000, 1, 4);
        rig.tick();
        assertEquals(99_999, rig.dram.quiet(), "refresh is due at 100 us, the tick of 1 ns is next");
        rig.dram.skip(99_999);
        assertEquals(0, rig.dram.quiet());
        rig.ticks = 100_000;
        rig.tick();
        assertEquals("[REFRESH 0 @100000000]", rig.sent.toString());
    }

    @Test
    void aReadIsAwaitedToTheCycle() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000, 1, 4);
        rig.ask(0, false);
        assertEquals(0, rig.dram.quiet());
        rig.tick();
        assertEquals(10, rig.dram.quiet(), "ACTIVATE at 0, READ at 11");
        rig.run(11);
        assertEquals(10, rig.dram.quiet(), "READ at 11, its data end at 22");
    }
}
