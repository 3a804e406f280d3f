package metronome.traces.report;

import java.util.List;

/**
 * A figure of ranges: a line from a low to a high bound with a dot at the nominal value, and the data as a table.
 *
 * @param what is drawn, with unit
 * @param rows from the top down
 */
record Bands(String what, List<Row> rows) {
    private static final int PITCH = 48;

    /**
     * One range.
     *
     * @param label above it
     * @param low its left end
     * @param nominal where the dot is
     * @param high its right end
     */
    record Row(String label, double low, double nominal, double high) {
    }

    /** {@return the figure} */
    String html() {
        Axis axis = Axis.reaching(rows.stream().mapToDouble(Row::high).max().orElse(0));
        int bottom = PITCH * rows.size();
        StringBuilder out = new StringBuilder("<figure>\n<svg height=\"" + (bottom + 20) + "\" role=\"img\" aria-label=\""
                + Html.escape(what) + "\">\n").append(axis.svg(bottom));
        for (int i = 0; i < rows.size(); i++) {
            range(out, rows.get(i), axis, PITCH * i);
        }
        return out.append("</svg>\n</figure>\n") + Html.details("data: " + what, table());
    }

    private static void range(StringBuilder out, Row row, Axis axis, int y) {
        out.append("<text x=\"0\" y=\"").append(y + 15).append("\">").append(Html.escape(row.label()))
                .append("</text><text x=\"100%\" y=\"").append(y + 15).append("\" text-anchor=\"end\">")
                .append(Numbers.figure(row.nominal())).append("</text>\n<line class=\"range\" x1=\"")
                .append(axis.at(row.low())).append("\" x2=\"").append(axis.at(row.high())).append("\" y1=\"")
                .append(y + 29).append("\" y2=\"").append(y + 29).append("\"/><circle class=\"dot\" cx=\"")
                .append(axis.at(row.nominal())).append("\" cy=\"").append(y + 29).append("\" r=\"5\"><title>")
                .append(Html.escape(row.label() + ": " + Numbers.figure(row.low()) + " to " + Numbers.figure(row.high())))
                .append("</title></circle>\n");
    }

    private String table() {
        return Html.table(List.of(what, ">low", ">nominal", ">high"), rows.stream().map(r -> List.of(r.label(),
                Numbers.figure(r.low()), Numbers.figure(r.nominal()), Numbers.figure(r.high()))).toList());
    }
}
