package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import metronome.isa.instruction.FiringOperation;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
import org.junit.jupiter.api.Test;

/** Whom do flows link where readers are in flight already, or writers are many? */
class SpikeFlowsTest {
    private final List<String> links = new ArrayList<>();
    private final SpikeFlows flows = new SpikeFlows(2, (writer, from, reader, to) -> links.add(writer.track().address() + " " + from + " > "
            + reader.track().address() + " " + to));

    private SpikeFlows.Slice issue(int core, Operation operation, String name, long time) {
        SpikeFlows.Slice slice = new SpikeFlows.Slice(new Track(name));
        flows.issue(core, operation, slice, time);
        return slice;
    }

    private static Operation read(int region) {
        return new LifOperation.Integrate(region, 0, 0, 3, 0, false, false);
    }

    private static Operation write(int region) {
        return new FiringOperation.FireSweep(region, 0, 3, false, 0);
    }

    @Test
    void aReaderInFlightIsLinkedWithWhoWritesThen() {
        issue(0, read(1), "reader", 5);
        issue(0, write(2), "other region", 6);
        issue(1, write(1), "other core", 6);
        issue(0, write(1), "writer", 7);
        assertEquals(List.of("writer 7 > reader 7"), links);
    }

    @Test
    void aReaderThatIsCompleteIsNot() {
        issue(0, read(1), "reader", 5).retire(6);
        issue(0, write(1), "writer", 7);
        assertEquals(List.of(), links);
    }

    @Test
    void ofManyWritersTheLastCount() {
        for (int i = 0; i < 20; i++) {
            issue(0, write(1), "w" + i, i).retire(i);
        }
        issue(0, read(1), "reader", 30);
        assertEquals(Region.MOST_WRITERS, links.size());
        assertEquals("w4 4 > reader 30", links.getFirst());
        assertEquals("w19 19 > reader 30", links.getLast());
    }

    @Test
    void aRegionThatWasReadIsBegunAnew() {
        issue(0, write(1), "old", 1).retire(2);
        issue(0, read(1), "first", 3).retire(4);
        issue(0, write(1), "new", 5).retire(6);
        issue(0, read(1), "second", 7);
        assertEquals(List.of("old 2 > first 3", "new 6 > second 7"), links);
    }

    private static Operation store(int dram) {
        return new StoreOperation.StoreSpikes(9, 16, dram);
    }

    private static Operation load(int dram) {
        return new LoadOperation.LoadSpikes(10, 16, dram, 0, 0, 0);
    }

    @Test
    void whoLoadsAListIsLinkedWithWhoStoredItLast() {
        issue(0, store(64), "early", 1).retire(4);
        issue(1, store(128), "elsewhere", 2).retire(9);
        issue(1, store(64), "late", 5).retire(8);
        issue(0, load(64), "first", 10);
        issue(1, load(64), "second", 12);
        issue(0, load(192), "of the input", 13);
        assertEquals(List.of("late 8 > first 10", "late 8 > second 12"), links);
    }

    @Test
    void spikesThatAreStoredAreFollowedLinkByLink() {
        issue(0, write(9), "fire", 1).retire(3);
        issue(0, store(64), "store", 4).retire(6);
        issue(0, load(64), "load", 7).retire(9);
        issue(0, read(10), "integrate", 10);
        assertEquals(List.of("fire 3 > store 4", "store 6 > load 7", "load 9 > integrate 10"), links);
    }

    /** From region 9 to region 1 of two columns and one row of cores, row 1 of a mesh of two columns: cores 2 and 3. */
    private static Operation send() {
        return new MeshOperation.SendSpikes(9, 1, 0, 2, 1, 1);
    }

    private static Operation receive(int region, int senders) {
        return new MeshOperation.ReceiveSpikes(region, senders);
    }

    @Test
    void whoReceivesIsLinkedWithAsManySendersAsItAwaits() {
        issue(0, send(), "a", 1).retire(4);
        issue(3, receive(1, 2), "waits", 5);
        issue(1, send(), "b", 6);
        issue(1, send(), "c", 8).retire(9);
        issue(2, receive(1, 2), "comes late", 10);
        issue(2, receive(2, 1), "of another region", 10);
        issue(1, receive(1, 1), "of another core", 10);
        assertEquals(List.of("a 4 > waits 5", "b 6 > waits 6", "a 4 > comes late 10", "b 10 > comes late 10"), links);
    }

    @Test
    void whatOneDoesNotAwaitIsForTheNext() {
        issue(0, send(), "a", 1).retire(2);
        issue(1, send(), "b", 3).retire(4);
        issue(2, receive(1, 1), "first", 5).retire(6);
        issue(2, receive(1, 1), "second", 7).retire(8);
        assertEquals(List.of("a 2 > first 5", "b 4 > second 7"), links);
    }

    /** In a part of a trace, the sender of what was received may be before its begin. */
    @Test
    void whoHasReceivedAllAwaitsNothing() {
        issue(2, receive(1, 3), "complete", 1).retire(2);
        issue(0, send(), "for the next", 3).retire(4);
        issue(2, receive(1, 1), "next", 5);
        assertEquals(List.of("for the next 4 > next 5"), links);
    }

    @Test
    void spikesThatAreSentAreFollowedLinkByLink() {
        issue(0, write(9), "fire", 1).retire(3);
        issue(0, send(), "send", 4).retire(6);
        issue(2, receive(1, 1), "receive", 7).retire(9);
        issue(2, read(1), "integrate", 10);
        assertEquals(List.of("fire 3 > send 4", "send 6 > receive 7", "receive 9 > integrate 10"), links);
    }

    @Test
    void nothingGoesOverIntoAnotherImage() {
        issue(0, write(1), "fire", 1).retire(2);
        issue(0, store(64), "store", 1).retire(2);
        issue(0, send(), "send", 1).retire(2);
        flows.clear();
        issue(0, read(1), "integrate", 3);
        issue(0, load(64), "load", 3);
        issue(2, receive(1, 1), "receive", 3);
        assertEquals(List.of(), links);
    }
}
