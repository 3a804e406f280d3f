package metronome.traces.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;

/** The data of a plot: a table of rounded figures, and for download all digits as CSV. */
final class Sheet {
    private final String name;
    private final List<String> headings;
    private final List<List<Object>> rows = new ArrayList<>();

    /**
     * Creates an empty one.
     *
     * @param name of the plot, from which that of the file is made
     * @param headings one a column, with units; a leading {@code >} makes it a column of numbers
     */
    Sheet(String name, List<String> headings) {
        this.name = name;
        this.headings = List.copyOf(headings);
    }

    /** Adds cells: numbers or text. */
    Sheet row(List<?> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    boolean empty() {
        return rows.isEmpty();
    }

    /** {@return table and download, folded away} */
    String folded() {
        return Html.details("data: " + name, open());
    }

    /** {@return table and download} */
    String open() {
        return Html.table(headings, rows.stream().map(row -> row.stream().map(Sheet::rounded).toList()).toList()) + download();
    }

    /** {@return the download alone} */
    String download() {
        return "<p><a class=\"download\" download=\"" + file() + "\" href=\"data:text/csv;charset=utf-8," + encoded(csv())
                + "\">download as CSV</a></p>\n";
    }

    private String file() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + ".csv";
    }

    private static String rounded(Object cell) {
        return switch (cell) {
            case Double d -> Numbers.figure(d);
            case Long l -> Numbers.count(l);
            case Integer i -> Numbers.count(i);
            default -> cell.toString();
        };
    }

    private String csv() {
        return Stream.concat(Stream.of(headings.stream().map(h -> quoted(h.startsWith(">") ? h.substring(1) : h))),
                rows.stream().map(row -> row.stream().map(Object::toString).map(Sheet::quoted)))
                .map(cells -> cells.collect(Collectors.joining(",")) + "\n").collect(Collectors.joining());
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",");
    }
}
