package metronome.traces.view;

import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;

/** Units and DRAM over the time of an image: where the page's script draws. */
final class TimeCards {
    private final Traces traces;

    TimeCards(Traces traces) {
        this.traces = traces;
    }

    String html() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < traces.views().size(); i++) {
            TraceView view = traces.views().get(i);
            out.append(units(i, view)).append(bandwidth(i, view));
        }
        return out.toString();
    }

    private String units(int number, TraceView view) {
        boolean drawn = view.execution().isPresent() && (view.has(EventStream.INSTRUCTIONS) || view.has(EventStream.STALLS));
        return Html.card(true, traces.label("Units over time", view), drawn ? note(view) : "",
                drawn ? place("units", number, "Units over time") + absent(view, EventStream.INSTRUCTIONS, "busy cycles are drawn as idle")
                + absent(view, EventStream.STALLS, "stalled cycles are drawn as busy, those of waiting as idle") : missing(view, "instructions and no stalls"));
    }

    private static String note(TraceView view) {
        TraceAnalysis analysis = view.analysis();
        return "Image " + analysis.drawnImage() + ", " + resolution(analysis) + " Stalled: an instruction is under way and makes no"
                + " progress. Waiting: the next one cannot begin." + (analysis.coresTogether() ? " A line is of the units of all cores together." : "")
                + " Drag to move; zoom with the buttons, by pinching, by Ctrl and the wheel, or with the keys + - and the arrows.";
    }

    private static String resolution(TraceAnalysis analysis) {
        return analysis.binCycles() == 1 ? "cycle by cycle."
                : "in bins of " + Numbers.count(analysis.binCycles()) + " cycles, in which shares are drawn.";
    }

    private String bandwidth(int number, TraceView view) {
        boolean drawn = view.execution().isPresent() && view.has(EventStream.DRAM);
        return Html.card(true, traces.label("DRAM bandwidth over time, GB/s", view), drawn ? "Image " + view.analysis().drawnImage()
                + "; bytes count when their command is sent. The peak is "
                + Numbers.figure(view.analysis().limits().orElseThrow().bandwidthGBs()) + " GB/s." : "",
                drawn ? place("bandwidth", number, "DRAM bandwidth over time") : missing(view, "dram"));
    }

    private static String place(String kind, int number, String plot) {
        return "<div class=\"" + kind + "\" data-trace=\"" + number + "\" data-plot=\"" + plot + "\"></div>\n";
    }

    private static String absent(TraceView view, EventStream stream, String effect) {
        return view.has(stream) ? "" : "<p class=\"missing\">The trace has no " + stream.label() + ": " + effect + ".</p>\n";
    }

    private static String missing(TraceView view, String streams) {
        return "<p class=\"missing\">Missing: " + (view.execution().isEmpty() ? "no hardware was modelled."
                : "the trace has no " + streams + ", which trace record --streams adds.") + "</p>\n";
    }
}
