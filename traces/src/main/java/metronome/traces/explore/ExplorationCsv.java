package metronome.traces.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import metronome.isa.target.TargetField;

/** The result of an exploration as CSV: the fields that vary, costs with units in their names, front and reason. */
public final class ExplorationCsv {
    private static final List<String> FIGURES = List.of("cycles", "latency_us", "energy_pJ", "energy_low_pJ",
            "energy_high_pJ", "area_mm2", "area_low_mm2", "area_high_mm2");

    private ExplorationCsv() {
    }

    /**
     * {@return the table, one row a point in the order of the grid}
     *
     * @param grid whose axes are the first columns
     * @param points in the order of the grid
     */
    public static String text(Grid grid, List<Point> points) {
        List<String> columns = new ArrayList<>(grid.axes().keySet().stream().map(TargetField::key).toList());
        columns.addAll(FIGURES);
        columns.addAll(List.of("pareto", "reason"));
        List<Boolean> front = Exploration.front(points);
        StringBuilder out = new StringBuilder(String.join(",", columns)).append('\n');
        for (int i = 0; i < points.size(); i++) {
            out.append(row(grid, points.get(i), front.get(i))).append('\n');
        }
        return out.toString();
    }

    private static String row(Grid grid, Point point, boolean front) {
        List<String> cells = new ArrayList<>(
                grid.axes().keySet().stream().map(field -> point.target().text(field)).toList());
        cells.addAll(point.cost().map(ExplorationCsv::figures).orElseGet(() -> FIGURES.stream().map(_ -> "").toList()));
        cells.add(front ? "1" : "0");
        cells.add(point.reason());
        return cells.stream().map(ExplorationCsv::quoted).collect(Collectors.joining(","));
    }

    private static List<String> figures(Point.Cost c) {
        return List.of(Double.toString(c.cycles()), Double.toString(c.latencyUs()), Double.toString(c.energyPj()),
                Double.toString(c.energyLowPj()), Double.toString(c.energyHighPj()), Double.toString(c.areaMm2()),
                Double.toString(c.areaLowMm2()), Double.toString(c.areaHighMm2()));
    }

    private static String quoted(String cell) {
        return cell.contains(",") || cell.contains("\"") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
