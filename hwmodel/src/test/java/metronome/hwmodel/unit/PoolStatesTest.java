package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** POOL-4: does each window emit at the step of its last spike, and at no other, also when windows have very many steps? */
class PoolStatesTest {
    private static final long SEED = 20261129;

    @Test
    void aWindowEmitsAtItsLastSpike() {
        SplittableRandom random = new SplittableRandom(SEED);
        PoolStates states = new PoolStates(300);
        for (int round = 0; round < 60; round++) {
            int last = random.nextInt(1, round % 2 == 0 ? 14 : 1001);
            int[] latest = IntStream.range(0, random.nextInt(1, 301)).map(_ -> -1).toArray();
            states.clear(latest.length, false);
            for (int step = 0; step <= last; step++) {
                for (int spikes = random.nextInt(4); spikes > 0; spikes--) {
                    int window = random.nextInt(latest.length);
                    latest[window] = step;
                    states.spike(window, step);
                }
            }
            for (int step = 0; step <= last; step++) {
                int at = step;
                states.beginEmission(step);
                List<Integer> due = new ArrayList<>();
                while (states.nextDue() < latest.length) {
                    due.add(states.takeDue());
                }
                assertEquals(IntStream.range(0, latest.length).filter(i -> latest[i] == at).boxed().toList(), due,
                        "seed " + SEED + ", round " + round + ", step " + step);
            }
        }
    }
}
