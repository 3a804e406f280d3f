package metronome.hwmodel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MEM-3: does each region hold at each step what was written to it, and in as many blocks as that takes? */
class SpikeBufferTest {
    private static final int REGIONS = 3;
    private static final int STEPS = 2;
    private static final int BLOCKS = 12;
    private static final int PER_BLOCK = 4;

    private final SpikeBuffer buffer = new SpikeBuffer(BLOCKS, PER_BLOCK, STEPS);
    private final List<List<Integer>> expected = new ArrayList<>(Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
            .limit(REGIONS * (STEPS + 1)).toList());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsWhatWasWritten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int cycle = 0; cycle < 400; cycle++) {
            String where = "seed " + seed + ", cycle " + cycle;
            for (int n = random.nextInt(6); n > 0; n--) {
                write(random.nextInt(REGIONS), random.nextInt(STEPS + 1), random.nextInt());
            }
            if (blocks() > BLOCKS) {
                String message = assertThrows(DataException.class, buffer::commit, where).getMessage();
                assertTrue(message.startsWith("the spike buffer is full: region "), message);
                return;
            }
            buffer.commit();
            check(where);
            if (random.nextInt(6) == 0) {
                release(random.nextInt(REGIONS));
            }
        }
        throw new AssertionError("seed " + seed + ": never full");
    }

    private void write(int region, int step, int event) {
        buffer.write(region, step, event);
        expected(region, step).add(event);
    }

    private List<Integer> expected(int region, int step) {
        return expected.get(region * (STEPS + 1) + step);
    }

    private int blocks() {
        return expected.stream().mapToInt(list -> Math.ceilDiv(list.size(), PER_BLOCK)).sum();
    }

    private void check(String where) {
        for (int region = 0; region < REGIONS; region++) {
            for (int step = 0; step <= STEPS; step++) {
                EventList list = buffer.events(region, step);
                assertEquals(expected(region, step), IntStream.range(0, list.size()).mapToObj(list::get).toList(), where
                        + ": region " + region + ", step " + step);
            }
        }
    }

    private void release(int region) {
        int before = buffer.releases(region);
        buffer.release(region);
        String message = assertThrows(DataException.class, () -> buffer.event(region, 0, 0)).getMessage();
        assertEquals("region " + region + " of the spike buffer was released while somebody read it", message);
        assertEquals(before + 1, buffer.releases(region), "whoever has seen the region must see that it is another");
        for (int step = 0; step <= STEPS; step++) {
            expected(region, step).clear();
        }
    }
}
