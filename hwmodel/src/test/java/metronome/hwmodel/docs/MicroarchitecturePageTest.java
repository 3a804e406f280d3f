package metronome.hwmodel.docs;

import java.io.IOException;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import org.junit.jupiter.api.Test;

/** Does docs/microarchitecture.md list what the machine counts? */
class MicroarchitecturePageTest {
    @Test
    void listsTheStalls() throws IOException {
        StringBuilder out = new StringBuilder();
        for (Stall stall : Stall.values()) {
            out.append("%-15s %s%n".formatted(stall.label(), stall.meaning()));
        }
        Doc.assertHolds("microarchitecture.md", "stalls", out.toString());
    }

    @Test
    void listsTheCounters() throws IOException {
        StringBuilder out = new StringBuilder();
        for (Counter counter : Counter.values()) {
            out.append("%-22s %-22s %s%n".formatted(counter.label(), counter.unit(), counter.meaning()));
        }
        Doc.assertHolds("microarchitecture.md", "counters", out.toString());
    }
}
