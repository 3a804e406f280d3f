package metronome.traces.view;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.report.Html;

/**
 * The traces of a page, side by side.
 *
 * @param views in their order, at least one
 */
record Traces(List<TraceView> views) {
    /** {@return whether there is nothing to compare} */
    boolean single() {
        return views.size() == 1;
    }

    /** {@return what is drawn, with the trace of which it is where there are several} */
    String label(String what, TraceView view) {
        return single() ? what : what + " \u00b7 " + view.label();
    }

    /** {@return the names of the layers of all traces, each once} */
    List<String> layers() {
        return views.stream().flatMap(view -> view.layers().stream()).distinct().toList();
    }

    /**
     * {@return a card with a plot, or what is missing for it}
     *
     * @param title plain text
     * @param note plain text
     * @param wide whether it takes the whole width
     * @param body HTML of the plot of the traces that can be drawn
     * @param needed streams without which a trace is not drawn
     */
    String card(String title, String note, boolean wide, Function<List<TraceView>, String> body, EventStream... needed) {
        List<TraceView> drawn = views.stream().filter(view -> view.costs(needed).isPresent()).toList();
        return Html.card(wide, title, note, (drawn.isEmpty() ? "" : body.apply(drawn)) + missing(needed));
    }

    private String missing(EventStream... needed) {
        return views.stream().filter(view -> view.costs(needed).isEmpty()).map(view -> "<p class=\"missing\">"
                + Html.escape((single() ? "Missing: " : view.label() + " is missing: ") + reason(view, needed)) + "</p>\n")
                .collect(Collectors.joining());
    }

    private static String reason(TraceView view, EventStream... needed) {
        if (view.execution().isEmpty()) {
            return "no hardware was modelled.";
        }
        if (!view.whole()) {
            return "the trace is a part of its images.";
        }
        return "the trace has no " + List.of(needed).stream().filter(view.lacking()::contains).map(EventStream::label)
                .collect(Collectors.joining(" and no ")) + ", which trace record --streams adds.";
    }
}
