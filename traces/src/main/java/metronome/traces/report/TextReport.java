package metronome.traces.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints results as aligned tables. */
public final class TextReport {
    private final StringBuilder out = new StringBuilder();

    private TextReport() {
    }

    /**
     * {@return the results as text}
     *
     * @param result what to print
     */
    public static String of(RunResult result) {
        TextReport report = new TextReport();
        report.heading(result);
        report.accuracy(result);
        report.operations(result.operations());
        report.comparison(result);
        report.layers(result.machine());
        report.units(result.machine());
        report.energy(result.machine());
        report.area(result.machine());
        report.provenance(result.provenance());
        return report.out.toString();
    }

    /**
     * {@return what one image costs, as text}
     *
     * @param execution of a program
     */
    static String of(Execution execution) {
        TextReport report = new TextReport();
        report.layers(execution);
        report.units(execution);
        report.energy(execution);
        report.area(execution);
        return report.out.toString();
    }

    private void heading(RunResult r) {
        out.append(r.network()).append(" on ").append(r.dataset()).append(", target ").append(r.provenance().target())
                .append(", seed ").append(r.seed()).append("; ").append(Numbers.counted(r.images().functional(), "image"))
                .append(" through the functional models, ").append(r.images().machine())
                .append(" through the machine\n");
    }

    private void section(String title, TextTable table) {
        out.append('\n').append(title).append('\n').append(table);
    }

    private void accuracy(RunResult r) {
        RunResult.Accuracy a = r.accuracy();
        section("Accuracy", new TextTable("model", ">images", ">right", "differs from the model above it in")
                .row("DNN", images(r), Numbers.percent(a.dnn()), "")
                .row("staircase DNN, retrained", images(r), Numbers.percent(a.staircase()), "")
                .row("spiking, double precision", images(r), Numbers.percent(a.spikingDouble()),
                        Numbers.count(r.mismatch().staircaseSteps()) + " firing steps")
                .row("spiking, fixed point", images(r), Numbers.percent(a.spikingFixed()),
                        Numbers.percent(r.mismatch().fixedShare()) + " of the firing steps")
                .row("spiking, fixed point", Numbers.count(r.images().machine()),
                        Numbers.percent(a.spikingFixedOnMachineImages()), "")
                .row("machine", Numbers.count(r.images().machine()), Numbers.percent(a.machine()),
                        Numbers.count(r.mismatch().machineSpikes()) + " spikes")
                .row("integer DNN, the baseline", images(r), Numbers.percent(a.integerDnn()),
                        Numbers.count(r.mismatch().baselineOutputs()) + " outputs between model and tensor core"));
    }

    private static String images(RunResult r) {
        return Numbers.count(r.images().functional());
    }

    private void operations(RunResult.Operations o) {
        TextTable table = new TextTable("Operations of one image", ">multiplications", ">additions", ">comparisons",
                ">total", ">less than the dense DNN");
        for (RunResult.OperationRow row : o.rows()) {
            table.row(row.name(), Numbers.count(row.multiplications()), Numbers.count(row.additions()),
                    Numbers.count(row.comparisons()), Numbers.count(row.total()),
                    Numbers.percent(1 - row.total() / o.dnnTotal()));
        }
        out.append('\n').append(table);
    }

    private void comparison(RunResult r) {
        Execution m = r.machine();
        Execution b = r.baseline();
        section("One image on the chip", new TextTable("", ">TDSNN, LIF array", ">dense DNN, tensor core", ">ratio")
                .row("cycles", Numbers.count(m.cycles()), Numbers.count(b.cycles()), ratio(m.cycles(), b.cycles()))
                .row("latency, us", Numbers.figure(m.latencyUs()), Numbers.figure(b.latencyUs()),
                        ratio(m.latencyUs(), b.latencyUs()))
                .row("energy, pJ", Numbers.count(m.energyPj()), Numbers.count(b.energyPj()),
                        ratio(m.energyPj(), b.energyPj()))
                .row("energy, low to high, pJ", band(m.energyLowPj(), m.energyHighPj()),
                        band(b.energyLowPj(), b.energyHighPj()), "")
                .row("area of the chip, mm2", Numbers.figure(m.areaMm2()), Numbers.figure(b.areaMm2()), ""));
    }

