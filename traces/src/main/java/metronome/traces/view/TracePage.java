package metronome.traces.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metronome.isa.target.Target;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.Html;
import metronome.traces.report.HtmlReport;

/**
 * Draws traces, one or several side by side, as a page that needs nothing beside it and no network: styles, script and data are
 * in it. Bars are drawn here, what can be zoomed by the script.
 */
public final class TracePage {
    /** How many traces there may be on a page: as many as there are colours that every reader can tell apart. */
    public static final int MOST_TRACES = 8;

    /** With more layers, the column of bars by layer is the longer one. */
    private static final int MOST_LAYERS_ABOVE_UNITS = 12;

    private TracePage() {
    }

    /**
     * {@return the page}
     *
     * @param traces by what they are called; 1 to {@link #MOST_TRACES}
     * @param version of Metronome
     */
    public static String of(SequencedMap<String, TraceAnalysis> traces, String version) {
        Traces all = new Traces(views(traces));
        StringBuilder out = new StringBuilder(HtmlReport.head(title(all), resource("trace.css")));
        out.append("<h1>").append(Html.escape(title(all))).append("</h1>\n").append(names(traces.sequencedKeySet(), all))
                .append("<noscript><p class=\"missing\">Units and DRAM over time and the spike rasters are drawn by a script, which is off."
                + "</p></noscript>\n");
        out.append(new SummaryCards(all).html());
        CostCards costs = new CostCards(all);
        boolean deep = all.layers().size() > MOST_LAYERS_ABOVE_UNITS;
        out.append("<div class=\"grid\">\n<div class=\"column\">\n").append(costs.latencyByLayer()).append(costs.units())
                .append(costs.stalls()).append(deep ? costs.energyByUnit() : "").append("</div>\n<div class=\"column\">\n")
                .append(costs.energyByLayer()).append(costs.busyByLayer()).append(deep ? "" : costs.energyByUnit()).append("</div>\n").append(new TimeCards(all).html())
                .append(new SpikeCards(all).html()).append(new Roofline(all).card());
        TableCards tables = new TableCards(all);
        return out.append(tables.counters()).append(tables.provenance(version)).append("</div>\n</main>\n").append(PageData.element(all))
                .append("<script>\n").append(script()).append("</script>\n</body>\n</html>\n").toString();
    }

    private static List<TraceView> views(SequencedMap<String, TraceAnalysis> traces) {
        List<TraceView> views = new ArrayList<>();
        traces.forEach((_, analysis) -> views.add(TraceView.of(traces.size() == 1 ? ""
                : Character.toString('A' + views.size()), analysis)));
        return views;
    }

    private static String title(Traces all) {
        List<String> networks = all.views().stream().map(view -> view.analysis().header().spikes().network() + " on "
                + view.analysis().header().spikes().dataset()).distinct().toList();
        List<String> targets = all.views().stream().flatMap(view -> view.analysis().target().stream()).map(Target::name).distinct().toList();
        return String.join(", ", networks) + (targets.isEmpty() ? "" : (targets.size() == 1 ? ", target " : ", targets ") + String.join(", ", targets));
    }

    /** Which letter stands for which trace. */
    private static String names(Collection<String> names, Traces all) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String name : names) {
            TraceView view = all.views().get(number);
            out.append("<p class=\"soft\">").append(all.single() ? "" : "<i class=\"key s" + number + "\"></i><b>" + view.label() + "</b> ")
                    .append(Html.escape(name + ": " + view.analysis().header().spikes().network()
                    + view.analysis().target().map(target -> " on " + target.name()).orElse("") + ", images: "
                    + view.analysis().images() + ". Costs are means over them.")).append("</p>\n");
            number++;
        }
        return out.toString();
    }

    /** In a function of its own, so that no name is seen outside. */
    private static String script() {
        return "\"use strict\";\n(() => {\n" + Stream.of("over-time.js", "painters.js", "rasters.js").map(TracePage::resource)
                .collect(Collectors.joining("\n")) + "})();\n";
    }

    private static String resource(String name) {
        try (InputStream in = TracePage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
