package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import org.junit.jupiter.api.Test;

/** Does a DRAM that foresees what one user asks for come to what it comes to tick by tick? */
class ForesightTest {
    private static final long SEED = 20261128;
    /** In MHz; at the last one ticks are not equally far apart. */
    private static final double[] CLOCKS = {40, 50, 80, 100, 125, 200, 300};

    private static final long ROUND = 2500;

    private final List<Rig.Ended> expected = new ArrayList<>();
    private final List<Rig.Ended> ended = new ArrayList<>();
    private final Counts expectedCounts = new Counts(1);
    private final Counts counts = new Counts(1);
    private long ticks;
    private int token;
    private int foreseen;
    private int refused;
    private int handedOver;
    private int steady;

    private static Dram dram(DramDevice device, double clock, Controller controller, DramCounter counter) {
        return new Dram(device, clock, controller, counter);
    }

    @Test
    void isTickByTick() {
        Random seeds = new Random(SEED);
        for (int round = 0; round < 700; round++) {
            long seed = seeds.nextLong();
            Random random = new Random(seed);
            DramDevice device = device(random);
            Controller controller = Rig.randomController(random);
            double clock = CLOCKS[random.nextInt(CLOCKS.length)];
            Dram single = dram(device, clock, controller, expectedCounts::count);
            Dram dram = dram(device, clock, controller, counts::count);
            run(single, dram, random, "seed " + seed);
        }
        System.out.println("ForesightTest seed " + SEED + ": " + foreseen + " bursts foreseen, " + steady + " at once, " + refused + " refused, " + handedOver
                + " times some were still on their way at its end");
        assertTrue(foreseen > 10_000 && steady > 5000 && refused > 100 && handedOver > 500, foreseen + ", " + steady + ", " + refused + ", " + handedOver);
    }

    /** The second burst overtakes the first, whose row must be opened, so that the third may not. */
    @Test
    void remembersWhoWasOvertaken() {
        DramDevice device = Rig.device(Rig.timing());
        Controller controller = Rig.controller(1, 8, 1);
        AddressMap map = new AddressMap(device, 1, controller.order());
        int other = IntStream.range(0, 1000).filter(burst -> map.bank(burst) == 1).findFirst().orElseThrow();
        Dram single = dram(device, 500, controller, expectedCounts::count);
        Dram dram = dram(device, 500, controller, counts::count);
        ask(single, dram, 0, false, "opens a row");
        for (int i = 0; i < 100; i++) {
            tick(single, dram);
        }
        for (int burst : new int[] {other, 0, -1, 0}) {
            if (burst >= 0) {
                ask(single, dram, burst, false, "burst " + burst);
            }
            tick(single, dram);
            if (dram.foresight().begin(false, 0, (_, _) -> true)) {
                dram.foresight().end();
            }
        }
        for (int i = 0; i < 100; i++) {
            tick(single, dram);
        }
        assertEquals(List.of(0, 2, 1, 3), expected.stream().map(Rig.Ended::token).toList());
        assertEquals(expected, ended);
    }

    private void run(Dram single, Dram dram, Random random, String seed) {
        expected.clear();
        ended.clear();
        ticks = 0;
        token = 0;
        for (int turn = 0; turn < 60; turn++) {
            boolean write = random.nextBoolean();
            int burst = random.nextInt(400);
            if (random.nextInt(3) > 0) {
                foresee(single, dram, write, burst, random, seed);
            }
            int apart = 1 + random.nextInt(8);
            for (int left = random.nextInt(20); left > 0; left--) {
                burst = random.nextInt(apart) == 0 ? random.nextInt(400) : burst;
                burst += ask(single, dram, burst, write, seed) ? 1 : 0;
                tick(single, dram);
                compare(seed);
            }
        }
        while (!single.idle()) {
            tick(single, dram);
        }
        assertTrue(dram.idle(), seed);
        compare(seed);
        assertEquals(single.quiet(), dram.quiet(), seed);
        for (Counter counter : Counter.values()) {
            assertEquals(expectedCounts.total(counter), counts.total(counter), counter + ", " + seed);
        }
    }

    private boolean ask(Dram single, Dram dram, int burst, boolean write, String seed) {
        long address = (long) burst * dram.burstBytes();
        boolean room = single.accepts(single.channel(address));
        assertEquals(room, dram.accepts(dram.channel(address)), seed);
        if (room) {
            single.request(address, write, 0, token);
            dram.request(address, write, 0, token);
            token++;
        }
        return room;
    }

    private void tick(Dram single, Dram dram) {
        dram.tick(0);
        for (long done = dram.completed(); done >= 0; done = dram.completed()) {
            ended.add(new Rig.Ended((int) done, ticks));
        }
        tickSingle(single);
    }