    private static String band(double low, double high) {
        return Numbers.count(low) + " to " + Numbers.count(high);
    }

    private static String ratio(double a, double b) {
        return b == 0 ? "" : Numbers.figure(a / b);
    }

    private void layers(Execution e) {
        TextTable table = new TextTable("layer", ">cycles", ">latency, us", ">energy, pJ", ">low", ">high");
        for (Execution.Layer layer : e.layers()) {
            table.row(layer.name(), Numbers.count(layer.cycles()), Numbers.figure(layer.latencyUs()),
                    Numbers.count(layer.energyPj()), Numbers.count(layer.energyLowPj()),
                    Numbers.count(layer.energyHighPj()));
        }
        table.row("all", Numbers.count(e.cycles()), Numbers.figure(e.latencyUs()), Numbers.count(e.energyPj()),
                Numbers.count(e.energyLowPj()), Numbers.count(e.energyHighPj()));
        section("Layers", table);
    }

    private void units(Execution e) {
        List<String> causes = e.stalls().entrySet().stream().filter(s -> s.getValue() > 0).map(Map.Entry::getKey)
                .toList();
        List<String> headings = new ArrayList<>(List.of("unit", ">busy", ">idle"));
        causes.forEach(c -> headings.add(">" + c));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (Execution.Unit unit : e.units()) {
            List<String> row = new ArrayList<>(
                    List.of(unit.name(), Numbers.count(unit.busy()), Numbers.count(unit.idle())));
            causes.forEach(c -> row.add(Numbers.count(unit.stalls().getOrDefault(c, 0.0))));
            table.row(row.toArray(String[]::new));
        }
        section("Cycles of the units, stalls by cause", table);
    }

    private void energy(Execution e) {
        TextTable table = new TextTable("component", ">dynamic, pJ", ">static, pJ", ">energy, pJ", ">share", ">low",
                ">high");
        for (Execution.EnergyPart part : e.energyParts()) {
            table.row(part.name(), Numbers.count(part.dynamicPj()), Numbers.count(part.staticPj()),
                    Numbers.count(part.energyPj()), Numbers.percent(part.energyPj() / e.energyPj()),
                    Numbers.count(part.energyLowPj()), Numbers.count(part.energyHighPj()));
        }
        section("Energy of one image", table);
    }

    private void area(Execution e) {
        TextTable table = new TextTable("component", ">area, mm2", ">share", ">low", ">high");
        for (Execution.AreaPart part : e.areaParts()) {
            table.row(part.name(), Numbers.figure(part.areaMm2()), Numbers.percent(part.areaMm2() / e.areaMm2()),
                    Numbers.figure(part.areaLowMm2()), Numbers.figure(part.areaHighMm2()));
        }
        table.row("all", Numbers.figure(e.areaMm2()), Numbers.percent(1), Numbers.figure(e.areaLowMm2()),
                Numbers.figure(e.areaHighMm2()));
        section("Area of the chip", table);
    }

    private void provenance(Provenance p) {
        Provenance.Code c = p.code();
        section("Provenance", new TextTable("", "")
                .row("metronome", p.version() + " on Java " + p.jdk())
                .row("command", p.command())
                .row("code", "T " + c.steps() + ", L " + Numbers.figure(c.timeConstant()) + ", " + c.rounding()
                        + ", zeros " + c.zeros() + ", ticks " + c.variant() + ", pool " + c.pool() + ", readout "
                        + c.readout() + ", weights " + c.weightBits() + " bit, potentials " + c.potentialBits() + " bit")
                .row("weights", p.weights())
                .row("network", p.networkHash())
                .row("spiking network", p.spikingHash())
                .row("target", p.targetHash())
                .row("program", p.programHash())
                .row("baseline", p.baselineHash()));
    }
}
