package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import org.junit.jupiter.api.Test;

/** Does each number of a row come from the part of the event that docs/formats.md says, and is one that means nothing refused? */
class EventColumnsTest {
    private static final EventColumns COLUMNS = new EventColumns(Vocabulary.CURRENT, SmallTraces.LAYERS);
    private static final long TOO_LONG = 1L << 31;

    private static List<ChipEvent> given(EventStream stream, long... row) {
        List<ChipEvent> events = new ArrayList<>();
        COLUMNS.give(stream, Arrays.stream(row).mapToObj(value -> new long[] {value}).toArray(long[][]::new), 1, events::add);
        return events;
    }

    private static void assertRow(ChipEvent event, long... row) {
        long[] put = new long[row.length];
        COLUMNS.put(event, put);
        assertArrayEquals(row, put, event.toString());
        assertEquals(List.of(event), given(event.stream(), row));
    }

    @Test
    void eachNumberHasItsPlace() {
        int lif = Component.LIF.ordinal();
        assertRow(new ChipEvent.Spike(900, 1, 3 * 7 + 2, 5), 900, 1, 5, 2 * 4 + 1);
        assertRow(new ChipEvent.Progress(900, 3, Component.LIF, Phase.RETIRED, 77, 2), 900, 3, lif, 2, 77, 2);
        assertRow(new ChipEvent.StallRun(900, 8, 3, Component.LIF, Stall.SEMAPHORE, 2), 900, 8, 3, lif, Stall.SEMAPHORE.ordinal(), 2);
        assertRow(new ChipEvent.DramCommand(900, 3, Command.WRITE, 7, 99, 2), 900, 3, Command.WRITE.ordinal(), 7, 99, 2);
        assertRow(new ChipEvent.Actions(900, 64, 2, Counter.UPDATES, 1L << 60), 900, 64, 2, Counter.UPDATES.ordinal(), 1L << 60);
        assertRow(new ChipEvent.LayerTime(900, 2, 450), 900, 2, 450);
    }

    private static void refused(String message, EventStream stream, long... row) {
        assertEquals(message, assertThrows(DataException.class, () -> given(stream, row)).getMessage());
    }

    @Test
    void placesAreThoseOfTheLayer() {
        assertEquals(List.of(new ChipEvent.Spike(0, 2, 9, 1)), given(EventStream.SPIKES, 0, 2, 1, 9));
        refused("a spike is of place 10 in layer 2 of 10 neurons", EventStream.SPIKES, 0, 2, 1, 10);
        refused("a spike is of place -1 in layer 2 of 10 neurons", EventStream.SPIKES, 0, 2, 1, -1);
        refused("a spike is of place 4294967296 in layer 2 of 10 neurons", EventStream.SPIKES, 0, 2, 1, 1L << 32);
    }

    @Test
    void layersAreThoseOfTheHeader() {
        for (long layer : new long[] {-1, 3, 1L << 32}) {
            String message = "an event is of layer " + layer + " of 3";
            refused(message, EventStream.SPIKES, 0, layer, 1, 0);
            refused(message, EventStream.INSTRUCTIONS, 0, 0, 0, 0, 0, layer);
            refused(message, EventStream.STALLS, 0, 1, 0, 0, 0, layer);
            refused(message, EventStream.DRAM, 0, 0, 0, 0, 0, layer);
            refused(message, EventStream.ENERGY, 0, 1, layer, 0, 1);
            refused(message, EventStream.LAYERS, 0, layer, 1);
        }
    }

    @Test
    void numbersOfMoreThan32BitsAreRefused() {
        String message = "an event has the number " + TOO_LONG + ", expected one of 32 bits";
        refused(message, EventStream.SPIKES, 0, 1, TOO_LONG, 0);
        refused(message, EventStream.INSTRUCTIONS, 0, TOO_LONG, 0, 0, 0, 1);
        refused(message, EventStream.INSTRUCTIONS, 0, 0, 0, 0, TOO_LONG, 1);
        refused(message, EventStream.STALLS, 0, 1, TOO_LONG, 0, 0, 1);
        refused(message, EventStream.DRAM, 0, TOO_LONG, 0, 0, 0, 1);
        refused(message, EventStream.DRAM, 0, 0, 0, TOO_LONG, 0, 1);
        refused(message, EventStream.DRAM, 0, 0, 0, 0, TOO_LONG, 1);
    }

    @Test
    void wordsAreThoseOfTheHeader() {
        refused("units has " + Component.values().length + " words, an event names number " + Component.values().length, EventStream.INSTRUCTIONS,
                0, 0, Component.values().length, 0, 0, 1);
        refused("phases has 3 words, an event names number -1", EventStream.INSTRUCTIONS, 0, 0, 0, -1, 0, 1);
        refused("phases has 3 words, an event names number 3", EventStream.INSTRUCTIONS, 0, 0, 0, 3, 0, 1);
        refused("causes has " + Stall.values().length + " words, an event names number 4294967296", EventStream.STALLS, 0, 1, 0, 0, 1L << 32, 1);
        refused("commands has 6 words, an event names number 6", EventStream.DRAM, 0, 0, 6, 0, 0, 1);
        refused("counters has " + Counter.values().length + " words, an event names number -2", EventStream.ENERGY, 0, 1, 0, -2, 1);
    }
}
