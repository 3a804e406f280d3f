package metronome.traces.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;

/** Results that were never measured, with every part filled, for tests of how results are told. */
public final class Samples {
    private Samples() {
    }

    /** {@return results in which parts sum to their wholes} */
    public static RunResult result() {
        return new RunResult(RunResult.FORMAT, "digits", "lenet", 7, new RunResult.Images(2000, 20),
                new RunResult.Accuracy(0.9915, 0.9902, 0.9902, 0.9899, 0.9912, 0.95, 0.95),
                new RunResult.Mismatch(0, 0, 0.0123, 0),
                new RunResult.Operations(4_598_000, 2_112_000, 1_650_000, 2_900_000, 0.64, 0.37, 0.21, -0.38, List.of(
                        new RunResult.OperationRow("DNN, dense", 2_293_000, 2_293_000, 12_000, 4_598_000),
                        new RunResult.OperationRow("DNN, skipping zeros", 1_050_000, 1_050_000, 12_000, 2_112_000),
                        new RunResult.OperationRow("TDSNN, event-driven", 250_000, 1_300_000, 100_000, 1_650_000),
                        new RunResult.OperationRow("TDSNN, clock-driven", 1_500_000, 1_300_000, 100_000, 2_900_000))),
                execution(1), execution(0.6), new Provenance("0.1.0", "25.0.3", "run --dataset digits", "default",
                        "0".repeat(64), "shipped with this version", "1".repeat(64), "2".repeat(64), "3".repeat(64),
                        "4".repeat(64), new Provenance.Code(16, 5, "half-step", "floor", "C", "counter", "potential", 8,
                        24)));
    }

    private static Execution execution(double factor) {
        List<Execution.Layer> layers = new ArrayList<>();
        String[] names = {"conv1", "pool1", "conv2", "pool2", "dense1", "dense2"};
        double[] cycles = {21_000, 4_000, 30_500, 2_000, 15_000, 900};
        double total = 0;
        for (int i = 0; i < names.length; i++) {
            Map<String, Double> parts = new LinkedHashMap<>();
            double sum = 0;
            for (Component c : Component.values()) {
                double pj = factor * cycles[i] * (1 + 17 * (i + 3) * (c.ordinal() + 2) % 23);
                parts.put(c.label(), pj);
                sum += pj;
            }
            layers.add(new Execution.Layer(names[i], factor * cycles[i], factor * cycles[i] / 500, sum, 0.4 * sum,
                    2.2 * sum, parts));
            total += cycles[i] * factor;
        }
        double energy = layers.stream().mapToDouble(Execution.Layer::energyPj).sum();
        return new Execution(total, total / 500, energy, 0.4 * energy, 2.2 * energy, 3.2, 2.1, 5.5,
                stalls(total), layers, units(total), parts(layers), area(), counters());
    }

    private static Map<String, Double> stalls(double total) {
        Map<String, Double> stalls = new LinkedHashMap<>();
        for (Stall s : Stall.values()) {
            stalls.put(s.label(), total * (s.ordinal() + 1) / 80);
        }
        return stalls;
    }

    private static List<Execution.Unit> units(double total) {
        List<Execution.Unit> units = new ArrayList<>();
        for (Component c : Component.values()) {
            if (c.unit()) {
                Map<String, Double> stalls = stalls(total * (c.ordinal() + 1) / 8);
                double stalled = stalls.values().stream().mapToDouble(Double::doubleValue).sum();
                units.add(new Execution.Unit(c.label(), (total - stalled) * 0.7, (total - stalled) * 0.3, stalls));
            }
        }
        return units;
    }

    private static List<Execution.EnergyPart> parts(List<Execution.Layer> layers) {
        List<Execution.EnergyPart> parts = new ArrayList<>();
        for (Component c : Component.values()) {
            double pj = layers.stream().mapToDouble(l -> l.componentsPj().get(c.label())).sum();
            parts.add(new Execution.EnergyPart(c.label(), 0.8 * pj, 0.2 * pj, pj, 0.4 * pj, 2.2 * pj));
        }
        return parts;
    }

    private static List<Execution.AreaPart> area() {
        List<Execution.AreaPart> parts = new ArrayList<>();
        for (Component c : Component.values()) {
            if (c != Component.DRAM) {
                parts.add(new Execution.AreaPart(c.label(), 3.2 / 9, 2.1 / 9, 5.5 / 9));
            }
        }
        return parts;
    }

    private static List<Execution.Count> counters() {
        List<Execution.Count> counts = new ArrayList<>();
        for (Counter c : Counter.values()) {
            counts.add(new Execution.Count(c.label(), 1000.5 * (c.ordinal() + 1), c.unit(), c.meaning()));
        }
        return counts;
    }
}
