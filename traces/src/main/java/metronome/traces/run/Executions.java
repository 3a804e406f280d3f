package metronome.traces.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.energy.AreaEstimator;
import metronome.hwmodel.energy.AreaReport;
import metronome.hwmodel.energy.EnergyEstimator;
import metronome.hwmodel.energy.EnergyReport;
import metronome.hwmodel.energy.Quantity;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.report.Execution;

/** Turns what a machine counted into time, energy and area of one image. */
public final class Executions {
    private final Target target;
    private final Counts counts;
    private final int images;
    private final EnergyReport energy;

    private Executions(Target target, Counts counts, int images) {
        this.target = target;
        this.counts = counts;
        this.images = images;
        this.energy = EnergyEstimator.estimate(target, counts).perRun(images);
    }

    /**
     * {@return the means over images}
     *
     * @param target on which they ran
     * @param map of the program that ran
     * @param counts summed over the images
     * @param images how many, at least 1
     */
    public static Execution of(Target target, ProgramMap map, Counts counts, int images) {
        return of(target, map.layers().stream().map(ProgramMap.Layer::name).toList(), counts, images);
    }

    /**
     * {@return the means over images}
     *
     * @param target on which they ran
     * @param layers their names
     * @param counts summed over the images
     * @param images how many, at least 1
     */
    public static Execution of(Target target, List<String> layers, Counts counts, int images) {
        return new Executions(target, counts, images).execution(layers);
    }

    private Execution execution(List<String> names) {
        Quantity total = energy.total();
        AreaReport area = AreaEstimator.estimate(target);
        return new Execution(mean(counts.cycles()), microseconds(counts.cycles()), total.nominal(), total.low(),
                total.high(), area.total().nominal(), area.total().low(), area.total().high(), stalls(), layers(names),
                units(), parts(), areas(area), counters());
    }

    private double mean(long sum) {
        return (double) sum / images;
    }

    private double microseconds(long cycles) {
        return mean(cycles) / target.number(TargetField.CLOCK);
    }

    private Map<String, Double> stalls() {
        Map<String, Double> stalls = new LinkedHashMap<>();
        for (Stall cause : Stall.values()) {
            long cycles = chipUnits().mapToLong(unit -> counts.stallCycles(unit, cause)).sum();
            stalls.put(cause.label(), mean(cycles));
        }
        return stalls;
    }

    private static Stream<Component> chipUnits() {
        return Stream.of(Component.values()).filter(Component::unit);
    }

    private List<Execution.Layer> layers(List<String> names) {
        List<Execution.Layer> layers = new ArrayList<>();
        for (int i = 0; i < counts.layers(); i++) {
            int layer = i;
            Map<String, Double> parts = new LinkedHashMap<>();
            Stream.of(Component.values())
                    .forEach(c -> parts.put(c.label(), energy.part(layer, c).sum().nominal()));
            Quantity sum = energy.byLayer(i).sum();
            layers.add(new Execution.Layer(names.get(i), mean(counts.cycles(i)),
                    microseconds(counts.cycles(i)), sum.nominal(), sum.low(), sum.high(), parts));
        }
        return layers;
    }

    private List<Execution.Unit> units() {
        return chipUnits().map(unit -> {
            Map<String, Double> stalls = new LinkedHashMap<>();
            for (Stall cause : Stall.values()) {
                stalls.put(cause.label(), mean(counts.stallCycles(unit, cause)));
            }
            return new Execution.Unit(unit.label(), mean(counts.busyCycles(unit)), mean(counts.idleCycles(unit)),
                    stalls);
        }).toList();
    }

    private List<Execution.EnergyPart> parts() {
        return Stream.of(Component.values()).map(c -> {
            EnergyReport.Part part = energy.byComponent(c);
            Quantity sum = part.sum();
            return new Execution.EnergyPart(c.label(), part.dynamic().nominal(), part.leaked().nominal(),
                    sum.nominal(), sum.low(), sum.high());
        }).toList();
    }

    private static List<Execution.AreaPart> areas(AreaReport area) {
        return Stream.of(Component.values()).map(c -> new Execution.AreaPart(c.label(), area.of(c).nominal(),
                area.of(c).low(), area.of(c).high())).toList();
    }

    private List<Execution.Count> counters() {
        return Stream.of(Counter.values()).map(c -> new Execution.Count(c.label(), mean(counts.total(c)), c.unit(),
                c.meaning())).toList();
    }
}
