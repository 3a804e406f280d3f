package metronome.traces.report;

import java.util.List;

/** Draws the comparison of rivals as one page that needs nothing beside it. */
public final class RivalsReport {
    private static final double PJ_PER_UJ = 1e6;

    private RivalsReport() {
    }

    /**
     * {@return the page}
     *
     * @param result what to draw
     */
    public static String page(RivalsResult result) {
        List<Scatter.Point> energy = result.rows().stream().filter(r -> !r.machine().isEmpty())
                .map(r -> new Scatter.Point(r.name(), r.machine().getFirst().energyPj() / PJ_PER_UJ, r.accuracy())).toList();
        List<Scatter.Point> operations = result.rows().stream().filter(r -> r.operations() > 0)
                .map(r -> new Scatter.Point(r.name(), r.operations(), r.accuracy())).toList();
        String title = "Rivals: " + result.title();
        return HtmlReport.head(title) + "<h1>" + Html.escape(title) + "</h1>\n<div class=\"grid\">\n"
                + Html.card(false, "Accuracy and energy", "What the machine runs; docs/rivals.md says what the others lack.",
                        new Scatter("accuracy against energy", "energy of an image in µJ", energy).html())
                + Html.card(false, "Accuracy and operations", "Neurons updated at arrivals, as docs/operations.md counts.",
                        new Scatter("accuracy against operations", "operations of an image", operations).html())
                + Html.card(true, "Table", "Each rival in the setting that did best on training images.", Html.table(
                        List.of("", "setting", ">accuracy", ">steps", ">spikes/neuron", ">operations, event",
                        ">operations, clock", ">cycles", ">energy"), result.rows().stream().map(RivalsResult::cells).toList()))
                + "</div>\n<p class=\"soft\">" + Html.escape(result.provenance().command()) + "</p>\n</main>\n</body>\n</html>\n";
    }
}
