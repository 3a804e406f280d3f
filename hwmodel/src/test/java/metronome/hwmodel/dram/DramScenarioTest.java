package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import metronome.hwmodel.count.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Are command times and completions those of the rules, by hand? 1 GHz, so that a cycle is 1000 ps; 4 bursts a row, 8 banks. */
class DramScenarioTest {
    /** Bursts of a row, and from a row to the next row of the same bank. */
    private static final int ROW = 4;
    private static final int NEXT_ROW = ROW * 8;

    private static Rig rig() {
        return new Rig(Rig.device(Rig.timing()), 1000, 1, 16);
    }

    /** Accesses as "r0 w4": read of burst 0, write of burst 4; then the expected commands. */
    static Stream<Arguments> sequences() {
        return Stream.of(
                Arguments.of("tRCD", "r0", "[ACTIVATE 0 @0, READ 0 @11000]"),
                Arguments.of("tRCD of a write", "w0", "[ACTIVATE 0 @0, WRITE 0 @11000]"),
                Arguments.of("tCCD", "r0 r1 r2", "[ACTIVATE 0 @0, READ 0 @11000, READ 0 @14000, READ 0 @17000]"),
                Arguments.of("tRAS, tRP, tRC", "r0 r" + NEXT_ROW,
                        "[ACTIVATE 0 @0, READ 0 @11000, PRECHARGE 0 @29000, ACTIVATE 0 @42000, READ 0 @53000]"),
                Arguments.of("tRTP", "r0 r1 r2 r3 r0 r1 r2 r" + NEXT_ROW, "[ACTIVATE 0 @0, READ 0 @11000, READ 0 @14000,"
                        + " READ 0 @17000, READ 0 @20000, READ 0 @23000, READ 0 @26000, READ 0 @29000,"
                        + " PRECHARGE 0 @35000, ACTIVATE 0 @48000, READ 0 @59000]"),
                Arguments.of("tWR", "w0 w1 w2 r" + NEXT_ROW, "[ACTIVATE 0 @0, WRITE 0 @11000, WRITE 0 @14000,"
                        + " WRITE 0 @17000, PRECHARGE 0 @31000, ACTIVATE 0 @44000, READ 0 @55000]"),
                Arguments.of("tWTR", "w0 r1", "[ACTIVATE 0 @0, WRITE 0 @11000, READ 0 @26000]"),
                Arguments.of("tWTR across banks", "w0 r4",
                        "[ACTIVATE 0 @0, ACTIVATE 1 @4000, WRITE 0 @11000, READ 1 @26000]"),
                Arguments.of("turn from read to write", "r0 w1", "[ACTIVATE 0 @0, READ 0 @11000, WRITE 0 @19000]"),
                Arguments.of("tRRD, tFAW, overlap", "r0 r4 r8 r12 r16", "[ACTIVATE 0 @0, ACTIVATE 1 @4000,"
                        + " ACTIVATE 2 @8000, READ 0 @11000, ACTIVATE 3 @12000, READ 1 @15000, ACTIVATE 4 @17000,"
                        + " READ 2 @19000, READ 3 @23000, READ 4 @28000]"),
                Arguments.of("in order: a hit behind a miss waits", "r0 r4 r1",
                        "[ACTIVATE 0 @0, ACTIVATE 1 @4000, READ 0 @11000, READ 1 @15000, READ 0 @18000]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void commandsGoAtTheirTimes(String name, String accesses, String expected) {
        Rig rig = rig();
        for (String access : accesses.split(" ")) {
            assertTrue(rig.ask(Long.parseLong(access.substring(1)), access.charAt(0) == 'w'));
        }
        assertEquals(expected, rig.drain().sent.toString(), name);
    }

    @Test
    void readEndsAfterClAndBurstAndNotACycleEarlier() {
        Rig rig = rig();
        rig.ask(0, false);
        rig.run(22);
        assertEquals(List.of(), rig.ended);
        rig.tick();
        assertEquals(List.of(new Rig.Ended(0, 11 + 9 + 2)), rig.ended);
    }

    @Test
    void writeEndsAfterCwlAndBurst() {
        Rig rig = rig();
        rig.ask(0, true);
        assertEquals(List.of(new Rig.Ended(0, 11 + 5 + 2)), rig.drain().ended);
    }

    @Test
    void openRowOfAnIdleBankStaysOpen() {
        Rig rig = rig();
        rig.ask(0, false);
        rig.run(500);
        rig.ask(1, false);
        assertEquals(List.of(new Rig.Ended(0, 22), new Rig.Ended(1, 500 + 11)), rig.drain().ended);
        assertEquals(1, rig.count(Counter.ACTIVATES));
    }

    @Test
    void refreshClosesRowsAndBlocksForTrfc() {
        DramTiming t = new DramTiming(1000, 2000, 3000, 11_000, 9000, 5000, 13_000, 29_000, 4000,
                17_000, 6000, 7000, 8000, 97_000, 200_000);
        Rig rig = new Rig(Rig.device(t), 1000, 1, 16);
        rig.run(180);
        rig.ask(0, false);
        rig.ask(4, false);
        rig.ask(NEXT_ROW, false);
        assertEquals("[ACTIVATE 0 @180000, ACTIVATE 1 @184000, READ 0 @191000, READ 1 @195000,"
                + " PRECHARGE_ALL 0 @213000, REFRESH 0 @226000, ACTIVATE 0 @323000, READ 0 @334000]",
                rig.drain().sent.toString());
        assertEquals(1, rig.counts.of(2, Counter.REFRESHES), "counted to the layer of the tick");
        assertEquals(2, rig.counts.of(0, Counter.ACTIVATES), "counted to the layer of the request");
    }

    @Test
    void writtenDataAreSafeBeforeARefresh() {
        DramTiming t = new DramTiming(1000, 2000, 3000, 11_000, 9000, 5000, 13_000, 29_000, 4000,
                17_000, 6000, 7000, 8000, 97_000, 200_000);
        Rig rig = new Rig(Rig.device(t), 1000, 1, 16);
        rig.run(150);
        for (int i = 0; i < 13; i++) {
            rig.ask(i % 4, true);
        }
        rig.drain();
        rig.run(100);
        assertEquals("[WRITE 0 @197000, PRECHARGE_ALL 0 @211000, REFRESH 0 @224000]",
                rig.sent.subList(rig.sent.size() - 3, rig.sent.size()).toString());
    }

    @Test
    void refreshGoesOnWhenNobodyAsks() {
        DramTiming t = DramDevice.preset("hbm2").timing();
        Rig rig = new Rig(Rig.device(t), 1000, 2, 4).run(39_001);
        assertEquals(2 * 10, rig.count(Counter.REFRESHES));
    }

    @Test
    void severalEndInOneSlowCycleInOrder() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 10, 2, 16);
        for (int burst = 0; burst < 8; burst++) {
            rig.ask(burst, false);
        }
        rig.run(2);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), rig.ended.stream().map(Rig.Ended::token).toList());
        assertEquals(1, rig.ended.getFirst().tick());
    }

    @Test
    void queueIsBounded() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000, 2, 3);
        for (int i = 0; i < 3; i++) {
            assertTrue(rig.ask(2L * i, false));
        }
        assertFalse(rig.dram.accepts(rig.dram.channel(0)));
        assertTrue(rig.dram.accepts(rig.dram.channel(rig.dram.burstBytes())), "the other channel has room");
        assertThrows(IllegalStateException.class, () -> rig.dram.request(0, false, 0, 9));
        rig.run(11);
        assertFalse(rig.dram.accepts(rig.dram.channel(0)));
        rig.tick();
        assertTrue(rig.dram.accepts(rig.dram.channel(0)), "the first read went at 11000 ps and left the queue");
    }

    @Test
    void badCallsAreRefused() {
        Rig rig = rig();
        assertThrows(IllegalArgumentException.class, () -> rig.dram.request(1, false, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> rig.dram.request(-16, false, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> rig.dram.request(0, false, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Rig(Rig.device(Rig.timing()), 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Rig(Rig.device(Rig.timing()), 500, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Rig(Rig.device(Rig.timing()), 500, 1, 0));
    }

    /** DRAM-2: also of a request that can go when it arrives, of which nobody would see that it waits. */
    @Test
    void aRequestHoldsItsPlaceUntilTheTickInWhichItGoes() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000, 1, 2);
        assertTrue(rig.ask(0, false));
        rig.run(100);
        assertFalse(rig.dram.madeRoom(), "the queue was not full");
        assertTrue(rig.ask(1, false), "goes at 100");
        assertTrue(rig.ask(2, false), "goes at 103");
        assertFalse(rig.ask(3, false), "the queue is full");
        rig.tick();
        assertTrue(rig.dram.madeRoom(), "the first has gone");
        assertTrue(rig.ask(3, false));
        assertFalse(rig.ask(4, false), "the queue is full again");
        assertEquals("[ACTIVATE 0 @0, READ 0 @11000, READ 0 @100000]", rig.sent.toString());
    }

    @Test
    void aQueueOfOneIsFullUntilItsRequestHasGone() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000, 1, 1);
        assertTrue(rig.ask(0, false));
        rig.run(100);
        assertTrue(rig.dram.madeRoom());
        assertTrue(rig.ask(1, false), "goes at 100");
        assertFalse(rig.ask(2, false));
        rig.tick();
        assertTrue(rig.dram.madeRoom());
        assertTrue(rig.ask(2, false));
    }
}
