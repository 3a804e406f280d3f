package metronome.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Is what a text says a whole number exactly if it is written as one, and lies between the bounds? */
class WholeNumberTest {
    @Test
    void numbersAreReadUpToTheirBounds() {
        assertEquals(OptionalLong.of(0), WholeNumber.of("0", 0, 9));
        assertEquals(OptionalLong.of(9), WholeNumber.of("009", 0, 9));
        assertEquals(OptionalLong.empty(), WholeNumber.of("10", 0, 9));
        assertEquals(OptionalLong.of(-3), WholeNumber.of("-3", -3, 9));
        assertEquals(OptionalLong.empty(), WholeNumber.of("-4", -3, 9));
        assertEquals(OptionalLong.of(Long.MIN_VALUE), WholeNumber.of("-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(OptionalLong.empty(), WholeNumber.of("9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void whatJavaTakesBeyondThatIsNone() {
        for (String text : List.of("+0", "+1", "-0", "-00", "", "-", "+", "--1", " 1", "1 ", "1.0", "1e3", "0x1", "1_0", "\u0661", "1\u0662",
                "\uff11", "\u0967")) {
            assertEquals(OptionalLong.empty(), WholeNumber.of(text, Long.MIN_VALUE, Long.MAX_VALUE), text);
        }
    }

    @Test
    void anyNumberIsReadBack() {
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            BigInteger value = new BigInteger(1 + random.nextInt(70), random).multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
            OptionalLong expected = value.bitLength() < 64 ? OptionalLong.of(value.longValueExact()) : OptionalLong.empty();
            assertEquals(expected, WholeNumber.of(value.toString(), Long.MIN_VALUE, Long.MAX_VALUE), "seed " + seed + ": " + value);
        }
    }
}
