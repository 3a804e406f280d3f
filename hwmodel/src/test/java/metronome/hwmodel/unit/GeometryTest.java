package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import metronome.core.io.DataException;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;
import org.junit.jupiter.api.Test;

/** Are events of a list refused that lie outside the input by no more than one, and only those? */
class GeometryTest {
    private static final Geometry GEOMETRY = new Geometry(3, 5, 3, 5, 1, 1, 1, 0);
    private static final int CHANNELS = 4;

    private static EventList within(int more) {
        EventList events = new EventList();
        events.add(Event.of(0, 0, 0));
        events.add(Event.of(CHANNELS - 1, 2, 4));
        events.add(more);
        return events;
    }

    @Test
    void theLastOfEachIsWithin() {
        assertDoesNotThrow(() -> GEOMETRY.requireAll(within(Event.of(0, 0, 0)), 3, CHANNELS));
    }

    @Test
    void oneFurtherIsOutside() {
        for (int outside : new int[] {Event.of(CHANNELS, 0, 0), Event.of(0, 3, 0), Event.of(0, 0, 5)}) {
            String message = assertThrows(DataException.class, () -> GEOMETRY.requireAll(within(outside), 3, CHANNELS)).getMessage();
            assertEquals("the event (" + Event.channel(outside) + ", " + Event.row(outside) + ", " + Event.column(outside)
                    + ") lies outside the input that the shape instruction names, 4x3x5", message);
            assertDoesNotThrow(() -> GEOMETRY.requireAll(within(outside), 2, CHANNELS));
        }
    }
}
