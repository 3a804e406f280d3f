package metronome.traces.report;

import java.util.List;

/** The few pieces of HTML that pages are made of. */
public final class Html {
    private Html() {
    }

    /**
     * {@return the text with everything that HTML would read as markup replaced}
     *
     * @param text any
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /**
     * {@return a table}
     *
     * @param headings one a column; a leading {@code >} makes it a column of numbers
     * @param rows cells as plain text
     */
    public static String table(List<String> headings, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        for (String heading : headings) {
            boolean number = heading.startsWith(">");
            out.append(number ? "<th class=\"n\">" : "<th>").append(escape(number ? heading.substring(1) : heading))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(headings.get(i).startsWith(">") ? "<td class=\"n\">" : "<td>").append(escape(row.get(i)))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    /**
     * {@return something that is folded away until asked for}
     *
     * @param summary the line that is seen
     * @param body HTML
     */
    public static String details(String summary, String body) {
        return "<details><summary>" + escape(summary) + "</summary>\n" + body + "</details>\n";
    }

    /**
     * {@return a card}
     *
     * @param wide whether it takes the whole width
     * @param title plain text
     * @param note what a reader must know to read it right; plain text, may be empty
     * @param body HTML
     */
    public static String card(boolean wide, String title, String note, String body) {
        return "<section class=\"card" + (wide ? " wide" : "") + "\">\n<h2>" + escape(title) + "</h2>\n"
                + (note.isEmpty() ? "" : "<p class=\"soft\">" + escape(note) + "</p>\n") + body + "</section>\n";
    }
}
