package metronome.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Do encoding, decoding and the closed form of firing agree with each other and with the ticks? */
class TemporalCodeTest {
    private static TemporalCode code(Random random) {
        int steps = 1 + random.nextInt(200);
        return new TemporalCode(steps * (0.1 + random.nextDouble()), steps,
                Rounding.values()[random.nextInt(2)], ZeroPolicy.values()[random.nextInt(2)]);
    }

    @Test
    void everyLevelSurvivesTheWayThereAndBack() {
        long seed = 77;
        System.out.println("TemporalCodeTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            TemporalCode code = code(random);
            for (int k = 0; k <= code.steps(); k++) {
                assertEquals(k, code.encode(code.decode(k)), code + ", step " + k);
                if (code.rounding() == Rounding.HALF_STEP) {
                    assertEquals(k, code.firingStep(code.decode(k)), code + ", step " + k);
                }
            }
            assertEquals(code.smallest(), code.decode(0));
            assertEquals(1, code.decode(code.steps()));
            assertEquals(0, code.decode(TemporalCode.SILENT));
        }
    }

    @Test
    void roundsToTheNearestLevelOrUp() {
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            TemporalCode code = code(random);
            double position = random.nextDouble() * code.steps();
            double z = Math.exp((position - code.steps()) / code.timeConstant());
            long expected = switch (code.rounding()) {
                case HALF_STEP -> Math.round(position);
                case CEIL -> (long) Math.ceil(position);
            };
            assertEquals(expected, code.firingStep(z), code + ", position " + position);
            assertEquals(Math.round(position), code.encode(z), code + ", position " + position);
        }
    }

    @Test
    void clipsAndKnowsTheZeroPolicy() {
        TemporalCode floor = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        TemporalCode silent = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.SILENT);
        for (double zero : new double[] {0, -0.0, -3, Double.NEGATIVE_INFINITY}) {
            assertEquals(0, floor.firingStep(zero));
            assertEquals(0, floor.encode(zero));
            assertEquals(floor.smallest(), floor.activation(zero));
            assertEquals(TemporalCode.SILENT, silent.firingStep(zero));
            assertEquals(TemporalCode.SILENT, silent.encode(zero));
            assertEquals(0, silent.activation(zero));
        }
        for (double large : new double[] {1, 2, 1e300, Double.POSITIVE_INFINITY}) {
            assertEquals(16, silent.firingStep(large));
            assertEquals(16, silent.encode(large));
        }
        assertEquals(0, silent.firingStep(Double.MIN_VALUE));
        assertEquals(0, silent.encode(Double.MIN_VALUE));
    }

    @Test
    void ticksLeadFromTheOffsetToTheFixedPoint() {
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            TemporalCode code = code(random);
            for (TickVariant variant : TickVariant.values()) {
                Ticking ticking = new Ticking(variant, 3 * random.nextDouble());
                double v = ticking.offset(code) + ticking.firstTick(code);
                for (int k = 0; k <= code.steps(); k++) {
                    assertEquals(ticking.fixedPoint(code), v, 1e-9, code + ", " + ticking + ", step " + k);
                    v = v * code.leak() + ticking.tick(code);
                }
                assertEquals(code.margin(), ticking.fixedPoint(code) - ticking.threshold(), 1e-12);
            }
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        for (double constant : new double[] {0, -1, 1001, Double.NaN}) {
            assertThrows(IllegalArgumentException.class,
                    () -> new TemporalCode(constant, 16, Rounding.CEIL, ZeroPolicy.FLOOR));
        }
        for (int steps : new int[] {0, -1, 1001}) {
            assertThrows(IllegalArgumentException.class,
                    () -> new TemporalCode(4, steps, Rounding.CEIL, ZeroPolicy.FLOOR));
        }
        for (double threshold : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Ticking(TickVariant.A, threshold));
        }
        assertTrue(new Ticking(TickVariant.A, 0).threshold() == 0);
    }
}
