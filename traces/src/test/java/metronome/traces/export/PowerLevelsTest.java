package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.energy.EnergyTable;
import metronome.hwmodel.probe.ChipEvent;
import metronome.isa.target.Target;
import org.junit.jupiter.api.Test;

/** When is a component told to have which power, in windows that meet, that leave gaps, and of which one begins before the other is over? */
class PowerLevelsTest {
    private static final double UPDATE = EnergyTable.of(Target.preset()).action(Counter.UPDATES).value().nominal();
    private final Agenda agenda = new Agenda();
    private final List<String> told = new ArrayList<>();
    private long now;
    private double lif;
    private final PowerLevels power = new PowerLevels(Target.preset(), new TimeAxis(2000), agenda, this::set);

    private void set(Component component, double level) {
        if (component == Component.LIF) {
            lif = level;
        }
    }

    private void goTo(long time) {
        agenda.runTo(time, this::tick);
        tick(time);
    }

    private void tick(long time) {
        if (time > now) {
            told.add(now + " " + lif / UPDATE);
            now = time;
        }
    }

    private void updates(long time, int cycles, long count) {
        goTo(time);
        power.accept(new ChipEvent.Actions(time, cycles, 1, Counter.UPDATES, count), time);
    }

    /** Cycles of 2 ns: 40 updates of a picojoule in 10 cycles are 2 mW. */
    @Test
    void countsOfAWindowAddUpAndEndWithIt() {
        updates(0, 10, 30);
        updates(0, 10, 10);
        updates(10, 10, 60);
        updates(30, 5, 10);
        goTo(40);
        goTo(41);
        assertEquals(List.of("0 2.0", "10 3.0", "20 0.0", "30 1.0", "35 0.0", "40 0.0"), told);
    }

    @Test
    void aWindowThatBeginsBeforeAnotherIsOverTakesItsPlaceToItsOwnEnd() {
        updates(0, 10, 20);
        updates(5, 10, 60);
        goTo(20);
        goTo(21);
        assertEquals(List.of("0 1.0", "5 3.0", "10 3.0", "15 0.0", "20 0.0"), told);
    }
}
