package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;
import org.junit.jupiter.api.Test;

/** Are those found that have a step, whatever their number and place, and nobody else? */
class OffsetsByStepTest {
    private static final long SEED = 20261128;

    @Test
    void findsWhoHasAStep() {
        SplittableRandom random = new SplittableRandom(SEED);
        OffsetsByStep offsets = new OffsetsByStep();
        for (int round = 0; round < 400; round++) {
            int last = random.nextInt(1, round % 20 == 0 ? 1024 : 14);
            int count = random.nextInt(1, 700);
            int silent = random.nextInt(4);
            int[] steps = IntStream.range(0, count).map(_ -> step(random, last, silent)).toArray();
            for (int span = 0; span <= FiringRecord.span(last); span++) {
                offsets.take(steps, count, span);
                assertSame(offsets, steps, span, last, "seed " + SEED + ", round " + round + ", span " + span);
            }
        }
    }

    @Test
    void findsTheNeuronsOfATile() {
        SplittableRandom random = new SplittableRandom(SEED);
        OffsetsByStep offsets = new OffsetsByStep();
        for (int round = 0; round < 400; round++) {
            int last = round % 20 == 0 ? 300 : 12;
            Shape shape = new Shape(random.nextInt(1, 20), random.nextInt(1, 12), random.nextInt(1, 40));
            int[] record = IntStream.range(0, shape.size()).map(_ -> step(random, last, 2)).toArray();
            int row = random.nextInt(shape.height());
            int column = random.nextInt(shape.width());
            int channel = random.nextInt(shape.channels());
            Geometry geometry = new Geometry(shape.height(), shape.width(), shape.height(), shape.width(), 1, 1, 1, 0);
            Tile tile = new Tile(geometry, 0, row, random.nextInt(1, shape.height() - row + 1), column,
                    random.nextInt(1, shape.width() - column + 1), channel, random.nextInt(1, shape.channels() - channel + 1));
            int[] steps = IntStream.range(0, tile.size()).map(offset -> record[Event.index(tile.event(offset), shape)]).toArray();
            FiringRecord kept = new FiringRecord(new int[][] {record, record}, List.of(shape, shape), last);
            for (int span = FiringRecord.span(last); span >= 0; span--) {
                offsets.take(kept, 1, tile, span);
                assertSame(offsets, steps, span, last, "seed " + SEED + ", round " + round + ", span " + span + ", " + tile);
            }
        }
    }

    private static int step(SplittableRandom random, int last, int silent) {
        return random.nextInt(4) < silent ? TemporalCode.SILENT : random.nextInt(last + 1);
    }

    private static void assertSame(OffsetsByStep offsets, int[] steps, int span, int last, String where) {
        int first = span * FiringRecord.SPAN;
        List<Integer> all = IntStream.concat(IntStream.of(TemporalCode.SILENT), IntStream.rangeClosed(first, Math.min(last, first + FiringRecord.SPAN - 1)))
                .boxed().toList();
        for (int step : all) {
            int at = step;
            List<Integer> expected = IntStream.range(0, steps.length).filter(i -> steps[i] == at).boxed().toList();
            EventList found = new EventList();
            found.add(-7);
            offsets.list(step, found);
            assertEquals(-7, found.get(0), where);
            assertEquals(expected, IntStream.range(1, found.size()).map(found::get).boxed().toList(), where + ", step " + step);
            assertEquals(expected.size(), offsets.count(step), where + ", step " + step);
        }
    }
}
