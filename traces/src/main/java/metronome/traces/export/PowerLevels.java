package metronome.traces.export;

import java.util.function.ObjDoubleConsumer;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.energy.EnergyTable;
import metronome.hwmodel.probe.ChipEvent;
import metronome.isa.target.Target;

/** Dynamic power of each component, in milliwatts: the nominal energy of the actions of a window over its time. */
final class PowerLevels {
    private final double[] picojoules = new double[Counter.values().length];
    private final double nanoseconds;
    private final Agenda agenda;
    private final ObjDoubleConsumer<Component> levels;
    private final double[] level = new double[Component.values().length];
    private long begin = -1;

    /**
     * @param axis of time
     * @param agenda on which the ends of windows are put
     * @param levels are told of what changes; the last word of a time counts
     */
    PowerLevels(Target target, TimeAxis axis, Agenda agenda, ObjDoubleConsumer<Component> levels) {
        EnergyTable table = EnergyTable.of(target);
        for (Counter counter : Counter.values()) {
            picojoules[counter.ordinal()] = table.action(counter).value().nominal();
        }
        this.nanoseconds = axis.period() / 1000;
        this.agenda = agenda;
        this.levels = levels;
    }

    void accept(ChipEvent.Actions actions, long time) {
        if (time != begin) {
            reset();
            begin = time;
            agenda.at(time + actions.cycles(), () -> endWindow(time));
        }
        Component component = actions.counter().component();
        level[component.ordinal()] += picojoules[actions.counter().ordinal()] * actions.count() / (nanoseconds * actions.cycles());
        levels.accept(component, level[component.ordinal()]);
    }

    private void endWindow(long began) {
        if (began == begin) {
            reset();
        }
    }

    private void reset() {
        for (Component component : Component.values()) {
            level[component.ordinal()] = 0;
            levels.accept(component, 0);
        }
    }
}
