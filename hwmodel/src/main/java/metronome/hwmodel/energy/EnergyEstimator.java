package metronome.hwmodel.energy;

import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Turns counts into energy: actions times energy per action, and static power times the time of each layer. */
public final class EnergyEstimator {
    private EnergyEstimator() {
    }

    /**
     * {@return the energy of what was counted}
     *
     * @param target on which it ran
     * @param counts of one run, or the sum of several
     */
    public static EnergyReport estimate(Target target, Counts counts) {
        EnergyTable table = EnergyTable.of(target);
        double clock = target.number(TargetField.CLOCK);
        EnergyReport.Part[][] parts = new EnergyReport.Part[counts.layers()][Component.values().length];
        for (int layer = 0; layer < counts.layers(); layer++) {
            for (Component component : Component.values()) {
                Quantity leaked = table.statics(component).value().times(nanoseconds(counts.cycles(layer), clock));
                parts[layer][component.ordinal()] = new EnergyReport.Part(dynamic(table, counts, layer, component), leaked);
            }
        }
        return new EnergyReport(parts, nanoseconds(counts.cycles(), clock) / 1000);
    }

    private static Quantity dynamic(EnergyTable table, Counts counts, int layer, Component component) {
        Quantity sum = Quantity.ZERO;
        for (Counter counter : Counter.values()) {
            if (counter.component() == component) {
                sum = sum.plus(table.action(counter).value().times(counts.of(layer, counter)));
            }
        }
        return sum;
    }

    /** A milliwatt for a nanosecond is a picojoule. */
    private static double nanoseconds(long cycles, double clockMHz) {
        return cycles * 1000.0 / clockMHz;
    }
}
