package metronome.traces.report;

import java.util.ArrayList;
import java.util.List;

/** A table with aligned columns for a terminal. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /**
     * Creates a table.
     *
     * @param headings one a column; a leading {@code >} aligns the column to the right; if all are
     *     empty there is no line of headings
     */
    public TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] first = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            first[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        if (!String.join("", first).isEmpty()) {
            rows.add(first);
        }
    }

    /**
     * Adds a row.
     *
     * @param cells one a column
     * @return this
     */
    public TextTable row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in a table of " + right.length);
        }
        rows.add(cells.clone());
        return this;
    }

    /** {@return the table, each line ending in a line feed} */
    @Override
    public String toString() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(right[i] ? space + row[i] : row[i] + space);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
