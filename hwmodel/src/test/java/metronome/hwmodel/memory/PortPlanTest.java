package metronome.hwmodel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a plan of a port say of each cycle and of each range what going through the cycles says? */
class PortPlanTest {
    private static final int CASES = 300;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void rangesAreSumsOfCycles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            int cycles = random.nextInt(1, 60);
            double density = random.nextDouble();
            int[] uses = IntStream.range(0, cycles + 5).filter(_ -> random.nextDouble() < density).toArray();
            long start = random.nextInt(1000);
            check("seed " + seed + ", case " + i, planned(start, cycles, uses), start, cycles, uses);
        }
    }

    private static PortPlan planned(long start, int cycles, int[] uses) {
        PortPlan plan = new PortPlan();
        plan.begin(start, cycles, uses, uses.length);
        return plan;
    }

    private void check(String where, PortPlan plan, long start, int cycles, int[] uses) {
        boolean[] used = new boolean[cycles];
        IntStream.of(uses).filter(use -> use < cycles).forEach(use -> used[use] = true);
        for (int from = 0; from < cycles; from++) {
            int count = 0;
            int free = 0;
            for (int to = from; to < cycles; to++) {
                assertEquals(count, plan.usesWithin(start + from, start + to), where + ", uses from " + from + " to " + to);
                count += used[to] ? 1 : 0;
                if (!used[to]) {
                    free++;
                    assertEquals(to - from + 1, plan.cyclesUntilFree(start + from, free), where + ", free " + free + " times from " + from);
                }
            }
        }
        for (int cycle = 0; cycle < cycles; cycle++) {
            assertEquals(used[cycle], plan.uses(start + cycle), where + ", cycle " + cycle);
            assertEquals(cycles - cycle, plan.holds(start + cycle), where);
        }
        assertFalse(plan.uses(start + cycles), where);
    }

    @ParameterizedTest(name = "woken after {0} cycles")
    @ValueSource(ints = {0, 3, 9})
    void endsWhenItsMakerWakes(int after) {
        PortPlan plan = planned(100, 10, IntStream.range(0, 10).toArray());
        plan.end(100 + after);
        assertEquals(0, plan.holds(100 + after));
        assertFalse(plan.uses(100 + after));
        assertEquals(after, plan.usesWithin(100, 110));
    }
}
