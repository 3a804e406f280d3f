package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** DRAM-3, DRAM-5 and DRAM-7 by hand: who goes first, which rows are closed, where bursts lie. As in DramScenarioTest. */
class OvertakingTest {
    private static final int ROW = 4;
    private static final int NEXT_ROW = ROW * 8;

    private static Rig rig(int overtakes) {
        return new Rig(Rig.device(Rig.timing()), 1000, Rig.controller(1, 16, overtakes));
    }

    private static Rig run(Rig rig, String accesses) {
        for (String access : accesses.split(" ")) {
            assertTrue(rig.ask(Long.parseLong(access.substring(1)), access.charAt(0) == 'w'));
        }
        return rig.drain();
    }

    private static List<Integer> order(Rig rig) {
        return rig.ended.stream().map(Rig.Ended::token).toList();
    }

    @Test
    void aHitGoesBeforeAnOlderMiss() {
        Rig rig = run(rig(16), "r0 r" + NEXT_ROW + " r1");
        assertEquals("[ACTIVATE 0 @0, READ 0 @11000, READ 0 @14000, PRECHARGE 0 @29000, ACTIVATE 0 @42000, READ 0 @53000]",
                rig.sent.toString());
        assertEquals(List.of(0, 2, 1), order(rig));
    }

    /** Each command is told with the layer and row of the request that it serves, also where an older one of another layer waits. */
    @Test
    void whoGoesFirstIsToldAsWhatItIs() {
        List<String> told = new ArrayList<>();
        Dram dram = new Dram(Rig.device(Rig.timing()), 1000, Rig.controller(1, 16, 16), (_, _, _) -> { },
                (_, command, _, row, layer, _) -> told.add(command + " row " + row + " layer " + layer));
        dram.request(0, false, 1, 0);
        dram.request((long) NEXT_ROW * dram.burstBytes(), false, 2, 1);
        dram.request(dram.burstBytes(), true, 3, 2);
        for (int tick = 0; tick < 300; tick++) {
            dram.tick(4);
        }
        assertEquals(List.of("ACTIVATE row 0 layer 1", "READ row 0 layer 1", "WRITE row 0 layer 3", "PRECHARGE row 0 layer 4",
                "ACTIVATE row 1 layer 2", "READ row 1 layer 2"), told);
    }

    @Test
    void theBoundIsReachedAndNotPassed() {
        for (int bound = 0; bound <= 4; bound++) {
            Rig rig = run(rig(bound), "r0 r" + NEXT_ROW + " r1 r2 r3 r1 r2");
            assertEquals(1 + bound, order(rig).indexOf(1), "served before it: the older one and " + bound + " younger");
        }
    }

    @Test
    void atTheBoundTheRowIsClosedThoughOthersWantIt() {
        Rig rig = run(rig(1), "r0 r" + NEXT_ROW + " r1 r2");
        assertEquals("[ACTIVATE 0 @0, READ 0 @11000, READ 0 @14000, PRECHARGE 0 @29000, ACTIVATE 0 @42000, READ 0 @53000,"
                + " PRECHARGE 0 @71000, ACTIVATE 0 @84000, READ 0 @95000]", rig.sent.toString());
    }

    @Test
    void readsAreGatheredBeforeTheBusTurns() {
        Rig rig = run(rig(16), "r0 w4 r1 w12");
        assertEquals(List.of(0, 2, 1, 3), order(rig));
        assertEquals("[ACTIVATE 0 @0, ACTIVATE 1 @4000, ACTIVATE 3 @8000, READ 0 @11000, READ 0 @14000,"
                + " WRITE 1 @22000, WRITE 3 @25000]", rig.sent.toString());
        assertEquals("[ACTIVATE 0 @0, ACTIVATE 1 @4000, ACTIVATE 3 @8000, READ 0 @11000, WRITE 1 @19000,"
                + " READ 0 @34000, WRITE 3 @42000]", run(rig(0), "r0 w4 r1 w12").sent.toString());
    }

    @Test
    void aRowKeepsItsOrder() {
        Rig rig = run(rig(16), "w0 r4 r0 r5");
        assertTrue(order(rig).indexOf(0) < order(rig).indexOf(2), "a read after a write to the same burst ends after it");
        assertEquals(List.of(1, 3), order(rig).stream().filter(t -> t % 2 == 1).toList());
    }

    @Test
    void aHitThatComesTooLateDoesNotHoldTheRow() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 50, Rig.controller(1, 16, 16));
        rig.ask(0, false);
        rig.ask(NEXT_ROW, false);
        rig.run(2);
        assertTrue(rig.ask(1, false), "arrives at 40000 ps; the row was closed at 29000");
        assertEquals("[ACTIVATE 0 @0, READ 0 @11000, PRECHARGE 0 @29000, ACTIVATE 0 @42000, READ 0 @53000,"
                + " PRECHARGE 0 @71000, ACTIVATE 0 @84000, READ 0 @95000]", rig.drain().sent.toString());
    }

    @Test
    void closedPagesAreClosedWhenNobodyWaits() {
        Rig rig = new Rig(Rig.device(Rig.timing()), 1000,
                new Controller(1, 16, 16, PagePolicy.CLOSED, AddressOrder.ROW_BANK_COLUMN_CHANNEL));
        run(rig, "r0 r1").run(50);
        assertEquals("[ACTIVATE 0 @0, READ 0 @11000, READ 0 @14000, PRECHARGE 0 @29000]", rig.sent.toString());
        rig.ask(2, false);
        assertEquals("ACTIVATE 0 @" + rig.time(), rig.drain().sent.get(4).toString());
    }

    @Test
    void addressesGoWhereTheirOrderSays() {
        DramDevice device = Rig.device(Rig.timing());
        assertEquals("channel 1 bank 1 row 0", place(device, AddressOrder.ROW_BANK_COLUMN_CHANNEL, 2 * ROW + 1));
        assertEquals("channel 1 bank 4 row 0", place(device, AddressOrder.ROW_COLUMN_BANK_CHANNEL, 2 * ROW + 1));
        assertEquals("channel 0 bank 1 row 0", place(device, AddressOrder.ROW_BANK_CHANNEL_COLUMN, 2 * ROW + 1));
        for (AddressOrder order : AddressOrder.values()) {
            assertEquals("channel 1 bank 7 row 2", place(device, order, 3 * 2 * ROW * 8 - 1));
            AddressMap map = new AddressMap(device, 2, order);
            Map<String, Long> places = LongStream.range(0, 2 * ROW * 8).boxed()
                    .collect(Collectors.groupingBy(n -> place(device, order, n), Collectors.counting()));
            assertEquals(2 * 8, places.size());
            assertEquals(Set.of((long) ROW), Set.copyOf(places.values()), "each row of each bank gets its columns");
            assertEquals((1L << 30) / (16L * 2 * ROW * 8), map.row(map.burst(1L << 30)), "a gigabyte");
        }
    }

    private static String place(DramDevice device, AddressOrder order, long burst) {
        AddressMap map = new AddressMap(device, 2, order);
        long address = burst * device.burstBytes();
        return "channel " + map.channel(map.burst(address)) + " bank " + map.bank(map.burst(address)) + " row " + map.row(map.burst(address));
    }
}
