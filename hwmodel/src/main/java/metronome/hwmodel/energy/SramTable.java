package metronome.hwmodel.energy;

import java.util.ArrayList;
import java.util.List;

/** The rows of {@code sram.csv}: what CACTI 7 says of a bank of 64-bit words, by node, cell and size. */
final class SramTable {
    static final int WORD_BITS = 64;

    /** What is looked up, for one bank. */
    enum Figure {
        READ("read_pJ"), WRITE("write_pJ"), LEAKAGE("leak_mW"), AREA("area_mm2");

        private final String column;

        Figure(String column) {
            this.column = column;
        }
    }

    private record Row(int node, String cell, double kilobytes, double voltage, double[] figures) {
    }

    private static final SramTable SHIPPED = new SramTable(CsvResource.read("sram.csv"));

    private final List<Row> rows = new ArrayList<>();

    private SramTable(CsvResource table) {
        for (int row = 0; row < table.size(); row++) {
            double[] figures = new double[Figure.values().length];
            for (Figure figure : Figure.values()) {
                figures[figure.ordinal()] = table.number(row, figure.column);
            }
            rows.add(new Row((int) table.number(row, "node_nm"), table.text(row, "cell"),
                    table.number(row, "size_kB"), table.number(row, "voltage_V"), figures));
        }
    }

    static SramTable shipped() {
        return SHIPPED;
    }

    /** {@return the node whose rows stand for a node} */
    int nearestNode(int node) {
        if (node >= 65) {
            return 65;
        }
        return node >= 32 ? node : 22;
    }

    double voltage(int node, String cell) {
        return rows(node, cell).getFirst().voltage;
    }

    /**
     * {@return the figure, by straight lines through the rows with both axes logarithmic; below the smallest and above the
     * largest row the nearest line goes on}
     */
    double at(int node, String cell, Figure figure, double kilobytes) {
        List<Row> all = rows(node, cell);
        int upper = 1;
        while (upper < all.size() - 1 && all.get(upper).kilobytes < kilobytes) {
            upper++;
        }
        return between(all.get(upper - 1), all.get(upper), figure.ordinal(), kilobytes);
    }

    private static double between(Row lower, Row upper, int figure, double kilobytes) {
        double share = Math.log(kilobytes / lower.kilobytes) / Math.log(upper.kilobytes / lower.kilobytes);
        return lower.figures[figure] * Math.pow(upper.figures[figure] / lower.figures[figure], share);
    }

    double smallest(int node, String cell) {
        return rows(node, cell).getFirst().kilobytes;
    }

    private List<Row> rows(int node, String cell) {
        List<Row> found = rows.stream().filter(r -> r.node == node && r.cell.equals(cell)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no SRAM of " + node + " nm " + cell);
        }
        return found;
    }
}
