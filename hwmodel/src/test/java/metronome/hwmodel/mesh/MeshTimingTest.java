package metronome.hwmodel.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.mesh.MeshRig.Arrival;
import metronome.isa.target.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules NOC-1 to NOC-9, each by itself, to the cycle. */
class MeshTimingTest {
    private static final int NORTH_WEST = 0;

    private static MeshParameters parameters(int columns, int rows, int flits, int buffer, int router, int link) {
        return new MeshParameters(new Grid(columns, rows), flits, buffer, router, link, true);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "1, 3, 2", "3, 2, 4"})
    void aLoneMessageTakesTheClosedForm(int router, int link, int flits) {
        MeshParameters parameters = parameters(4, 3, flits, flits, router, link);
        for (int from = 0; from < 12; from++) {
            for (int to = 0; to < 12; to++) {
                MeshRig rig = new MeshRig(parameters);
                rig.queue(from, 1L << to, 7, 9);
                assertTrue(rig.drain(200));
                int hops = Math.abs(from % 4 - to % 4) + Math.abs(from / 4 - to / 4);
                long expected = (hops + 1) * router + hops * link + flits - 1;
                assertEquals(List.of(new Arrival(to, 7, 9, expected)), rig.arrivals, "NOC-9");
                assertEquals(expected, parameters.latency(from, to));
                assertEquals((long) flits * hops, rig.count(Counter.HOPS));
                assertEquals(flits, rig.count(Counter.FLITS));
                assertEquals(0, rig.count(Counter.REPLICATIONS));
                assertEquals((long) flits * (hops + 2), rig.count(Counter.BUFFER_WRITES), "router buffers and the receiver's");
                assertEquals((long) flits * (hops + 2), rig.count(Counter.BUFFER_READS));
            }
        }
    }

    @Test
    void aLoneMulticastReachesEachCoreAsIfItWereAlone() {
        MeshParameters parameters = parameters(3, 3, 2, 2, 2, 1);
        for (int from = 0; from < 9; from++) {
            MeshRig rig = new MeshRig(parameters);
            rig.queue(from, parameters.grid().all(), 0, 0);
            assertTrue(rig.drain(200));
            assertEquals(9, rig.arrivals.size());
            for (Arrival arrival : rig.arrivals) {
                assertEquals(parameters.latency(from, arrival.core()), arrival.cycle());
            }
            assertEquals(2 * 8, rig.count(Counter.HOPS), "a tree over 9 cores has 8 links");
            assertEquals(2 * 8, rig.count(Counter.REPLICATIONS), "and 9 leaves");
        }
    }

    @Test
    void theWayGoesAlongTheRowFirst() {
        Grid grid = new Grid(3, 3);
        long[] branches = grid.branches(4, grid.all());
        assertEquals(0b100100100, branches[Port.EAST.ordinal()], "NOC-3");
        assertEquals(0b001001001, branches[Port.WEST.ordinal()]);
        assertEquals(0b000000010, branches[Port.NORTH.ordinal()]);
        assertEquals(0b010000000, branches[Port.SOUTH.ordinal()]);
        assertEquals(0b000010000, branches[Port.LOCAL.ordinal()]);
    }

    /** NOC-6, NOC-7: a place is taken again 1 + router + 2 links cycles after it was. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "2, 1, 3", "3, 2, 1", "3, 2, 5", "1, 4, 9", "2, 3, 8"})
    void creditsLimitTheRateOfAStream(int router, int link, int buffer) {
        MeshRig rig = new MeshRig(parameters(2, 1, 1, buffer, router, link));
        int messages = 40;
        for (int i = 0; i < messages; i++) {
            rig.queue(0, 0b10, 0, i);
        }
        assertTrue(rig.drain(2000));
        int round = 1 + router + 2 * link;
        for (int i = 0; i < messages; i++) {
            long expected = rig.parameters.latency(0, 1)
                    + (buffer >= round ? i : (long) i / buffer * round + i % buffer);
            assertEquals(expected, rig.arrivals.get(i).cycle(), "message " + i);
        }
    }

    @Test
    void aFullBufferTakesAFlitEachCycle() {
        MeshRig rig = new MeshRig(parameters(2, 1, 2, 10, 2, 1));
        for (int i = 0; i < 20; i++) {
            rig.queue(0, 0b10, 0, i);
        }
        assertTrue(rig.drain(200));
        assertEquals(rig.parameters.latency(0, 1) + 38, rig.arrivals.getLast().cycle(), "two flits a message");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inputsTakeTurnsOrTheFirstGoesFirst(boolean roundRobin) {
        MeshRig rig = new MeshRig(new MeshParameters(new Grid(3, 1), 1, 16, 1, 1, roundRobin));
        for (int i = 0; i < 30; i++) {
            rig.queue(0, 0b100, 0, i);
            rig.queue(1, 0b100, 1, i);
        }
        assertTrue(rig.drain(500));
        List<Arrival> early = rig.arrivals.subList(0, 30);
        long fromNear = early.stream().filter(a -> a.tag() == 1).count();
        assertEquals(roundRobin ? 16 : 30, fromNear, 1, "NOC-4: of 30");
    }

    @Test
    void aForkWaitsForItsSlowestBranch() {
        MeshRig rig = new MeshRig(parameters(3, 1, 1, 1, 1, 1));
        for (int i = 0; i < 10; i++) {
            rig.queue(1, 0b101, 0, i);
        }
        for (int i = 0; i < 100; i++) {
            rig.cycle(core -> core != 2);
        }
        long west = rig.arrivals.stream().filter(a -> a.core() == 0).count();
        assertEquals(3, west, "NOC-5: one in the receiver, one in the last buffer, one that left to the west only");
        assertTrue(rig.drain(200));
        assertEquals(20, rig.arrivals.size());
    }

    /** A place that is left over holds no part of a message: NOC-4 asks for room for all of it. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void nothingMovesOnceAllBuffersAreFull(int buffer) {
        MeshRig rig = new MeshRig(parameters(2, 2, 2, buffer, 1, 1));
        for (int i = 0; i < 50; i++) {
            rig.queue(NORTH_WEST, 0b1000, 0, i);
        }
        for (int i = 0; i < 100; i++) {
            rig.cycle(_ -> false);
        }
        assertFalse(rig.cycle(_ -> false));
        assertEquals(8, rig.sent, "two in each of three routers' buffers and in the receiver's");
        assertEquals(0, rig.mesh.quiet());
        assertTrue(rig.drain(1000));
        assertEquals(50, rig.arrivals.size());
    }

    @Test
    void anEmptyMeshSkips() {
        MeshRig rig = new MeshRig(parameters(2, 1, 1, 1, 1, 3));
        rig.queue(0, 0b10, 0, 0);
        assertTrue(rig.drain(100));
        rig.mesh.skip(1000);
        rig.arrivals.clear();
        long start = rig.cycle;
        rig.queue(0, 0b10, 0, 1);
        assertTrue(rig.drain(100));
        assertEquals(start + rig.parameters.latency(0, 1), rig.arrivals.getFirst().cycle());
    }

    @Test
    void thePresetOfSeveralCoresHasAMesh() {
        MeshParameters parameters = MeshParameters.of(Presets.named("multicore").orElseThrow());
        assertEquals(new MeshParameters(new Grid(2, 2), 1, 8, 2, 1, true), parameters);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> parameters(2, 1, 4, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Grid(9, 1));
        assertThrows(IllegalArgumentException.class, () -> new Message(0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Message(1, 65536, 0, 0));
        MeshRig rig = new MeshRig(parameters(2, 1, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> rig.mesh.send(0, new Message(0b100, 0, 0, 0)));
        rig.mesh.send(0, new Message(0b10, 0, 0, 0));
        assertThrows(IllegalStateException.class, () -> rig.mesh.send(0, new Message(0b10, 0, 0, 0)));
    }
}
