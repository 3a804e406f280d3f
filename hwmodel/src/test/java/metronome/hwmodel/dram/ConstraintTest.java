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
    void tableIsThatOfTheRule() {
        List<String> rows = Rig.timing().constraints().stream().filter(c -> !c.name().equals("tCK"))
                .map(c -> String.join(" ", c.scope().name(), c.before().name(), c.after().name(), c.window() + "",
                        c.picoseconds() + "")).sorted().toList();
        assertEquals(List.of(
                "BANK ACTIVATE PRECHARGE 1 29000",
                "BANK ACTIVATE READ 1 11000",
                "BANK ACTIVATE WRITE 1 11000",
                "BANK PRECHARGE ACTIVATE 1 13000",
                "BANK READ PRECHARGE 1 6000",
                "BANK WRITE PRECHARGE 1 14000",
                "CHANNEL ACTIVATE ACTIVATE 1 4000",
                "CHANNEL ACTIVATE ACTIVATE 4 17000",
                "CHANNEL ACTIVATE PRECHARGE_ALL 1 29000",
                "CHANNEL PRECHARGE REFRESH 1 13000",
                "CHANNEL PRECHARGE_ALL REFRESH 1 13000",
                "CHANNEL READ PRECHARGE_ALL 1 6000",
                "CHANNEL READ READ 1 3000",
                "CHANNEL READ WRITE 1 8000",
                "CHANNEL REFRESH ACTIVATE 1 97000",
                "CHANNEL REFRESH REFRESH 1 97000",
                "CHANNEL WRITE PRECHARGE_ALL 1 14000",
                "CHANNEL WRITE READ 1 15000",
                "CHANNEL WRITE WRITE 1 3000"), rows);
        assertEquals(36, Rig.timing().constraints().stream()
                .filter(c -> c.name().equals("tCK") && c.picoseconds() == 1000).count());
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
