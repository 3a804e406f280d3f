package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Test;

/** Is every neuron where it belongs, with its step, in the span of that step and in no other? */
class FiringRecordTest {
    private static final long SEED = 20261128;

    @Test
    void turnsEachLayer() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            int last = random.nextInt(1, 1001);
            List<Shape> shapes = List.of(shape(random), shape(random));
            int[][] steps = shapes.stream().map(shape -> random.ints(shape.size(), TemporalCode.SILENT, last + 1).toArray())
                    .toArray(int[][]::new);
            FiringRecord record = new FiringRecord(steps, shapes, last);
            for (int layer = 0; layer < 2; layer++) {
                for (int span = 0; span <= last / FiringRecord.SPAN; span++) {
                    assertTurned(steps[layer], shapes.get(layer), span, record.codes(layer, span), "seed " + SEED + ", round " + round);
                    assertSame(record.codes(layer, span), record.codes(layer, span));
                }
            }
        }
    }

    @Test
    void countsThoseThatFireAndFindsStepsOutsideAWindow() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 400; round++) {
            int last = random.nextInt(1, round % 2 == 0 ? 1001 : 14);
            Shape shape = shape(random);
            int[] within = random.ints(shape.size(), TemporalCode.SILENT, last + 1).toArray();
            int[] outside = within.clone();
            int wrong = switch (random.nextInt(4)) {
                case 0 -> last + 1;
                case 1 -> TemporalCode.SILENT - 1;
                case 2 -> Integer.MAX_VALUE - random.nextInt(2);
                default -> Integer.MIN_VALUE + random.nextInt(2);
            };
            outside[random.nextInt(outside.length)] = wrong;
            FiringRecord record = new FiringRecord(new int[][] {within, outside}, List.of(shape, shape), last);
            String where = "seed " + SEED + ", round " + round + ", " + wrong;
            assertTrue(record.fits(0), where);
            assertFalse(record.fits(1), where);
            assertEquals(Arrays.stream(within).filter(step -> step != TemporalCode.SILENT).count(), record.firing(0), where);
        }
    }

    private static Shape shape(SplittableRandom random) {
        return new Shape(random.nextInt(1, 9), random.nextInt(1, 20), random.nextInt(1, 20));
    }

    private static void assertTurned(int[] steps, Shape shape, int span, byte[] codes, String where) {
        assertEquals(steps.length, codes.length);
        IntStream.range(0, steps.length).forEach(neuron -> {
            int pixels = shape.height() * shape.width();
            int step = steps[neuron];
            int expected = step < 0 ? -1 : step / 128 == span ? step % 128 : -2;
            assertEquals(expected, codes[neuron % pixels * shape.channels() + neuron / pixels], where + ", neuron " + neuron);
        });
    }
}
