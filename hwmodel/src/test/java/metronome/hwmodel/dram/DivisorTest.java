package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a shift the same as a division? */
class DivisorTest {
    @ParameterizedTest(name = "by {0}")
    @ValueSource(ints = {1, 2, 3, 7, 8, 48, 64, 1000, 1 << 20, 1 << 30, Integer.MAX_VALUE})
    void divides(int value) {
        Divisor divisor = Divisor.of(value);
        for (int dividend : new int[] {0, 1, 2, value - 1, value, 12345, 1 << 24, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            assertEquals(dividend / value, divisor.quotient(dividend));
            assertEquals(dividend % value, divisor.rest(dividend));
        }
    }
}