    private void tickSingle(Dram single) {
        single.tick(0);
        for (long done = single.completed(); done >= 0; done = single.completed()) {
            expected.add(new Rig.Ended((int) done, ticks));
        }
        ticks++;
    }

    /** One DRAM foresees, the other one is asked for the same at the same ticks, and each burst must end when it was said to. */
    private void foresee(Dram single, Dram dram, boolean write, int first, Random random, String seed) {
        Map<Long, Long> ends = new TreeMap<>();
        Foresight foresight = dram.foresight();
        long limit = foresight.ticks();
        if (!foresight.begin(write, 0, (name, end) -> ends.put(name, end) == null)) {
            return;
        }
        int burst = first;
        int left = random.nextInt(random.nextBoolean() ? 4 : 200);
        int pause = 1 + random.nextInt(40);
        while (left > 0 && limit > 0) {
            int most = (int) Math.min(left, limit);
            int whole = random.nextBoolean() ? steadily(single, foresight, write, burst, most, ends, seed) : 0;
            burst += whole;
            limit -= whole;
            left -= whole;
            if (limit == 0) {
                break;
            }
            boolean asks = random.nextInt(pause) > 0 || pause == 1;
            long end = asks ? foresight.request(burst, token) : Foresight.UNKNOWN;
            if (asks && end == Foresight.UNKNOWN) {
                refused++;
                break;
            }
            if (asks) {
                assertTrue(single.accepts(single.channel((long) burst * single.burstBytes())), seed);
                single.request((long) burst * single.burstBytes(), write, 0, token);
                ends.put((long) token++, end);
                foreseen++;
                burst = random.nextInt(60) == 0 ? random.nextInt(400) : burst + 1;
            }
            long passed = asks ? 1 : foresight.tickUntil(foresight.now() + 1 + random.nextInt(100_000), limit);
            if (asks) {
                foresight.tick();
            }
            for (long i = 0; i < passed; i++) {
                tickSingle(single);
            }
            limit -= passed;
            takeEnded(ends, foresight.now());
            compareTokens(seed);
            left--;
        }
        foresight.end();
        handedOver += ends.isEmpty() ? 0 : 1;
    }

    /** Asks at once for as many bursts as move as they come; returns how many. */
    private int steadily(Dram single, Foresight foresight, boolean write, int burst, int most, Map<Long, Long> ends, String seed) {
        int count = most < 1 ? 0 : foresight.steady(burst, most);
        if (count == 0) {
            return 0;
        }
        foresight.requestAll(burst, count, token, 1);
        for (int i = 0; i < count; i++) {
            assertTrue(single.accepts(single.channel((long) (burst + i) * single.burstBytes())), seed);
            single.request((long) (burst + i) * single.burstBytes(), write, 0, token);
            ends.put((long) token++, foresight.ends(count - 1 - i));
            tickSingle(single);
        }
        steady += count;
        takeEnded(ends, foresight.now());
        compareTokens(seed);
        return count;
    }

    /** Takes those that have ended. */
    private void takeEnded(Map<Long, Long> ends, long now) {
        ends.entrySet().removeIf(burst -> {
            boolean over = burst.getValue() <= now;
            if (over) {
                ended.add(new Rig.Ended((int) (long) burst.getKey(), ticks - 1));
            }
            return over;
        });
    }

    private void compare(String seed) {
        assertEquals(expected, ended, seed + ", tick " + ticks);
        expected.clear();
        ended.clear();
    }

    /** Of those that end in a pause, in which nobody asks, it is not told at which tick. */
    private void compareTokens(String seed) {
        assertEquals(tokens(expected), tokens(ended), seed + ", tick " + ticks);
        expected.clear();
        ended.clear();
    }

    private static List<Integer> tokens(List<Rig.Ended> bursts) {
        return bursts.stream().map(Rig.Ended::token).sorted().toList();
    }

    /** Rows of 4 to 64 bursts, and column commands that may follow each other closely; of some, times that often coincide. */
    private static DramDevice device(Random random) {
        DramTiming any = Rig.randomDevice(random).timing();
        return new DramDevice("test", 4, 32, 1, 8, 16 * (4 << random.nextInt(5)), random.nextBoolean() ? any : rounded(any), "test",
                new TreeSet<>());
    }

    private static DramTiming rounded(DramTiming t) {
        return new DramTiming(rounded(t.tCK()), rounded(t.burst()), rounded(t.tCCD()), rounded(t.tRCD()), rounded(t.cl()), rounded(t.cwl()),
                rounded(t.tRP()), rounded(t.tRAS()), rounded(t.tRRD()), rounded(t.tFAW()), rounded(t.tRTP()), rounded(t.tWR()),
                rounded(t.tWTR()), rounded(t.tRFC()), rounded(t.tREFI()));
    }

    private static long rounded(long picoseconds) {
        return Math.ceilDiv(picoseconds, ROUND) * ROUND;
    }
}
