package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import metronome.isa.instruction.Operation;
import org.junit.jupiter.api.Test;

/** Whom do flows link where readers are in flight already, or writers are many? */
class SpikeFlowsTest {
    private final List<String> links = new ArrayList<>();
    private final SpikeFlows flows = new SpikeFlows((writer, from, reader, to) -> links.add(writer.track().address() + " " + from + " > "
            + reader.track().address() + " " + to));

    private SpikeFlows.Slice issue(int core, Operation operation, String name, long time) {
        SpikeFlows.Slice slice = new SpikeFlows.Slice(new Track(name));
        flows.issue(core, operation, slice, time);
        return slice;
    }

    private static Operation read(int region) {
        return new Operation.Integrate(region, 0, 0, 3, 0, false, false);
    }

    private static Operation write(int region) {
        return new Operation.FireSweep(region, 0, 3, false, 0);
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
        assertEquals(SpikeFlows.MOST_WRITERS, links.size());
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
}
