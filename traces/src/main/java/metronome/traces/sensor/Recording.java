package metronome.traces.sensor;

import java.util.List;
import java.util.SequencedMap;

/**
 * What a reader says of a recording, beside its events.
 *
 * @param format in words
 * @param notes what had to be assumed, a sentence each
 * @param leftOut how many events of each other kind were passed over
 */
public record Recording(String format, List<String> notes, SequencedMap<String, Long> leftOut) {
}
