package metronome.hwmodel.energy;

import java.io.IOException;
import java.util.Locale;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.docs.Doc;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does docs/energy.md show the constants and the tables that are used? */
class EnergyDocTest {
    private final StringBuilder out = new StringBuilder();

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    @Test
    void constants() throws IOException {
        line("%-24s %-7s %9s %9s %9s  %4s %4s  %-9s source", "constant", "unit", "low", "nominal", "high", "nm", "V", "how");
        for (Constant c : Constants.shipped().all()) {
            Quantity q = c.value();
            line("%-24s %-7s %9s %9s %9s  %4s %4s  %-9s %s", c.name(), c.unit(), number(q.low()), number(q.nominal()),
                    number(q.high()), c.node() == 0 ? "-" : c.node(), c.voltage() == 0 ? "-" : c.voltage(), c.how(),
                    c.source());
        }
        Doc.assertHolds("energy.md", "constants", out.toString());
    }

    @Test
    void scaling() throws IOException {
        CsvResource table = CsvResource.read("scaling.csv");
        line("%4s %8s %9s %8s %6s  %s", "nm", "a", "b", "c", "area", "E(0.8 V) over that of 45 nm");
        for (int row = 0; row < table.size(); row++) {
            int node = (int) table.number(row, "node_nm");
            line("%4d %8s %9s %8s %6s  %.3f", node, table.text(row, "a"), table.text(row, "b"), table.text(row, "c"),
                    table.text(row, "area"), Scaling.shipped().energy(45, 0.8, node, 0.8));
        }
        Doc.assertHolds("energy.md", "scaling", out.toString());
    }

    @Test
    void sram() throws IOException {
        CsvResource table = CsvResource.read("sram.csv");
        line("%3s %-9s %4s %5s %8s %8s %12s %12s", "nm", "cell", "V", "kB", "read pJ", "write pJ", "leakage mW", "area mm2");
        for (int row = 0; row < table.size(); row++) {
            line("%3s %-9s %4s %5s %8s %8s %12s %12s", table.text(row, "node_nm"), table.text(row, "cell"),
                    table.text(row, "voltage_V"), table.text(row, "size_kB"), table.text(row, "read_pJ"),
                    table.text(row, "write_pJ"), table.text(row, "leak_mW"), table.text(row, "area_mm2"));
        }
        Doc.assertHolds("energy.md", "sram", out.toString());
    }

    @Test
    void scaledAgainstCacti() throws IOException {
        line("%-9s %5s %22s %22s", "cell", "kB", "CACTI 22 nm read, pJ", "from 32 nm, pJ");
        SramTable sram = SramTable.shipped();
        for (String cell : TargetField.CELL.choices()) {
            for (int kilobytes : new int[] {1, 8, 64, 512}) {
                double scale = Scaling.shipped().energy(32, sram.voltage(32, cell), 22, sram.voltage(22, cell));
                line("%-9s %5d %22.3f %22.3f", cell, kilobytes, sram.at(22, cell, SramTable.Figure.READ, kilobytes),
                        scale * sram.at(32, cell, SramTable.Figure.READ, kilobytes));
            }
        }
        Doc.assertHolds("energy.md", "scaled against CACTI", out.toString());
    }

    @Test
    void tablesOfThePreset() throws IOException {
        EnergyTable table = EnergyTable.of(Target.preset());
        line("%-21s %9s %9s %9s  %-8s %s", "action, pJ", "low", "nominal", "high", "how", "formula");
        for (Counter counter : Counter.values()) {
            row(counter.label(), table.action(counter));
        }
        line("%-21s", "static power, mW");
        for (Component component : Component.values()) {
            row(component.label(), table.statics(component));
        }
        line("%-21s", "area, mm2");
        AreaReport area = AreaEstimator.estimate(Target.preset());
        area.byComponent().forEach((component, estimate) -> row(component.label(), estimate));
        line("%-21s %9s %9s %9s", "whole", number(area.total().low()), number(area.total().nominal()),
                number(area.total().high()));
        Doc.assertHolds("energy.md", "tables of the preset", out.toString());
    }

    private void row(String name, Estimate e) {
        line("  %-19s %9s %9s %9s  %-8s %s", name, number(e.value().low()), number(e.value().nominal()),
                number(e.value().high()), e.how(), e.formula());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
