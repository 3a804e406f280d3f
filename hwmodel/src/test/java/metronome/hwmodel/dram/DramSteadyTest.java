package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import org.junit.jupiter.api.Test;

/** Do bursts that are asked for one a tick and served as they come, all at once, give what asking tick by tick gives? */
class DramSteadyTest {
    private static final long SEED = 20261128;
    /** In MHz; at the last one ticks are not equally far apart. */
    private static final double[] CLOCKS = {40, 50, 80, 100, 125, 200, 300};

    /** A DRAM that nobody watches, and the tokens that have ended, with the tick after which they had. */
    private static final class Bare {
        final Counts counts = new Counts(1);
        final Dram dram;
        final List<Rig.Ended> ended = new ArrayList<>();
        long ticks;

        Bare(DramDevice device, double clock, Controller controller) {
            dram = new Dram(device, clock, controller, counts::count);
        }

        boolean ask(int burst, boolean write, int token) {
            boolean room = dram.accepts(dram.channel((long) burst * dram.burstBytes()));
            if (room) {
                dram.request((long) burst * dram.burstBytes(), write, 0, token);
            }
            return room;
        }

        void tick() {
            dram.tick(0);
            ticks++;
            takeEnded();
        }

        void takeEnded() {
            for (long token = dram.completed(); token >= 0; token = dram.completed()) {
                ended.add(new Rig.Ended((int) token, ticks));
            }
        }

        void drain() {
            while (!dram.idle()) {
                tick();
            }
        }

        List<Integer> tokens() {
            return ended.stream().map(Rig.Ended::token).sorted(Comparator.naturalOrder()).toList();
        }
    }

    @Test
    void atOnceIsTickByTick() {
        Random seeds = new Random(SEED);
        int steady = 0;
        int whole = 0;
        for (int round = 0; round < 80; round++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            DramDevice device = device(random);
            Controller controller = Rig.randomController(random);
            double clock = CLOCKS[random.nextInt(CLOCKS.length)];
            Bare single = new Bare(device, clock, controller);
            Bare atOnce = new Bare(device, clock, controller);
            int token = 0;
            for (int turn = 0; turn < 40; turn++) {
                int burst = random.nextInt(400);
                boolean write = random.nextBoolean();
                for (int left = 1 + random.nextInt(150); left > 0;) {
                    int count = atOnce.dram.steady(burst, write, (int) Math.min(left, atOnce.dram.calm()));
                    assertTrue(clock != 300 || count == 0, "seed " + seed);
                    if (count > 0) {
                        serve(single, atOnce, burst, count, write, token, "seed " + seed);
                        steady += count;
                        whole++;
                    } else {
                        count = single.ask(burst, write, token) ? 1 : 0;
                        assertEquals(count == 1, atOnce.ask(burst, write, token), "seed " + seed);
                        single.tick();
                        atOnce.tick();
                    }
                    burst += count;
                    token += count;
                    left -= count;
                }
                int pause = random.nextInt(4) == 0 ? random.nextInt(200) : 0;
                for (int i = 0; i < pause; i++) {
                    single.tick();
                    atOnce.tick();
                }
            }
            single.drain();
            atOnce.drain();
            assertEquals(single.ticks, atOnce.ticks, "seed " + seed);
            for (Counter counter : Counter.values()) {
                assertEquals(single.counts.total(counter), atOnce.counts.total(counter), counter + ", seed " + seed);
            }
        }
        System.out.println("DramSteadyTest seed " + SEED + ": " + steady + " bursts in " + whole + " goes");
        assertTrue(steady > 10_000 && whole > 1000, steady + " in " + whole);
    }

    /** The same must have ended, and what was under way must have ended in time if it was said so, and only then. */
    private static void serve(Bare single, Bare atOnce, int burst, int count, boolean write, int token, String seed) {
        int known = single.ended.size();
        boolean inTime = atOnce.dram.endBy(_ -> count);
        for (int i = 0; i < count; i++) {
            assertTrue(single.dram.serve(burst + i, write, 0, token + i), seed);
            single.tick();
        }
        long before = single.ended.subList(known, single.ended.size()).stream().filter(e -> e.token() < token).count();
        assertEquals(inTime, known + before == token, seed + ": whether all before token " + token + " end within " + count);
        int ended = atOnce.dram.serveSteadily(burst, count, write, 0, token, 1);
        atOnce.ticks += count;
        atOnce.takeEnded();
        for (int i = 0; i < ended; i++) {
            atOnce.ended.add(new Rig.Ended(token + i, atOnce.ticks));
        }
        assertEquals(single.tokens(), atOnce.tokens(), seed);
    }

    /** Rows of 4 to 64 bursts, and column commands that may follow each other closely. */
    private static DramDevice device(Random random) {
        DramDevice any = Rig.randomDevice(random);
        return new DramDevice("test", 4, 32, 1, 8, 16 * (4 << random.nextInt(5)), any.timing(), "test", new TreeSet<>());
    }
}
