package metronome.traces.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A figure of horizontal, stacked bars: an SVG whose lengths are percentages, so that it fills any width without scaling
 * its letters, and under it the same data as a table.
 *
 * @param what is drawn, with unit: {@code energy, nJ}
 * @param rows from the top down
 */
public record Bars(String what, List<Row> rows) {
    /** Of more rows, each takes less room. */
    private static final int MOST_ROWS_APART = 14;

    /**
     * One bar.
     *
     * @param label before the bar
     * @param parts length of each part, by name; in the order in which they are stacked
     * @param figure what is written at its end
     */
    public record Row(String label, Map<String, Double> parts, String figure) {
        /**
         * A bar with its length at its end.
         *
         * @param label before the bar
         * @param parts length of each part
         */
        public Row(String label, Map<String, Double> parts) {
            this(label, parts, Numbers.figure(parts.values().stream().mapToDouble(Double::doubleValue).sum()));
        }

        /** {@return the length of the bar} */
        public double total() {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** {@return the parts of which at least one bar has some, in the order of the rows} */
    public List<String> series() {
        return rows.stream().flatMap(r -> r.parts().entrySet().stream()).filter(p -> p.getValue() > 0)
                .map(Map.Entry::getKey).distinct().sorted(java.util.Comparator.comparingInt(this::order)).toList();
    }

    private int order(String part) {
        return rows.stream().mapToInt(r -> List.copyOf(r.parts().keySet()).indexOf(part)).max().orElse(0);
    }

    /** {@return the figure, and under it its data} */
    String html() {
        return figure() + Html.details("data: " + what, table(series()));
    }

    /** {@return the figure alone} */
    public String figure() {
        List<String> series = series();
        return "<figure>\n" + (series.size() > 1 ? legend(series) : "") + svg(series) + "</figure>\n";
    }

    private boolean close() {
        return rows.size() > MOST_ROWS_APART;
    }

    private static String legend(List<String> series) {
        return series.stream().map(s -> "<li><i class=\"f-" + s + "\"></i>" + Html.escape(s.replace('_', ' ')) + "</li>")
                .collect(Collectors.joining("", "<ul class=\"legend\">", "</ul>\n"));
    }

    private String svg(List<String> series) {
        Axis axis = Axis.reaching(rows.stream().mapToDouble(Row::total).max().orElse(0));
        int pitch = close() ? 36 : 48;
        int bottom = pitch * rows.size();
        StringBuilder out = new StringBuilder("<svg height=\"" + (bottom + 20) + "\" role=\"img\" aria-label=\""
                + Html.escape(what) + "\">\n").append(axis.svg(bottom));
        for (int i = 0; i < rows.size(); i++) {
            bar(out, rows.get(i), series, axis, pitch * i);
        }
        return out.append("</svg>\n").toString();
    }

    private void bar(StringBuilder out, Row row, List<String> series, Axis axis, int y) {
        out.append("<text x=\"0\" y=\"").append(y + (close() ? 13 : 15)).append("\">").append(Html.escape(row.label()))
                .append("</text><text x=\"100%\" y=\"").append(y + (close() ? 13 : 15)).append("\" text-anchor=\"end\">")
                .append(Html.escape(row.figure())).append("</text>\n");
        double from = 0;
        for (String name : series) {
            double length = row.parts().getOrDefault(name, 0.0);
            if (length > 0) {
                out.append("<rect class=\"part f-").append(name).append("\" x=\"").append(axis.at(from))
                        .append("\" width=\"").append(axis.at(length)).append("\" y=\"").append(y + (close() ? 18 : 21))
                        .append(close() ? "\" height=\"12\"><title>" : "\" height=\"16\"><title>")
                        .append(Html.escape(row.label() + ", " + name.replace('_', ' ') + ": " + Numbers.figure(length)))
                        .append("</title></rect>\n");
                from += length;
            }
        }
    }

    private String table(List<String> series) {
        List<String> headings = new ArrayList<>(List.of(what));
        series.forEach(s -> headings.add(">" + s.replace('_', ' ')));
        if (series.size() > 1) {
            headings.add(">sum");
        }
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.label()));
            series.forEach(s -> line.add(Numbers.figure(row.parts().getOrDefault(s, 0.0))));
            if (series.size() > 1) {
                line.add(Numbers.figure(row.total()));
            }
            cells.add(line);
        }
        return Html.table(headings, cells);
    }
}
