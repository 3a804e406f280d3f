package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.hwmodel.probe.EventStream;
import org.junit.jupiter.api.Test;

/** Do both ends of a block's cycles and layers count? */
class TraceBlockTest {
    private static final TraceBlock BLOCK = new TraceBlock(0, 100, EventStream.STALLS, 0, 7, 2, 4, 50, 60);

    @Test
    void bothEndsOfItsLayersCount() {
        assertFalse(BLOCK.hasLayer(1));
        assertTrue(BLOCK.hasLayer(2));
        assertTrue(BLOCK.hasLayer(4));
        assertFalse(BLOCK.hasLayer(5));
    }

    @Test
    void bothEndsOfItsCyclesCount() {
        assertFalse(BLOCK.hasCycles(0, 49));
        assertTrue(BLOCK.hasCycles(0, 50));
        assertTrue(BLOCK.hasCycles(55, 55));
        assertTrue(BLOCK.hasCycles(60, 99));
        assertFalse(BLOCK.hasCycles(61, 99));
    }
}
