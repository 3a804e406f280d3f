package metronome.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("--seed", "--steps", "--target", "-o");

    @Test
    void findsTheWordWithFewestChanges() {
        assertEquals(Optional.of("--seed"), Nearest.to("--sede", KNOWN));
        assertEquals(Optional.of("--target"), Nearest.to("--traget", KNOWN));
        assertEquals(Optional.of("--target"), Nearest.to("--TARGETS", KNOWN));
        assertEquals(Optional.of("--steps"), Nearest.to("-steps", KNOWN));
    }

    @Test
    void findsNothingThatIsFarAway() {
        assertEquals(Optional.empty(), Nearest.to("--fantasy", KNOWN));
        assertEquals(Optional.empty(), Nearest.to("", KNOWN));
        assertEquals("", Nearest.hint("zzzzzz", KNOWN));
    }
}
