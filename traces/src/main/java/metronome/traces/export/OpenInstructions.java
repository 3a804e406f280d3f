package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.Phase;

/** Which instructions are in flight: at most one in each unit of each core. */
final class OpenInstructions {
    private final SequencedMap<Integer, ChipEvent.Progress> open = new TreeMap<>();

    /** A number for a unit of a core; they are in the order of cores, then of units. */
    static int key(int core, Component unit) {
        return core * Component.values().length + unit.ordinal();
    }

    void see(ChipEvent.Progress event) {
        if (event.phase() == Phase.ISSUED) {
            open.put(key(event.core(), event.unit()), event);
        } else if (event.phase() == Phase.RETIRED) {
            open.remove(key(event.core(), event.unit()));
        }
    }

    /** Those in flight, as if their units took them at a cycle. */
    List<ChipEvent> issuedAt(long cycle) {
        List<ChipEvent> issued = new ArrayList<>();
        open.values().forEach(e -> issued.add(new ChipEvent.Progress(cycle, e.core(), e.unit(), Phase.ISSUED, e.number(), e.layer())));
        return issued;
    }
}
