package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Is each constraint of DRAM-6 there, with its value, and tight? */
class ConstraintTest {
    private static final int BANKS = 4;

    static Stream<Constraint> constraints() {
        return DramDevice.presets().stream().flatMap(d -> d.timing().constraints().stream());
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void aloneItBlocksUntilItsTimeAndNoLonger(Constraint c) {
        ReadyTimes ready = new ReadyTimes(List.of(c), BANKS);
        for (int i = 0; i < c.window(); i++) {
            assertEquals(0, ready.earliest(c.after(), 1));
            ready.send(c.before(), 1, 5000 + i);
        }
        assertEquals(5000 + c.picoseconds(), ready.earliest(c.after(), 1));
        boolean everywhere = c.scope() == Constraint.Scope.CHANNEL;
        assertEquals(everywhere ? 5000 + c.picoseconds() : 0, ready.earliest(c.after(), 2));
    }

    @Test
    void bindingOnesAreTheDatasheets() {
        DramTiming t = Rig.timing();
        ReadyTimes ready = new ReadyTimes(t.constraints(), BANKS);
        ready.send(Command.ACTIVATE, 0, 0);
        assertEquals(11_000, ready.earliest(Command.READ, 0));
        assertEquals(1000, ready.earliest(Command.READ, 1));
        assertEquals(29_000, ready.earliest(Command.PRECHARGE, 0));
        assertEquals(4000, ready.earliest(Command.ACTIVATE, 1));
        ready.send(Command.WRITE, 0, 20_000);
        assertEquals(20_000 + 5000 + 2000 + 7000, ready.earliest(Command.PRECHARGE, 0));
        assertEquals(20_000 + 5000 + 2000 + 8000, ready.earliest(Command.READ, 0));
        ready.send(Command.READ, 0, 40_000);
        assertEquals(40_000 + 9000 + 2000 + 2000 - 5000, ready.earliest(Command.WRITE, 0));
        assertEquals(43_000, ready.earliest(Command.READ, 0));
        assertEquals(46_000, ready.earliest(Command.PRECHARGE, 0));
    }

    @Test
    void latestWriteCountsWhenItIsNotTheFirst() {
        ReadyTimes ready = new ReadyTimes(Rig.timing().constraints(), BANKS);
        ready.send(Command.WRITE, 0, 0);
        ready.send(Command.WRITE, 0, 50_000);
        assertEquals(64_000, ready.earliest(Command.PRECHARGE, 0));
        assertEquals(65_000, ready.earliest(Command.READ, 3));
    }

    @Test
    void impossibleTimingIsRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> new DramTiming(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 100, 100));
        assertThrows(IllegalArgumentException.class,
                () -> new DramTiming(1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 10, 100));
    }
}
